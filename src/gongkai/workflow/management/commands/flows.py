"""`gongkai manage flows`: the picture of each flow, written from its table."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gongkai.workflow import pages


class Command(BaseCommand):
    """Prints every flow's page, or writes them into a folder."""

    help = "由流程表生成流程图与说明。Write the page of each flow from its table."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--into", type=Path, help="folder for the pages; without it they are printed")

    def handle(self, *args: Any, into: Path | None = None, **options: Any) -> None:
        for name, text in pages.pages().items():
            if into is None:
                self.stdout.write(text)
            else:
                into.mkdir(parents=True, exist_ok=True)
                (into / name).write_text(text, encoding="utf-8")
                self.stdout.write(str(into / name))
