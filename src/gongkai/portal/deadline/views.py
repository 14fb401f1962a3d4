"""期限怎么算：a due date counted out day by day, for anybody, without signing in and without JavaScript."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongkai.deadlines import selectors
from gongkai.deadlines.forms import DeadlineForm
from gongkai.deadlines.rules import LIMITS, Due, Limit, OutsideCalendar, WorkCalendar, limit_due
from gongkai.deadlines.rules.strip import tally
from gongkai.portal import columns, counting
from gongkai.statutes import BeforeTheLaw, law
from gongkai.ui.http import read_only
from gongkai.ui.rendering import page

# Words of the strip and of the limits, which come from rules that speak Chinese only.
WORDS = (
    gettext_noop("收到日"),
    gettext_noop("到期"),
    gettext_noop("今天"),
    gettext_noop("调休"),
    gettext_noop("不计"),
    gettext_noop("元旦"),
    gettext_noop("春节"),
    gettext_noop("春节补假"),
    gettext_noop("清明节"),
    gettext_noop("劳动节"),
    gettext_noop("劳动节补假"),
    gettext_noop("端午节"),
    gettext_noop("中秋节"),
    gettext_noop("国庆节"),
    gettext_noop("国庆节补假"),
    gettext_noop("答复申请"),
    gettext_noop("延长后的答复"),
    gettext_noop("一次性告知补正"),
    gettext_noop("申请人补正"),
    gettext_noop("第三方提出意见"),
    gettext_noop("共同制作机关提出意见"),
    gettext_noop("缴纳信息处理费"),
    gettext_noop("非网上申请录入平台"),
    gettext_noop("主动公开"),
    gettext_noop("收到申请之日"),
    gettext_noop("收到补正告知之日"),
    gettext_noop("收到征求意见书之日"),
    gettext_noop("收到收费通知之日"),
    gettext_noop("信息形成或者变更之日"),
)


@read_only
def deadline(request: HttpRequest) -> HttpResponse:
    """The form, and under it the due date with its working once a day was asked for."""
    asked = "received" in request.GET
    form = DeadlineForm(request.GET if asked else None)
    context: dict[str, Any] = {}
    if asked and form.is_valid():
        context = _counted(form)
    return page(
        request,
        "portal/deadline.html",
        column=columns.DEADLINE,
        crumbs=columns.trail(
            (columns.DISCLOSURE.name, "portal:disclosure"),
            (columns.APPLY.name, "portal:apply"),
            (columns.DEADLINE.name, ""),
        ),
        form=form,
        limits=[(value.since, value.integer) for value in law().timeline("reply_limit")],
        apply_url=reverse("portal:apply"),
        **context,
    )


def _counted(form: DeadlineForm) -> dict[str, Any]:
    limit, start, calendar = LIMITS[form.cleaned_data["rule"]], form.cleaned_data["received"], selectors.calendar()
    try:
        found = limit_due(limit, start, calendar)
    except BeforeTheLaw:
        first = law().timeline(limit.parameter)[0]
        told = _("这一天还没有这种法定期限：最早的自 %(since)s起施行。") % {"since": _day(first.since)}
        form.add_error("received", told)
    except OutsideCalendar as error:
        form.add_error("received", str(error))
    else:
        return {
            "found": found,
            "limit": limit,
            "clock": _clock(limit, found, calendar),
            "calendar": counting.strip(found, calendar),
        }
    return {}


def _clock(limit: Limit, found: Due, calendar: WorkCalendar) -> dict[str, Any]:
    """What the clock component takes: the working in five lines at most."""
    summed = tally(found, calendar)
    lines = [
        (_("起算：%(what)s，当日不计") % {"what": _(limit.counted_from)}, _day(found.start)),
        (_("次日起，至届满之日"), _("%(n)d 天") % {"n": summed.days}),
        (
            _("不计：周末 %(weekends)d 天，放假 %(holidays)d 天")
            % {"weekends": summed.weekends, "holidays": summed.holidays},
            _("− %(n)d 天") % {"n": summed.skipped},
        ),
    ]
    if summed.makeups:
        lines.append((_("调休上班的 %(n)d 天") % {"n": summed.makeups}, _("照常计入")))
    return {
        "caption": _("最迟，%(year)d 年") % {"year": found.due_on.year},
        "iso": found.due_on.isoformat(),
        "due": date_format(found.due_on, "MONTH_DAY_FORMAT"),
        "hint": _("%(n)d 个工作日") % {"n": found.working_days},
        "working": lines,
        "sum": (_("第 %(n)d 个工作日，期限届满") % {"n": found.working_days}, _day(found.due_on)),
    }


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
