"""What the public pages show of an application."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongkai.accounts.rules.sessions import address_of
from gongkai.applications import selectors, services
from gongkai.applications.enums import ENDED
from gongkai.applications.forms import STEP_OF, GuidedForm, StatusForm
from gongkai.applications.rules import codes, notices, reply
from gongkai.applications.rules.flow import flow
from gongkai.applications.rules.remedies import COURT, COURT_AFTER_REVIEW, REVIEW, Way
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines.rules import Due, WorkCalendar, working_days_between
from gongkai.deadlines.rules.strip import tally
from gongkai.portal import counting
from gongkai.statutes import in_force

from . import guide, visits
from .milestones import day_of, headline

Found = TypeVar("Found")
WITHDRAWABLE = frozenset(rule.source for rule in flow().rules if rule.act == "withdraw")


@dataclass(frozen=True)
class Answer:
    """One line of the answers to be checked."""

    label: str
    value: str
    url: str = ""


def answers(form: GuidedForm) -> list[Answer]:
    """Every answer of a valid form, in words, with the page on which it is changed."""
    found = []
    for field in form:
        if field.is_hidden:
            continue
        value = form.cleaned_data.get(field.name) or ""
        choices = getattr(field.field, "choices", None)
        text = _("、").join(file.name for file in value) if isinstance(value, list) else str(value)
        url = reverse(f"apply:{guide.address(STEP_OF[field.name])}")
        found.append(Answer(str(field.label), (_label(choices, value) if choices else text) or _("未填写"), url))
    return found


def _label(choices: Iterable[Any], value: str) -> str:
    for key, label in choices:
        if isinstance(label, list | tuple):
            if inner := _label(label, value):
                return inner
        elif key == value:
            return str(label)
    return ""


def held(request: HttpRequest, form: StatusForm) -> selectors.Application | None:
    """The application whose number and code stand in the form; None, with the reason in the form, if there is none.

    Who came by a link to the address of the application needs no code.
    """
    return visits.held(request, form) or _held(request, form, selectors.by_code)


def held_rectification(request: HttpRequest, form: StatusForm) -> selectors.Rectification | None:
    """The same of a request to put a record right."""
    return _held(request, form, selectors.rectification_by_code)


def _held(request: HttpRequest, form: StatusForm, find: Callable[[str, str], Found | None]) -> Found | None:
    if not form.is_valid():
        return None
    number, code = form.cleaned_data["number"], form.cleaned_data["code"]
    address = address_of(request.META, behind_proxy=settings.TRUST_PROXY)
    if not services.may_try(number=number, address=address):
        form.add_error(None, _("尝试的次数太多，请 15 分钟以后再试；也可以打电话向受理机关查询。"))
        return None
    found = find(number, code)
    if found is None:
        services.note_wrong_try(number=number, address=address)
        form.add_error("code", _("申请编号与查询码对不上。请核对回执；查询码不分大小写，没有字母 O、I、L、U。"))
    return found


@dataclass(frozen=True)
class OwnRow:
    """One line of one's own applications."""

    number: str
    organ: str
    subject: str
    state: str
    submitted: str
    due: str


def own_row(application: selectors.Application) -> OwnRow:
    """What the list of one's own applications says of one."""
    return OwnRow(
        application.number,
        application.organ.name,
        application.description[:80],
        headline(application),
        day_of(timezone.localdate(application.submitted_at)),
        day_of(application.due_on) if application.due_on and application.reply_runs else "",
    )


def minutes_left(visit: selectors.MailLink, now: datetime) -> int:
    """How long a visit still lasts, in whole minutes."""
    left = (visit.used_at or now) + selectors.VISIT_LASTS - now
    return max(0, int(left.total_seconds() // 60))


def rectification_answer(row: selectors.Rectification) -> str:
    """How a request to put a record right was answered, in words; empty before."""
    return notices.notices()[row.paper].label if row.paper else ""


def days(application: selectors.Application) -> dict[str, Any]:
    """The last day for the reply with the days that lead to it; nothing while none is fixed, or after the end."""
    due = None if selectors.answered(application) else selectors.working(application)
    if due is None:
        return {}
    calendar = deadlines.calendar()
    return {"clock": _clock(application, due, calendar), "calendar": counting.strip(due, calendar)}


def _clock(application: selectors.Application, due: Due, calendar: WorkCalendar) -> dict[str, Any]:
    summed = tally(due, calendar)
    lines = [
        (_("起算之日，不计入"), day_of(due.start)),
        (_("次日起，至届满之日"), _("%(n)d 天") % {"n": summed.days}),
        (
            _("不计：周末 %(weekends)d 天，放假 %(holidays)d 天")
            % {"weekends": summed.weekends, "holidays": summed.holidays},
            _("− %(n)d 天") % {"n": summed.weekends + summed.holidays},
        ),
    ]
    if summed.paused:
        lines.append((_("不计：征求意见期间的工作日"), _("− %(n)d 天") % {"n": summed.paused}))
    if summed.makeups:
        lines.append((_("调休上班的 %(n)d 天") % {"n": summed.makeups}, _("照常计入")))
    if application.extended_by:
        lines.append((_("其中延长"), _("%(n)d 个工作日") % {"n": application.extended_by}))
    provisional = _("期限暂定：当年放假安排尚未公布。") if due.provisional else ""
    return {
        "caption": _("最迟答复日，%(year)d 年") % {"year": due.due_on.year},
        "iso": due.due_on.isoformat(),
        "due": date_format(due.due_on, "MONTH_DAY_FORMAT"),
        "hint": provisional or _left(due.due_on, calendar),
        "working": lines,
        "sum": (
            _("第 %(n)d 个工作日（%(cite)s）") % {"n": due.working_days, "cite": due.cite},
            day_of(due.due_on),
        ),
    }


def _left(last: date, calendar: WorkCalendar) -> str:
    today = localdate()
    if today > last:
        if in_force("reconsideration_first_for_silence", today).flag:
            return _("已经过了。您可以投诉、举报，或者先申请复议，对复议决定不服的再提起诉讼。")
        return _("已经过了。您可以投诉、举报，或者申请复议、提起诉讼。")
    n = working_days_between(today, last, calendar)
    return ngettext("还有 %(n)d 个工作日", "还有 %(n)d 个工作日", n) % {"n": n}


def outcome(application: selectors.Application) -> dict[str, Any] | None:
    """How it ended, and whether there is a letter to fetch."""
    if application.state not in ENDED or application.closed_on is None:
        return None
    return {
        "label": selectors.outcome_label(application),
        "day": day_of(application.closed_on),
        "number": application.letter_number,
        "has_letter": bool(application.letter_number),
    }


def remedies(application: selectors.Application) -> list[dict[str, str]]:
    """The ways on, each with its last day and its article."""
    found = selectors.remedies_of(application)
    if found is None:
        return []
    said = {
        REVIEW: (_("先申请行政复议") if found.review_first else _("申请行政复议"), _("自收到答复之日起")),
        COURT: (_("或者直接提起行政诉讼"), _("自收到答复之日起")),
        COURT_AFTER_REVIEW: (_("对复议决定不服的，再提起行政诉讼"), _("自收到复议决定书之日起")),
    }
    return [
        {
            "title": said[way.name][0],
            "before": way.before,
            "last": day_of(way.last_on) if way.last_on else "",
            "iso": way.last_on.isoformat() if way.last_on else "",
            "length": _length(said[way.name][1], way),
            "online": found.online if way.name == REVIEW else "",
            "cite": way.cite,
        }
        for way in found.ways
    ]


def _length(since: str, way: Way) -> str:
    n = {"since": since, "n": way.length}
    return _("%(since)s %(n)d 个月内") % n if way.unit == "months" else _("%(since)s %(n)d 日内") % n


def fee(application: selectors.Application) -> dict[str, Any] | None:
    """What is to be paid, until when, and how."""
    found = selectors.fee_of(application)
    if found is None:
        return None
    row, how = found
    return {
        "yuan": row.yuan,
        "scale": _(row.get_scale_display()),
        "quantity": row.quantity,
        "due": day_of(row.due_on) if row.due_on else "",
        "paid": day_of(row.paid_on) if row.paid_on else "",
        "how": how,
    }


def letters(application: selectors.Application) -> list[dict[str, Any]]:
    """The papers addressed to the applicant, the newest first."""
    return papers(selectors.letters_to_applicant(application))


def papers(found: list[selectors.Letter]) -> list[dict[str, Any]]:
    """Papers as their list shows them, the newest first."""
    return [
        {
            "pk": letter.pk,
            "label": selectors.label_of(letter),
            "number": letter.number,
            "day": day_of(letter.issued_on),
            "replaced": getattr(letter, "replaced_by", None) is not None,
        }
        for letter in reversed(found)
    ]


def letter_file(application: selectors.Application, pk: str, kind: str) -> tuple[bytes, str, str] | None:
    """A paper addressed to the applicant, its media type and name; the newest reply where none is named.

    None for a paper of others, one that has not been sent, or another kind of file.
    """
    if kind not in services.LETTER_TYPES:
        return None
    found = selectors.letters_to_applicant(application)
    wanted = [letter for letter in found if (str(letter.pk) == pk if pk else letter.kind in reply.kinds())]
    if not wanted:
        return None
    content = services.letter_file(wanted[-1], kind)
    return content, services.LETTER_TYPES[kind], f"letter-{application.number}-{wanted[-1].pk}.{kind}"


def code(plain: str) -> str:
    """A query code as it is read out."""
    return codes.shown(plain)
