"""Reconsideration and litigation at the desk: the list, one dispute, its acts, the bulletin of a quarter."""
