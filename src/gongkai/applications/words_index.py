"""The index behind the desk's search by words, on SQLite only.

A search for part of a sentence reads every row. SQLite then reads all that stands in a row, the enciphered applicant
too; an index that holds the words beside the order of the list is read several times as fast. PostgreSQL cannot hold
long texts in such an index, and keeps them apart from their rows anyway. The index is no part of the model, because
it exists on one database only; it is made after each `migrate`, so that a table made anew has it again.
"""

from typing import Any

from django.db import connections

NAME = "application_words"
COLUMNS = "organ_id, state, next_on, submitted_at, closed_on, description, letter_number, number"


def ensure(using: str, **_told: Any) -> None:
    """Make the index where it is of use and not there."""
    connection = connections[using]
    if connection.vendor != "sqlite" or "applications_application" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {NAME} ON applications_application ({COLUMNS})")
