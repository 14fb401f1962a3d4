"""The rules of this context. Pure."""
