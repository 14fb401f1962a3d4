"""`gongkai manage seed_demo`: the sample data of every context, in order."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Runs the commands that the settings name in DEMO; each may be run again without harm."""

    help = "载入示例数据（可重复执行）。Load the sample data; may be run again."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, *words in settings.DEMO:
            self.stdout.write(f"{name} {' '.join(words)}: ", ending="")
            call_command(name, *words, stdout=self.stdout)
