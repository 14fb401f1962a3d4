"""`gongkai manage applications demo`: sample applications for the demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from gongkai.applications import samples


class Command(BaseCommand):
    """Loads the sample applications; may be run again without harm."""

    help = "载入示例申请（可重复执行）。Load sample applications; may be run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_subparsers(dest="act", required=True).add_parser("demo")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("示例申请不能载入生产环境。Sample applications are not for production.")
        self.stdout.write(f"新增 {samples.load(today=timezone.localdate())} 件 sample applications added")
