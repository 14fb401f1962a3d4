"""`manage.py organs import [FILE]` and `manage.py organs list`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from gongkai.organisations import seeds, selectors, services


class Command(BaseCommand):
    help = "导入机关名录（可重复执行）或列出机关。"

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        load = acts.add_parser("import")
        load.add_argument("file", nargs="?", type=Path, default=seeds.HONGKOU)
        acts.add_parser("list")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "import":
            self._import(options["file"])
        else:
            self._list()

    def _import(self, path: Path) -> None:
        if not path.is_file():
            raise CommandError(_("找不到文件：%(path)s") % {"path": path})
        try:
            report = services.import_organs(organs=seeds.read_organs(path))
        except ValidationError as error:
            raise CommandError("；".join(error.messages)) from error
        self.stdout.write(
            _("新增 %(added)d，更新 %(changed)d，未变 %(unchanged)d")
            % {
                "added": len(report.added),
                "changed": len(report.changed),
                "unchanged": len(report.unchanged),
            }
        )

    def _list(self) -> None:
        def show(nodes: tuple[selectors.OrganNode, ...], depth: int) -> None:
            for node in nodes:
                self.stdout.write(f"{'  ' * depth}{node.organ.code}  {node.organ.name}")
                show(node.children, depth + 1)

        show(selectors.tree(), 0)
