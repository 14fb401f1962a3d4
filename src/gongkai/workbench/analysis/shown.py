"""What the page of the analysis shows: tables whose figures lead to their cases, and charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.applications.rules import analysis
from gongkai.applications.rules.analysis import By, Case, Line, Measure
from gongkai.deadlines.rules import WorkCalendar
from gongkai.ui import charts
from gongkai.workbench.home.shown import Tile


@dataclass(frozen=True)
class Chosen:
    """Which cases are analysed: of a year, of one organ or (empty) of all whose figures the reader may see.

    `opens`: whether the reader may open the cases behind a figure; of what somebody observes, only the figure is shown.
    """

    year: int
    organ: str
    organs: Mapping[str, str]
    opens: bool = True

    def address(self, by: By | None, key: str, measure: Measure) -> str:
        """Where the cases behind a figure are."""
        words = {"year": self.year, "organ": self.organ, "by": by.value if by else "", "key": key, "of": measure.value}
        return f"{reverse('analysis:cases')}?{urlencode({name: word for name, word in words.items() if word})}"


def tables(
    cases: Sequence[Case], chosen: Chosen, *, calendar: WorkCalendar, today: date
) -> list[tuple[By, tuple[Line, ...]]]:
    """Every way of telling apart, with its lines."""
    return [
        (by, analysis.lines(cases, by, analysis.labels(by, chosen.organs, chosen.year), calendar=calendar, today=today))
        for by in By
        if by is not By.ORGAN or not chosen.organ
    ]


def linked(found: list[tuple[By, tuple[Line, ...]]], chosen: Chosen) -> list[dict[str, Any]]:
    """The tables as the page shows them: a figure that is not nought leads to its cases."""
    return [
        {
            "id": by.value,
            "label": by.label,
            "chinese": by in {By.ORGAN, By.SUBJECT},
            "rows": [(line, _cells(line, by, chosen)) for line in lines],
            "chart": _chart(by, lines) if by in {By.SUBJECT, By.MONTH} else None,
        }
        for by, lines in found
    ]


def _cells(line: Line, by: By, chosen: Chosen) -> list[tuple[int, str]]:
    counts = [(measure, line.counts[measure.value]) for measure in Measure]
    return [
        (count, chosen.address(by, line.key, measure) if count and chosen.opens else "") for measure, count in counts
    ]


def _chart(by: By, lines: Sequence[Line]) -> charts.BarChart | None:
    """How many were received; of the subjects the eight with most, since more names do not fit below the bars."""
    received = Measure.RECEIVED.value
    shown = lines if by is By.MONTH else sorted(lines, key=lambda line: -line.counts[received])[:8]
    if not any(line.counts[received] for line in shown):
        return None
    rows = [(analysis.short_label(line), line.counts[received]) for line in shown]
    title = _("按月收到的申请") if by is By.MONTH else _("各主题收到的申请")
    caption = _("按收到之日所在的月份。") if by is By.MONTH else _("收到最多的八个主题。")
    return charts.bar_chart(rows, title=title, caption=caption, heading=by.label, unit=_("件"), labels_lang="zh-CN")


def tiles(cases: Sequence[Case], chosen: Chosen, *, calendar: WorkCalendar, today: date) -> list[Tile]:
    """The figures of all together, those that count cases leading to them."""
    whole = analysis.line("", "", cases, calendar=calendar, today=today)
    found = [
        Tile(
            _(measure.label),
            count,
            url=chosen.address(None, "", measure) if count and chosen.opens else "",
            alert=_alert(measure, count),
        )
        for measure in Measure
        for count in [whole.counts[measure.value]]
    ]
    days = _("工作日")
    if whole.half is not None and whole.most is not None:
        found.append(Tile(_("办理时间中位数"), int(whole.half), unit=days))
        found.append(Tile(_("九成在多少日内办结"), whole.most, unit=days))
    return found


def _alert(measure: Measure, count: int) -> bool:
    return measure is Measure.LATE and count > 0
