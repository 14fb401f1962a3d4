"""`gongkai manage personal_data export|erase`: a person's copy of their data, and their erasure."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gongkai.accounts import selectors as accounts
from gongkai.audit.rules import SYSTEM
from gongkai.audit.services import record
from gongkai.privacy import subjects


class Command(BaseCommand):
    """Asks every context that holds personal data; both acts are recorded with their purpose."""

    help = "导出或删除一个人的个人信息。A person's copy of their data, or their erasure."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=("export", "erase"))
        parser.add_argument("--user", default="", help="登录名 sign-in name of somebody who works here")
        parser.add_argument(
            "--person",
            action="append",
            default=[],
            help="证件号码、电话或电子邮箱，可重复；写 - 从标准输入读，每行一个 a number or address of the person; - reads lines",
        )
        parser.add_argument("--purpose", required=True, help="目的，记入留痕 why; it is recorded")
        parser.add_argument(
            "--out", type=Path, default=Path("personal-data.zip"), help="导出到 where the copy is written"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        who = self._person(options)
        if options["act"] == "export":
            self._export(who, options["purpose"], options["out"])
            return
        try:
            done = subjects.erase(who=who, purpose=options["purpose"], actor=SYSTEM, record=record)
        except subjects.Held as held:
            reasons = "\n".join(f"  {hold.reason}（{hold.cite}）{hold.until}" for hold in held.holds)
            raise CommandError(_("法律不允许现在删除：\n%(reasons)s") % {"reasons": reasons}) from held
        for kind, count in done.items():
            self.stdout.write(f"{kind}  {count}")

    def _export(self, who: subjects.Person, purpose: str, out: Path) -> None:
        data = subjects.export(who=who, purpose=purpose, actor=SYSTEM, record=record)
        try:
            handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(_("不能写入 %(out)s：%(why)s") % {"out": out, "why": error.strerror}) from error
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        self.stdout.write(_("已导出到 %(out)s，仅所有者可读。") % {"out": out})

    def _person(self, options: dict[str, Any]) -> subjects.Person:
        user_id = None
        if options["user"]:
            user = accounts.by_username(options["user"])
            if user is None:
                raise CommandError(_("没有登录名为“%(name)s”的人员。") % {"name": options["user"]})
            user_id = user.pk
        named: list[str] = []
        for text in options["person"]:
            named += sys.stdin.read().splitlines() if text == "-" else [text]
        try:
            return subjects.person(user_id=user_id, identifiers=named)
        except ValueError as error:
            raise CommandError(_("请用 --person 或 --user 指明是谁。")) from error
