"""Whom an application's news is told, and in which words. Called inside the transaction of what happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils import timezone

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines.rules import working_days_between
from gongkai.notifications.rules import Notice, Recipient
from gongkai.notifications.services import notify, notify_each

from . import selectors
from .enums import Closing
from .models import Application, Rectification
from .rules.fold import clock_label

ANEW = "applications.days_counted_anew"
TO_APPLICANT = {
    "transfer": "applications.transferred",
    "register": "applications.registered",
    "supplement": ANEW,
    "pay": ANEW,
    "end_consultation": ANEW,
    "ask_supplement": "applications.supplement_asked",
    "ask_reasons": "applications.reasons_asked",
    "ask_third_party": "applications.consultation_begun",
    "ask_co_producer": "applications.consultation_begun",
    "extend": "applications.extended",
    "defer": "applications.deferred",
    "charge": "applications.fee_notice",
    "deliver": "applications.decided",
    "lapse": "applications.closed",
    "unpaid": "applications.closed",
    "withdraw": "applications.closed",
    "reopen": "applications.reopened",
}
WRITTEN = {"ask_supplement": "supplement_notice", "ask_reasons": "reasons_request", "charge": "fee_notice"}
WHY_ANEW = {"supplement": "收到您的补正", "pay": "收到您的缴费", "end_consultation": "征求意见结束"}
CORRECTED = "applications.corrected"
CAME_IN = {
    "supplement": "申请人的补正材料",
    "give_reasons": "申请人说明的理由",
    "report_payment": "申请人的缴费报告，请核对到账",
    "third_party_answered": "第三方的意见",
    "co_producer_answered": "共同制作机关的意见",
    "late_opinion": "逾期提出的意见",
    "withdraw": "申请人的撤回申请，案件已办结",
}
CONSULTING = "consulting"
TERM_DAYS = {"served_on": "served_on", "due_on": "term_due_on"}


def tell_applicant(application: Application, act: str, source: str = "") -> None:
    """By the addresses the applicant gave; nothing is sent for an act that does not concern the applicant.

    `source` is the state before: that one more is asked while others are asked already is no news.
    """
    if act in WRITTEN and (letter := _on_its_way(application, act)):
        notify(
            event="applications.letter_sent",
            key=f"application:{application.pk}:{application.version}",
            to=Recipient(mail=application.email, phone=application.phone),
            context={"number": application.number, "organ": application.organ.name, "letter": letter},
            organ=application.organ.code,
        )
        return
    event = TO_APPLICANT.get(act)
    if event is None or (event == "applications.consultation_begun" and source == CONSULTING):
        return
    if event == ANEW and (application.due_on is None or application.due_on < timezone.localdate()):
        return  # what is late already gains no day
    if act == "deliver" and _only_corrected(application):
        event = CORRECTED
    notify(
        event=event,
        key=f"application:{application.pk}:{application.version}",
        to=Recipient(mail=application.email, phone=application.phone),
        context=_words(application, act),
        organ=application.organ.code,
    )


def _on_its_way(application: Application, act: str) -> str:
    """The letter of an act whose term begins only when it has arrived; empty where it is there already."""
    letter = application.letters.filter(kind=WRITTEN[act]).order_by("-pk").first()
    return selectors.label_of(letter) if letter and selectors.unserved(application, letter) else ""


def tell_served(application: Application, facts: Mapping[str, Any]) -> None:
    """A letter arrived and its term has begun: who handles the case is told, with the working."""
    if "term_due_on" not in facts or application.handler_id is None:
        return
    letter = application.letters.get(number=facts["letter"])
    days = {name: _day(date.fromisoformat(facts[key])) for name, key in TERM_DAYS.items()}
    notify(
        event="applications.served",
        key=f"application:{application.pk}:{application.version}",
        to=Recipient(user_id=application.handler_id),
        context={
            "number": application.number,
            "letter": selectors.label_of(letter),
            "days": facts["term_days"],
            **days,
        },
        url=url_of(application),
        organ=application.organ.code,
    )


def _words(application: Application, act: str) -> dict[str, object]:
    due_on = _day(application.supplement_by if act == "ask_supplement" else application.due_on)
    words = {"number": application.number, "organ": application.organ.name, "due_on": due_on, "yuan": ""}
    words["why"] = WHY_ANEW.get(act, "")
    if paper := {"ask_reasons": "reasons_request", "charge": "fee_notice"}.get(act):
        letter = application.letters.filter(kind=paper).order_by("-pk").first()
        said = letter.contents if letter else {}
        words |= {"due_on": said.get("due", ""), "yuan": said.get("yuan", "")}
    if application.code in set(Closing):
        words["why"] = Closing(application.code).label
    return {**words}


def _only_corrected(application: Application) -> bool:
    """Whether the last reply was sent in place of one with a slip, and decided nothing."""
    step = application.steps.filter(act="deliver").order_by("-pk").first()
    return step is not None and bool(step.facts.get("aside"))


def tell_officers(application: Application) -> None:
    """An application came in: the officers of its organ, or the head of its disclosure office where there is none."""
    organ = application.organ.code
    for person in _officers(organ):
        notify(
            event="applications.submitted",
            key=f"application:{application.pk}",
            to=Recipient(user_id=person.pk),
            context={"number": application.number, "organ": application.organ.name},
            url=url_of(application),
            organ=organ,
        )


def tell_asked_organ(application: Application) -> None:
    """Another organ is asked what it thinks: its officers, or the head of its disclosure office where there is none."""
    asked = application.consultations.select_related("organ").filter(organ__isnull=False).order_by("-pk").first()
    if asked is None or asked.organ is None:
        return
    letter = asked.letters.filter(kind="co_producer_request").order_by("pk").first()
    days = letter.contents.get("days", "") if letter else ""
    words = {"organ": asked.organ.name, "asking": application.organ.name, "days": days}
    for person in _officers(asked.organ.code):
        notify(
            event="applications.opinion_asked",
            key=f"consultation:{asked.pk}",
            to=Recipient(user_id=person.pk),
            context=words,
            url=f"/workbench/opinions/{asked.pk}/",
            organ=asked.organ.code,
        )


def tell_of_word(application: Application, act: str) -> None:
    """Who handles a case hears what came in from outside while it waited."""
    to = {application.handler_id} if application.handler_id else {one.pk for one in _officers(application.organ.code)}
    for user_id in sorted(to):
        notify(
            event="applications.word_came",
            key=f"application:{application.pk}:{application.version}",
            to=Recipient(user_id=user_id),
            context={"number": application.number, "what": CAME_IN[act]},
            url=url_of(application),
            organ=application.organ.code,
        )


def tell_of_new_rectification(row: Rectification) -> None:
    """Somebody asks that a record about himself or herself be put right (art. 41)."""
    for person in _officers(row.organ.code):
        notify(
            event="applications.rectification_asked",
            key=f"rectification:{row.pk}",
            to=Recipient(user_id=person.pk),
            context={"number": row.number, "organ": row.organ.name, "due_on": _day(row.due_on)},
            url=f"/workbench/rectifications/{row.number}/",
            organ=row.organ.code,
        )


def _officers(organ: str) -> list[Any]:
    today = timezone.localdate()
    return list(accounts.holders(Role.OFFICER, organ, today) or accounts.holders(Role.DISCLOSURE_OFFICE, organ, today))


def tell_assigned(application: Application) -> None:
    """A case was given to somebody, who is told."""
    notify(
        event="applications.assigned",
        key=f"application:{application.pk}:{application.version}",
        to=Recipient(user_id=application.handler_id),
        context=_words(application, "assign"),
        url=url_of(application),
        organ=application.organ.code,
    )


@dataclass(frozen=True)
class News:
    """What a clock has to tell of a case: to who handles it (else its organ's officers), and to the higher roles."""

    application: Application
    clock: str
    event: str
    due_on: date
    before: date | None = None
    higher: tuple[Role, ...] = ()


def tell_handlers(news: Iterable[News]) -> None:
    """Each to those whom it concerns. Who they are is asked once for each role and organ."""
    today, calendar = timezone.localdate(), deadlines.calendar()

    @cache
    def holders(role: Role, organ: str) -> frozenset[int]:
        return frozenset(person.pk for person in accounts.holders(role, organ, today))

    def notices(one: News) -> Iterator[Notice]:
        row, organ = one.application, one.application.organ.code
        people = {row.handler_id} if row.handler_id else set(holders(Role.OFFICER, organ))
        people |= {pk for role in one.higher for pk in holders(role, organ)}
        days = working_days_between(today, one.due_on, calendar)
        of_days = days if one.event == "deadlines.due_soon" else ""
        context = {
            "subject": f"申请 {row.number}（{clock_label(one.clock)}）",
            "due_on": _day(one.due_on),
            "days": days,
            "before": _day(one.before),
        }
        key = f"application:{row.pk}:{one.clock}:{one.due_on}:{of_days}"
        for user_id in sorted(people):
            yield Notice(one.event, key, Recipient(user_id=user_id), context, url=url_of(row), organ=organ)

    notify_each([notice for one in news for notice in notices(one)])


def tell_of_rectification(row: Rectification, event: str, due_on: date) -> None:
    """The clock's news of a request to rectify, to the officers of its organ."""
    today, organ = timezone.localdate(), row.organ.code
    days = working_days_between(today, due_on, deadlines.calendar())
    words = {"subject": f"更正要求 {row.number}", "due_on": _day(due_on), "days": days, "before": ""}
    for person in _officers(organ):
        notify(
            event=event,
            key=f"rectification:{row.pk}:{due_on}:{days if event == 'deadlines.due_soon' else ''}",
            to=Recipient(user_id=person.pk),
            context=words,
            url=f"/workbench/rectifications/{row.number}/",
            organ=organ,
        )


def tell_rectified(row: Rectification) -> None:
    """The answer is there, for who asked."""
    notify(
        event="applications.rectification_answered",
        key=f"rectification:{row.pk}",
        to=Recipient(mail=row.email, phone=row.phone),
        context={"number": row.number, "organ": row.organ.name},
        organ=row.organ.code,
    )


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def url_of(application: Application) -> str:
    """Its page at the desk."""
    return f"/workbench/applications/{application.number}/"
