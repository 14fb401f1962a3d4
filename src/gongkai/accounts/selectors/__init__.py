"""Reads of this context, by noun: standings, people, sessions and second factors."""

from .people import by_id, by_username, user_of
from .signing_in import has_factor, is_linked, kept_form, lock_of, open_sessions
from .standings import administrators_for, holders, in_force, standing

__all__ = [
    "administrators_for",
    "by_id",
    "by_username",
    "has_factor",
    "holders",
    "in_force",
    "is_linked",
    "kept_form",
    "lock_of",
    "open_sessions",
    "standing",
    "user_of",
]
