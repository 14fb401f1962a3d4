"""What can be found, by whom, and how text is taken apart: pure functions on values."""

from gongkai.search.enums import Sort
from gongkai.search.rules.entry import PUBLIC, Entry, digest_of, scopes_of
from gongkai.search.rules.query import FACETS, Clause, Form, Found, Heard, Hit, Query

__all__ = [
    "FACETS",
    "PUBLIC",
    "Clause",
    "Entry",
    "Form",
    "Found",
    "Heard",
    "Hit",
    "Query",
    "Sort",
    "digest_of",
    "scopes_of",
]
