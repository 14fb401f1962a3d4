"""`manage.py messages`: bring the English catalogue up to date with the code, and compile it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

PACKAGE = Path(__file__).resolve().parents[3]
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
NOISE = ("POT-Creation-Date", "PO-Revision-Date", "Report-Msgid-Bugs-To", "Last-Translator", "Language-Team")


class Command(BaseCommand):
    """Needs the programs of gettext. New strings stand untranslated until someone writes their English."""

    help = "更新并编译英文词条。"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        here = Path.cwd()
        os.chdir(PACKAGE)
        try:
            self._extract()
            call_command("compilemessages", locale=["en"], verbosity=0)
        finally:
            os.chdir(here)
        empty = CATALOGUE.read_text(encoding="utf-8").count('msgstr ""\n\n')
        self.stdout.write(f"{CATALOGUE.name}: {empty} 条待译 untranslated")

    def _extract(self) -> None:
        call_command(
            "makemessages",
            locale=["en"],
            no_wrap=True,
            no_obsolete=True,
            add_location="file",
            ignore_patterns=["tests/*"],
            verbosity=0,
        )
        lines = CATALOGUE.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = (line for line in lines if not line.startswith(tuple(f'"{word}' for word in NOISE)))
        CATALOGUE.write_text("".join(kept), encoding="utf-8")
