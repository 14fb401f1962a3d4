"""公开时限季度表：how each organ kept the limit of art. 26 for what it made in a quarter, and what was late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.permissions import standing_of
from gongkai.catalogue.enums import State
from gongkai.catalogue.rules import declared
from gongkai.catalogue.selectors import watching
from gongkai.organisations import selectors as organisations
from gongkai.statutes import in_force
from gongkai.ui import sheets
from gongkai.ui.http import read_only
from gongkai.workbench import periods
from gongkai.workbench.periods import Period
from gongkai.workbench.rendering import desk_page

HEAD = (
    "机关",
    "标题",
    "索引号",
    "信息类别",
    "成文或者变更之日",
    "事由",
    "最迟公开日",
    "公开日期",
    "已过工作日",
    "状态",
)
TOTALS = ("机关", "成文、变更应公开", "按期公开", "逾期", "仍在期限内")


@read_only
def sheet(request: HttpRequest) -> HttpResponse:
    """The sheet of a quarter, of all organs that the reader watches or of one; it prints as it stands."""
    period, organ, found = _asked(request)
    today = timezone.localdate()
    own = organisations.by_codes(sorted(watching.own(standing_of(request))))
    return desk_page(
        request,
        "workbench/library/sheet.html",
        title=_("%(period)s公开时限情况表") % {"period": period.label},
        period=period,
        found=found,
        kinds=declared.kinds(),
        totals=_totals(found.tallies),
        organ=organ,
        limit=in_force("proactive_disclosure_limit", period.last),
        organs=[(code, one.name) for code, one in own.items()],
        parameters=request.GET.urlencode(),
        **periods.choices(today),
    )


@read_only
def file(request: HttpRequest, form: str) -> HttpResponse:
    """The same for a spreadsheet: the tallies, then the lines."""
    period, _organ, found = _asked(request)
    name = f"publication-{period.year}-{period.quarter}.{form}"
    rows: list[Sequence[Any]] = [HEAD, *_lines(found)]
    tallies = [(one.name, one.made, one.in_time, one.late, one.waiting) for one in found.tallies]
    if form == "csv":
        response = HttpResponse(sheets.csv_file([TOTALS, *tallies, (), *rows]), content_type=sheets.CSV)
    elif form == "xlsx":
        response = HttpResponse(sheets.xlsx_file(rows, title=period.label), content_type=sheets.XLSX)
    else:
        raise Http404(_("文件有 csv 和 xlsx 两种。"))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _asked(request: HttpRequest) -> tuple[Period, str, watching.Sheet]:
    today = timezone.localdate()
    period = periods.period_of(request, today=today, quarter=periods.quarter_of(today))
    own, organ = watching.own(standing_of(request)), request.GET.get("organ", "")
    organs = own & {organ} if organ else own
    return period, organ, watching.sheet(organs, first=period.first, last=min(period.last, today))


def _totals(tallies: Sequence[watching.Tally]) -> tuple[int, ...]:
    columns = [(one.made, one.in_time, one.late, one.waiting) for one in tallies]
    return tuple(sum(column) for column in zip(*columns, strict=True))


def _lines(found: watching.Sheet) -> list[tuple[Any, ...]]:
    kinds = declared.kinds()
    return [
        (
            one.item.organ.name,
            one.item.title,
            one.item.index_number or "",
            kinds[one.item.kind].label if one.item.kind in kinds else one.item.kind,
            one.clock.since.isoformat(),
            "变更" if one.changed else "成文",
            one.clock.due_on.isoformat(),
            one.ended.isoformat() if one.ended else "",
            one.clock.used,
            State(one.item.state).label,
        )
        for one in found.lines
    ]
