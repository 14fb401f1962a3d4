"""`manage.py standards import FILE --organ CODE --area CODE`, `standards export`, `standards sweep`, `standards demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.audit.rules import SYSTEM
from gongkai.standards import samples, selectors, services
from gongkai.standards.rules.areas import named
from gongkai.standards.rules.sheet import read
from gongkai.ui.tables import Unreadable, merged_rows
from gongkai.workflow.rules import Refused


class Command(BaseCommand):
    help = "标准目录：从 Excel 导入、导出，按今天重新核对，载入示例。"

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        for name in ("import", "export"):
            act = acts.add_parser(name)
            act.add_argument("file", type=Path)
            act.add_argument("--organ", required=True)
            act.add_argument("--area", required=True)
        acts.add_parser("sweep")
        acts.add_parser("demo")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        match options["act"]:
            case "sweep":
                self.stdout.write(_("%(n)d 行的状态有变化") % {"n": services.sweep(today=today)})
            case "demo":
                if settings.PRODUCTION:
                    raise CommandError(_("示例目录不能载入正式环境。请在演示或者开发环境中执行。"))
                made, linked = samples.load(today=today)
                self.stdout.write(
                    _("标准目录：新增 %(made)d 行，挂接 %(linked)d 条") % {"made": made, "linked": linked}
                )
            case "import":
                self._import(options["file"], options["organ"], self._area(options["area"]))
            case _:
                self._export(options["file"], options["organ"], self._area(options["area"]))

    def _area(self, text: str) -> str:
        found = named(text)
        if found is None:
            raise CommandError(_("没有“%(text)s”这个领域。") % {"text": text})
        return found.code

    def _import(self, path: Path, organ: str, area: str) -> None:
        try:
            lines, faults = read(merged_rows(path.read_bytes()))
        except (OSError, Unreadable) as error:
            raise CommandError(str(error)) from error
        if faults:
            raise CommandError("\n".join(f"{fault.row} {fault.column}: {fault.what}" for fault in faults))
        try:
            found = services.bring_lines(organ=organ, area=area, lines=lines, actor=SYSTEM, today=timezone.localdate())
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("新增 %(made)d，更新 %(changed)d，未变 %(same)d，移出 %(ended)d")
            % {"made": found.made, "changed": found.changed, "same": found.same, "ended": found.ended}
        )

    def _export(self, path: Path, organ: str, area: str) -> None:
        found = selectors.catalogue(area, organ)
        if found is None:
            raise CommandError(_("这个机关没有这个领域的标准目录。"))
        path.write_bytes(selectors.workbook(found))
