"""What the public pages show of an application."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from gongkai.applications import selectors, services
from gongkai.applications.enums import ENDED, State
from gongkai.applications.forms import ApplicationForm, StatusForm
from gongkai.applications.rules.flow import flow
from gongkai.ui.words import by_law

WITHDRAWABLE = frozenset(rule.source for rule in flow().rules if rule.act == "withdraw")


@dataclass(frozen=True)
class Answer:
    """One line of the answers to be checked."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class Milestone:
    """One step on the way, as the applicant sees it: state is done, now or next."""

    title: str
    when: str
    note: str
    state: str


def answers(form: ApplicationForm) -> list[Answer]:
    """Every answer of a valid form, in words."""
    found = []
    for field in form:
        if field.is_hidden:
            continue
        value = form.cleaned_data.get(field.name) or ""
        choices = getattr(field.field, "choices", None)
        found.append(Answer(str(field.label), _label(choices, value) if choices else str(value) or _("未填写")))
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
    """The application whose number and code stand in the form; None, with the reason in the form, if there is none."""
    if not form.is_valid():
        return None
    number, code = form.cleaned_data["number"], form.cleaned_data["code"]
    address = request.META.get("REMOTE_ADDR", "")
    if not services.may_try(number=number, address=address):
        form.add_error(None, _("尝试的次数太多，请 15 分钟以后再试；也可以打电话向受理机关查询。"))
        return None
    found = selectors.by_code(number, code)
    if found is None:
        services.note_wrong_try(number=number, address=address)
        form.add_error("code", _("申请编号与查询码对不上。请核对回执；查询码不分大小写，没有字母 O、I、L、U。"))
    return found


def clock(application: selectors.Application) -> dict[str, Any] | None:
    """The last day for the reply with the days that lead to it; None while none is fixed."""
    due = selectors.working(application)
    if due is None:
        return None
    skipped = sum(1 for day in due.working if not day.counted)
    return {
        "caption": _("最迟答复日"),
        "iso": due.due_on.isoformat(),
        "due": _day(due.due_on),
        "hint": _("期限暂定：当年放假安排尚未公布。") if due.provisional else "",
        "working": [
            (_("收到之日，不计入"), _day(due.start)),
            (_("其间不计的休息日、节假日"), ngettext("%(n)d 天", "%(n)d 天", skipped) % {"n": skipped}),
            *(
                [(_("其中延长"), _("%(n)d 个工作日") % {"n": application.extended_by})]
                if application.extended_by
                else []
            ),
        ],
        "sum": (
            _("第 %(n)d 个工作日（%(cite)s）") % {"n": due.working_days, "cite": due.cite},
            _day(due.due_on),
        ),
    }


def milestones(application: selectors.Application) -> list[Milestone]:
    """Submitted, registered, being handled, replied: what is done, what is now, what comes."""
    state = State(application.state)
    registered = application.received_on
    handled = state in {State.SIGNED, State.SEALED, State.CLOSED, State.ARCHIVED}
    closed = application.closed_on
    return [
        Milestone(_("提交申请"), _day(clock_day(application)), "", "done"),
        Milestone(
            _("确认收到并登记"),
            _day(registered) if registered else "",
            ""
            if registered
            else by_law(_("工作人员会打电话与您确认；确认之日为收到之日（{law}）。"), "disclosure_regulation 31"),
            "done" if registered else "now",
        ),
        Milestone(
            state.label if state is State.SUPPLEMENTING else _("审查、拟定答复"),
            "",
            application.supplement_wanted if state is State.SUPPLEMENTING else "",
            "done" if handled else "now" if registered else "next",
        ),
        Milestone(_("答复"), _day(closed) if closed else "", "", "done" if closed else "now" if handled else "next"),
    ]


def clock_day(application: selectors.Application) -> date:
    """The day of submission."""
    return localdate(application.submitted_at)


def outcome(application: selectors.Application) -> dict[str, Any] | None:
    """How it ended, and whether there is a letter to fetch."""
    if application.state not in ENDED or application.closed_on is None:
        return None
    return {
        "label": selectors.outcome_label(application),
        "day": _day(application.closed_on),
        "number": application.letter_number,
        "has_letter": bool(application.letter_number),
    }


def letter_file(application: selectors.Application, kind: str) -> tuple[bytes, str, str] | None:
    """The reply as a file, its media type and name; None before it has been sent, or for another kind."""
    if kind not in services.LETTER_TYPES or application.state not in ENDED or not application.letter_number:
        return None
    content = services.reply_file(application, kind)
    return content, services.LETTER_TYPES[kind], f"reply-{application.number}.{kind}"


def _day(day: date) -> str:
    english = (get_language() or "").startswith("en")
    return date_format(day, "j F Y" if english else "Y年n月j日")
