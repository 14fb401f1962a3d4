"""`gongkai manage reports load`: the published figures that the project carries; `recheck`: every report afresh."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from gongkai.reports import selectors
from gongkai.reports.models import Report
from gongkai.reports.reading.model import Reading
from gongkai.reports.services import publish_reading, recheck
from gongkai.reports.shipped import shipped


class Command(BaseCommand):
    """Loads or rechecks reports; may be run again without harm."""

    help = "载入随附的年报数据，或重新核对全部年报。Load the figures carried with the program, or recheck every report."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=("load", "recheck"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "load":
            outcomes = [_load(reading, note) for reading, note in shipped()]
            created, changed = outcomes.count("created"), outcomes.count("replaced")
            self.stdout.write(f"年报 {len(outcomes)} 份：新增 {created}，更新 {changed}，其余未变。")
            return
        reports = Report.objects.order_by("year", "pk")
        for report in reports:
            recheck(report=report)
        self.stdout.write(f"已重新核对 {len(reports)} 份年报。")


def _load(reading: Reading, note: str) -> str:
    """Publish carried figures; a report that somebody has read in from its text since then stays."""
    standing = selectors.standing(reading)
    replace = standing is not None and standing.source_id is None
    return publish_reading(reading=reading, note=note, replace=replace).outcome
