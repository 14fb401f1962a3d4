"""A real OpenID Connect provider for tests: another Django, another process, another database."""
