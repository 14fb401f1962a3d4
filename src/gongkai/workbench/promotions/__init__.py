"""转主动公开 at the desk: the list, one proposal, its review."""
