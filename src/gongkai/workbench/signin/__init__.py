"""Sign-in, password, second factor and sessions: the pages of what gongkai.accounts does."""
