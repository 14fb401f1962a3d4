"""Triggers that refuse to change or remove what was sealed."""

from typing import Any

from django.db import migrations

from gongkai.audit.services import guard, unguard

TABLE = "seals_sealedpaper"


def install(apps: Any, schema_editor: Any) -> None:
    guard(schema_editor.connection, TABLE)


def remove(apps: Any, schema_editor: Any) -> None:
    unguard(schema_editor.connection, TABLE)


class Migration(migrations.Migration):
    dependencies = [("seals", "0001_keys_and_papers")]
    operations = [migrations.RunPython(install, remove)]
