"""`manage.py channels demo`: records of the sample items' releases."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.channels import samples


class Command(BaseCommand):
    help = "发布渠道：载入示例条目的发布记录。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_subparsers(dest="act", required=True).add_parser("demo")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(_("示例记录不能载入正式环境。请在演示或者开发环境中执行。"))
        self.stdout.write(_("发布渠道：新增 %(n)d 条发布记录") % {"n": samples.load(today=timezone.localdate())})
