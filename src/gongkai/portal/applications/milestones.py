"""The way of a case in plain words: what has happened, where it stands, what comes. Nothing of the organ's inside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from gongkai.applications import selectors
from gongkai.applications.enums import ENDED, State
from gongkai.ui.words import by_law


@dataclass(frozen=True)
class Milestone:
    """One step on the way, as the applicant sees it: state is done, now or next."""

    title: str
    when: str
    note: str
    state: str


# What of the acts concerns the applicant; the others are the organ's own business.
HAPPENED = {
    "submit": gettext_noop("提交申请"),
    "transfer": gettext_noop("转交有权办理的机关"),
    "register": gettext_noop("确认收到并登记"),
    "ask_supplement": gettext_noop("告知您补正"),
    "supplement": gettext_noop("收到您的补正"),
    "lapse": gettext_noop("逾期没有补正，不再处理"),
    "ask_reasons": gettext_noop("请您说明理由"),
    "give_reasons": gettext_noop("收到您说明的理由"),
    "defer": gettext_noop("延迟答复"),
    "ask_third_party": gettext_noop("征求第三方意见"),
    "ask_co_producer": gettext_noop("征求其他机关意见"),
    "end_consultation": gettext_noop("征求意见结束"),
    "extend": gettext_noop("延长答复期限"),
    "charge": gettext_noop("通知您缴费"),
    "report_payment": gettext_noop("您报告已经缴费，等机关核对"),
    "pay": gettext_noop("收到缴费"),
    "unpaid": gettext_noop("逾期没有缴费，不再处理"),
    "deliver": gettext_noop("答复"),
    "correct_letter": gettext_noop("开始更正答复书"),
    "reopen": gettext_noop("依法重新处理"),
    "withdraw": gettext_noop("您撤回了申请"),
}
HANDLED = (
    gettext_noop("您的申请正在办理"),
    gettext_noop("查找、审查信息"),
    gettext_noop("需要补正、征求意见、延期或者收费的，会书面告知您。"),
)
READY = (gettext_noop("您的申请正在办理"), gettext_noop("答复已经签发"), gettext_noop("盖章以后送给您。"))
# Each state: the headline of the page, the milestone that is now, and what it means for the applicant.
NOW = {
    State.SUBMITTED: (
        gettext_noop("您的申请等待登记"),
        gettext_noop("确认收到并登记"),
        gettext_noop("工作人员会打电话与您确认；确认之日为收到之日（{law}）。"),
    ),
    State.REGISTERED: HANDLED,
    State.ASSIGNED: HANDLED,
    State.EXTENDING: HANDLED,
    State.SUPPLEMENTING: (
        gettext_noop("请您补正申请"),
        gettext_noop("等待您补正"),
        gettext_noop("收到补正以后，答复期限从收到补正之日重新起算。"),
    ),
    State.EXPLAINING: (
        gettext_noop("请您说明理由"),
        gettext_noop("等待您说明理由"),
        gettext_noop("不说明理由，或者理由不合理的，机关可以不予处理。"),
    ),
    State.CONSULTING: (
        gettext_noop("您的申请正在征求意见"),
        gettext_noop("等待意见"),
        gettext_noop("征求意见的时间不计入答复期限。被征求意见的一方不知道是您在申请。"),
    ),
    State.PAYING: (
        gettext_noop("请您缴费"),
        gettext_noop("等待您缴费"),
        gettext_noop("缴费以后，答复期限从缴费次日重新起算。"),
    ),
    State.PROPOSED: (
        gettext_noop("您的申请正在办理"),
        gettext_noop("审核答复"),
        gettext_noop("拟稿、审查和签发由不同的人员完成。"),
    ),
    State.SIGNED: READY,
    State.SEALED: READY,
}
ENDED_HEADLINE = gettext_noop("您的申请已经办结")
LAW = "disclosure_regulation 31"


def headline(application: selectors.Application) -> str:
    """Where the case stands, in one sentence."""
    found = NOW.get(State(application.state))
    return _(found[0]) if found else _(ENDED_HEADLINE)


def milestones(application: selectors.Application) -> list[Milestone]:
    """What happened, what is now, and the reply that comes."""
    return list(_way(application))


def _way(application: selectors.Application) -> Iterator[Milestone]:
    for step in selectors.steps(application):
        if title := HAPPENED.get(step.act):
            yield Milestone(_(title), day_of(step.on), _note(step.act, step.facts), "done")
    if application.state in ENDED:
        return
    _headline, title, note = NOW[State(application.state)]
    yield Milestone(_(title), "", str(by_law(_(note), LAW)), "now")
    known = application.due_on if application.reply_runs else None
    due = _("最迟 %(day)s。") % {"day": day_of(known)} if known else ""
    yield Milestone(_("答复"), "", due + _("届时通知您，凭编号和查询码下载。"), "next")


def _note(act: str, facts: dict[str, Any]) -> str:
    if act == "extend":
        return _("延长 %(n)s 个工作日") % {"n": facts.get("working_days")}
    return str(facts.get("to", "")) if act == "transfer" else ""


def day_of(day: date) -> str:
    """A day as the pages of applications write it."""
    english = (get_language() or "").startswith("en")
    return date_format(day, "j F Y" if english else "Y年n月j日")
