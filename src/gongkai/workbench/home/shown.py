"""What the desk's first page says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications import selectors as applications
from gongkai.applications.enums import Pressing, State
from gongkai.deadlines.enums import DayKind
from gongkai.deadlines.rules import WorkCalendar
from gongkai.disputes import selectors as disputes
from gongkai.disputes.enums import State as Brought
from gongkai.promotions import selectors as promotions
from gongkai.promotions.enums import State as Promoted
from gongkai.reports import selectors as reports
from gongkai.reports.enums import FilingState


@dataclass(frozen=True)
class Tile:
    """One figure of how the person's organs stand."""

    label: str
    value: int
    unit: str = ""
    alert: bool = False
    url: str = ""


def heading(tallies: Mapping[str, int]) -> str:
    """How many things press today."""
    pressing = tallies["overdue"] + tallies["soon"]
    if not pressing:
        return _("今天没有要紧的事项")
    return ngettext("今天要紧的 %(n)d 件", "今天要紧的 %(n)d 件", pressing) % {"n": pressing}


def tomorrow(calendar: WorkCalendar, day: date) -> str:
    """Whether tomorrow counts, when it is no ordinary day."""
    found = calendar.day(day)
    if found.kind is DayKind.MAKEUP:
        return _("明天调休上班，计入期限。")
    if found.kind is DayKind.HOLIDAY:
        return _("明天%(name)s放假，不计入期限。") % {"name": found.name}
    return ""


def watched(tallies: Mapping[str, int]) -> list[Tile]:
    """The figures for an observer, who opens no case: none leads to one."""
    return [replace(tile, url="") for tile in tiles(tallies)]


def tiles(tallies: Mapping[str, int]) -> list[Tile]:
    """The figures, each leading to what is behind it where there is a list of just that."""
    cases = reverse("cases:queue")
    return [
        Tile(_("逾期"), tallies["overdue"], alert=tallies["overdue"] > 0, url=f"{cases}?due={Pressing.OVERDUE.value}"),
        Tile(_("3 个工作日内到期"), tallies["soon"], url=f"{cases}?due={Pressing.SOON.value}"),
        Tile(_("在办申请"), tallies["open"], url=cases),
        Tile(_("待登记"), tallies["submitted"], url=f"{cases}?state={State.SUBMITTED.value}"),
        Tile(_("待签发"), tallies["proposed"], url=f"{cases}?state={State.PROPOSED.value}"),
        Tile(_("本年按时答复"), tallies["in_time"], unit=f"/ {tallies['sent']}"),
    ]


def besides(standing: Standing) -> list[tuple[str, int, str]]:
    """What else waits for the person: what it is, how many, and where. One query each, and none where nothing can wait."""
    return [(label, n, reverse(to)) for label, rows, to in _besides(standing) if (n := rows.count())]


def _besides(standing: Standing) -> Iterator[tuple[str, QuerySet[Any, Any], str]]:
    answering, legal = standing.organs_where(*applications.ANSWERERS), standing.organs_where(Role.LEGAL_REVIEWER)
    if answering:
        yield _("其他机关征求本机关的意见"), applications.asked_and_waiting(standing), "opinions:list"
        open_ = applications.rectifications(standing).filter(answered_on=None, organ__code__in=answering)
        yield _("更正本人信息的要求"), open_, "rectifications:list"
    if answering | legal:
        brought = disputes.visible_to(standing).filter(application__organ__code__in=answering | legal)
        yield (
            _("待受理、待答复的复议与诉讼"),
            brought.filter(state__in=(Brought.OPENED, Brought.RUNNING)),
            "disputes:list",
        )
    if reviewing := standing.organs_where(Role.SECRECY_REVIEWER):
        proposed = promotions.listed(standing, state=Promoted.PROPOSED)
        yield _("待审查的转主动公开"), proposed.filter(application__organ__code__in=reviewing), "promotions:list"
    if signing := standing.organs_where(Role.SECTION_CHIEF, Role.DISCLOSURE_OFFICE):
        filed = reports.filings(standing, state=FilingState.SUBMITTED)
        yield _("待公布的年度报告"), filed.filter(organ__in=signing), "filings:shelf"
