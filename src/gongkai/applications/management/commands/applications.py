"""`gongkai applications`: samples for the demo; a year's cases from a table; whose files were kept long enough."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from gongkai.accounts import selectors as accounts
from gongkai.applications import samples, selectors, services
from gongkai.workflow.rules import Refused


class Command(BaseCommand):
    """Loads sample applications, or brings cases from a table; both may be run again without harm."""

    help = "载入示例申请，或者从表格导入历年申请（可重复执行）。Sample applications, or cases from a table; may be run again."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("demo")
        retention = acts.add_parser("retention")
        retention.add_argument("--as-of", type=date.fromisoformat, metavar="DAY", help="截至哪一天（default: today）")
        retention.add_argument("--json", action="store_true", help="以 JSON 输出（as JSON）")
        bring = acts.add_parser("import")
        bring.add_argument("file", help="CSV 或 xlsx，按模板（a table as in the template）")
        bring.add_argument("--organ", required=True, metavar="CODE", help="机关代码（code of the organ）")
        bring.add_argument("--by", required=True, metavar="NAME", help="办理人的登录名（who does it: a sign-in name）")
        bring.add_argument("--dry-run", action="store_true", help="只核对，不导入（only look）")
        bring.add_argument("--good-rows", action="store_true", help="有错的行不导入，其余导入（leave bad rows out）")
        bring.add_argument("--json", action="store_true", help="以 JSON 输出（as JSON）")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "import":
            self._bring(options)
            return
        if options["act"] == "retention":
            found = selectors.fallen_by_organ(options["as_of"] or timezone.localdate())
            self.stdout.write(json.dumps(found, ensure_ascii=False) if options["json"] else _fallen(found))
            return
        if settings.PRODUCTION:
            raise CommandError("示例申请不能载入生产环境。Sample applications are not for production.")
        self.stdout.write(f"新增 {samples.load(today=timezone.localdate())} 件 sample applications added")

    def _bring(self, options: dict[str, Any]) -> None:
        today, person = timezone.localdate(), accounts.by_username(options["by"])
        if person is None:
            raise CommandError(f"没有登录名为“{options['by'][:60]}”的人员。请核对 --by。")
        try:
            found = services.bring_cases(
                organ=options["organ"],
                data=Path(options["file"]).read_bytes(),
                by=accounts.standing(person, today),
                today=today,
                dry=options["dry_run"],
                good_rows_only=options["good_rows"],
            )
        except OSError as error:
            raise CommandError(f"读不了 {options['file']}：{error.strerror}。请核对路径。") from error
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(asdict(found), ensure_ascii=False) if options["json"] else _told(found))
        if found.faulty_rows and not found.done:
            raise CommandError("有需要改正的行，没有导入。", returncode=1)


def _fallen(found: dict[str, Any]) -> str:
    lines = [f"截至 {found['as_of']}，案卷保存期满的："]
    for one in found["organs"]:
        due = len(one["due"]) + len(one.get("rectifications", []))
        lines.append(f"  {one['organ']}：可以处置 {due} 件，须继续保存 {len(one['held'])} 件")
        lines += [f"    {number} {'；'.join(why)}" for number, why in one["held"].items()]
    return "\n".join(lines if found["organs"] else [f"截至 {found['as_of']}，没有案卷保存期满。"])


def _told(found: services.Outcome) -> str:
    done = "已导入" if found.done else "可以导入"
    lines = [f"读到 {found.rows} 行：{done} {found.new} 件，以前已导入 {found.same} 件，有错 {found.faulty_rows} 行"]
    lines += [f"  计入 {year} 年办结：{count} 件" for year, count in found.years.items()]
    lines += [f"  第 {fault.row} 行“{fault.column}”{fault.what}。写法：{fault.how}" for fault in found.faults]
    return "\n".join(lines)
