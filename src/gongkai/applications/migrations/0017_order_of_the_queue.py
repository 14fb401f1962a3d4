"""The desk's list is read in the order of an index. PostgreSQL puts blanks last where nothing is said, SQLite first."""

from typing import Any

from django.db import migrations, models

NAME = "application_next_blanks_first"
MAKE = f"CREATE INDEX {NAME} ON applications_application (organ_id, next_on ASC NULLS FIRST, submitted_at)"


def make(_apps: Any, editor: Any) -> None:
    """The same order with blanks first, where the database does not put them there by itself."""
    if editor.connection.vendor == "postgresql":
        editor.execute(MAKE)


def drop(_apps: Any, editor: Any) -> None:
    """Back."""
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP INDEX IF EXISTS {NAME}")


class Migration(migrations.Migration):
    dependencies = [("applications", "0016_fill_mail_digests")]

    operations = [
        migrations.RemoveIndex(model_name="application", name="application_next"),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["organ", "next_on", "submitted_at"], name="application_next"),
        ),
        migrations.RunPython(make, drop),
    ]
