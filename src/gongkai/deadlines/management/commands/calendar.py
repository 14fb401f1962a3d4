"""`gongkai manage calendar import|show|export`: the work calendar."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from gongkai.audit.rules import SYSTEM
from gongkai.deadlines import selectors, services
from gongkai.deadlines.rules import UnfitNotice, read_notice
from gongkai.deadlines.rules.notices import as_json, as_rows

SHOWN = 20  # moves printed


class Command(BaseCommand):
    help = "导入（可重复执行）、查看、导出工作日历。Import, show, export the work calendar."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        load = acts.add_parser("import", help="a notice in JSON or CSV; without a file, what the program carries")
        load.add_argument("file", nargs="?", type=Path)
        load.add_argument("--year", type=int, help="the year of a notice in CSV")
        load.add_argument("--paper", action="append", default=[], help="the number of the notice; may be repeated")
        load.add_argument("--preview", action="store_true", help="show what would move, and change nothing")
        acts.add_parser("show", help="the years, their sources, and which are provisional")
        export = acts.add_parser("export", help="the notice in force for a year")
        export.add_argument("year", type=int)
        export.add_argument("--csv", action="store_true", help="as CSV; without it, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['act']}")(options)
        except UnfitNotice as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError("；".join(error.messages)) from error

    def _import(self, options: dict[str, Any]) -> None:
        if options["file"] is None:
            done = services.seed(by=SYSTEM)
            self.stdout.write(
                _("新增 %(added)d 年，更新 %(changed)d 年，变动期限 %(moved)d 件")
                % {"added": done.added, "changed": done.changed, "moved": done.clocks_moved}
            )
            return
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(_("读不了文件：%(path)s") % {"path": options["file"]}) from error
        found = selectors.preview(read_notice(data, year=options["year"], papers=options["paper"]))
        self._print(found)
        if not options["preview"]:
            row = services.propose_notice(notice=found.notice, by=SYSTEM)
            done_row = services.apply_notice(pk=row.pk, version=selectors.version_of(row.year), by=SYSTEM)
            self.stdout.write(
                _("已启用 %(year)d 年日历，变动期限 %(moved)d 件")
                % {"year": done_row.year, "moved": done_row.clocks_moved}
            )

    def _print(self, found: selectors.Preview) -> None:
        for on in found.days:
            before = found.before.day(on).why if found.before.first <= on <= found.before.last else "—"
            self.stdout.write(f"{on}  {before} → {found.after.day(on).why}")
        for move in found.moves[:SHOWN]:
            self.stdout.write(f"{move.owner_kind} {move.owner_id} {move.name}: {move.before} → {move.after}")
        self.stdout.write(
            _("变动 %(days)d 天，将变动期限 %(moves)d 件") % {"days": len(found.days), "moves": len(found.moves)}
        )

    def _show(self, options: dict[str, Any]) -> None:
        for year, notice in selectors.calendar().notices.items():
            mark = "" if notice.official else _("（暂定）")
            self.stdout.write(f"{year}  {notice.source}{mark}")

    def _export(self, options: dict[str, Any]) -> None:
        notice = selectors.notice_of(options["year"])
        if notice is None:
            raise CommandError(_("没有 %(year)d 年的日历。") % {"year": options["year"]})
        if options["csv"]:
            csv.writer(self.stdout, lineterminator="\n").writerows(as_rows(notice))
        else:
            self.stdout.write(as_json(notice), ending="")
