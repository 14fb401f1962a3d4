"""`gongkai manage people`: add a person with a duty, and the sample people of the demo."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from gongkai.accounts import selectors
from gongkai.accounts.enums import Role
from gongkai.accounts.files import write_private
from gongkai.accounts.samples import SamplePerson, sample_people
from gongkai.accounts.services import duties, passwords, people
from gongkai.audit.rules import SYSTEM

FILE = "demo-people.txt"
SHOWN = 10  # lines on the terminal: the district's people and those of the first organ


class Command(BaseCommand):
    """Adds the first administrator, or any person; loads the demo's sample people."""

    help = "登记工作人员（add），或者载入示例人员（demo）。Add a person, or the sample people of the demo."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="act", required=True)
        add = commands.add_parser("add", help="登记一人并给予职责 add a person with a duty")
        add.add_argument("username", help="登录名 sign-in name")
        add.add_argument("--name", required=True, help="姓名 name")
        add.add_argument("--role", default=Role.ADMINISTRATOR.value, choices=[role.value for role in Role])
        add.add_argument("--organ", required=True, help="机关代码 code of the organ")
        add.add_argument("--subtree", action="store_true", help="含下级机关 the organs below as well")
        add.add_argument("--ask", action="store_true", help="输入密码，不自动生成 ask for the password")
        commands.add_parser("demo", help="载入示例人员 load the sample people")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "add":
            self._add(options)
        else:
            self._demo()

    def _add(self, options: dict[str, Any]) -> None:
        password = _asked() if options["ask"] else passwords.first_password()
        try:
            with transaction.atomic():
                user = people.add_person(
                    username=options["username"],
                    name=options["name"],
                    organ=options["organ"],
                    password=password,
                    by=SYSTEM,
                )
                duties.give_duty(
                    user_id=user.pk,
                    role=Role(options["role"]),
                    organ=options["organ"],
                    subtree=options["subtree"],
                    valid_from=timezone.localdate(),
                    by=SYSTEM,
                )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"已登记 added: {user.username}")
        if not options["ask"]:
            self.stdout.write(f"初始密码，只显示这一次，首次登录须修改 first password, shown once: {password}")

    def _demo(self) -> None:
        if settings.PRODUCTION:
            raise CommandError("示例人员不用于生产环境。Sample people are never made in production.")
        file = Path(settings.DATA_DIR) / FILE
        known = _read(file)
        wanted = [sample for sample in sample_people() if sample.username not in known or not _there(sample)]
        for sample in wanted:
            known[sample.username] = f"{sample.username}\t{_made(sample)}\t{sample.name}"
        if wanted:
            write_private(file, "".join(f"{line}\n" for line in known.values()))
        self.stdout.write(f"{len(wanted)} 人新登记 people added; 登录名和密码 names and passwords: {file}")
        for line in list(known.values())[:SHOWN]:
            self.stdout.write(f"    {line}")


def _there(sample: SamplePerson) -> bool:
    return selectors.by_username(sample.username) is not None


def _made(sample: SamplePerson) -> str:
    """The password of a sample person, who is added or whose lost password is replaced."""
    password = passwords.first_password()
    known = selectors.by_username(sample.username)
    with transaction.atomic():
        if known is not None:
            people.set_sample_password(user_id=known.pk, password=password)
            return password
        user = people.add_person(
            username=sample.username,
            name=sample.name,
            organ=sample.organ,
            password=password,
            by=SYSTEM,
            must_change=False,
        )
        duties.give_duty(
            user_id=user.pk,
            role=sample.role,
            organ=sample.organ,
            subtree=sample.subtree,
            valid_from=timezone.localdate(),
            by=SYSTEM,
        )
    return password


def _asked() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    first, second = getpass.getpass("密码 password: "), getpass.getpass("再次输入 again: ")
    if first != second:
        raise CommandError("两次输入的密码不一致。The two passwords differ.")
    return first


def _read(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    return {line.split("\t")[0]: line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()}
