"""Reads of this context, by noun: standings, people, sessions and second factors."""

from .managed import (
    absences_of,
    colleagues,
    duties_of,
    managed_by,
    organs_reached,
    organs_with_administrator,
    past_duties,
    search_people,
    stands_in_for,
)
from .people import by_id, by_ids, by_username, user_of
from .signing_in import has_factor, is_linked, kept_form, lock_of, open_sessions
from .standings import able, administrators_for, holders, in_force, standing

__all__ = [
    "able",
    "absences_of",
    "administrators_for",
    "by_id",
    "by_ids",
    "by_username",
    "colleagues",
    "duties_of",
    "has_factor",
    "holders",
    "in_force",
    "is_linked",
    "kept_form",
    "lock_of",
    "managed_by",
    "open_sessions",
    "organs_reached",
    "organs_with_administrator",
    "past_duties",
    "search_people",
    "standing",
    "stands_in_for",
    "user_of",
]
