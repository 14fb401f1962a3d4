"""Triggers of the database that refuse to change or remove a row, on SQLite and on PostgreSQL."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "audit_entry"


def install(connection: BaseDatabaseWrapper, table: str = TABLE) -> None:
    """Let rows only be added to a table; again changes nothing."""
    refusal = _refusal(table)
    _run(
        connection,
        {
            "sqlite": tuple(
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{word} BEFORE {word.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
                for word in ("update", "delete")
            ),
            "postgresql": (
                f"""CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN RAISE EXCEPTION '{refusal}'; END $$""",
                f"""CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
                    FOR EACH ROW EXECUTE FUNCTION {table}_refuse()""",
                f"""CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
                    FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()""",
            ),
        },
    )


def remove(connection: BaseDatabaseWrapper, table: str = TABLE) -> None:
    """Take the triggers away: for undoing a migration, and for emptying a test's database. Nothing else calls it."""
    _run(
        connection,
        {
            "sqlite": tuple(f"DROP TRIGGER IF EXISTS {table}_no_{word}" for word in ("update", "delete")),
            "postgresql": (
                f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
                f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
            ),
        },
    )


def _refusal(table: str) -> str:
    return "the audit chain is append-only" if table == TABLE else f"{table} is append-only"


def _run(connection: BaseDatabaseWrapper, statements: dict[str, tuple[str, ...]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
