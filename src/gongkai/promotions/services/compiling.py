"""The compilation of a year's cases: begin, and every act of its flow. Each is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.db import transaction

from gongkai.applications import selectors as applications
from gongkai.applications.enums import ENDED
from gongkai.audit import services as audit
from gongkai.organisations import selectors as organisations
from gongkai.promotions.flow import compilation_binding
from gongkai.promotions.models import Compilation, Example
from gongkai.promotions.rules.fit import unfit
from gongkai.statutes import decision
from gongkai.workflow import services as workflow
from gongkai.workflow.rules import Doer, NotYours, Refused, Rule

COMPILERS = frozenset({"officer", "disclosure_office", "competent_department"})
LABELS = {"question": "申请了什么，难在哪里", "lesson": "怎样办理，启示"}
Change = Callable[[Compilation, Rule], Mapping[str, object]]


def begin(*, organ: str, year: int, by: Doer, today: date) -> Compilation:
    """Begin the compilation of an organ's year, or go on with it."""
    found = organisations.by_code(organ)
    if found is None or not COMPILERS & set(by.roles_in(organ)):
        raise NotYours("编写案例选编须由承办人、工作机构负责人或者主管部门办理。请转交有此职责的人员。")
    if year > today.year:
        raise Refused(f"{year} 年还没有到。请核对年度。")
    with transaction.atomic():
        row, made = Compilation.objects.get_or_create(organ=found, year=year)
        if made:
            audit.record(
                act="compilations.begin",
                actor=by.actor_as(COMPILERS, organ),
                organ=organ,
                object_kind=compilation_binding().kind,
                object_id=row.pk,
                facts={"year": year},
            )
    return row


def enter(
    *,
    pk: int,
    by: Doer,
    version: int,
    key: str,
    application: applications.Application,
    question: str,
    lesson: str,
) -> Compilation:
    """Take a closed case in, or tell it anew; its outcome and articles follow from the reply. Nobody is told of in it."""

    def change(row: Compilation, rule: Rule) -> dict[str, object]:
        outcome = _outcome(application)
        if outcome is None:
            raise Refused("只有已经办结的申请才能选入。")
        words = {"question": question.strip(), "lesson": lesson.strip()}
        if not all(words.values()):
            raise Refused("请写明申请了什么、难在哪里，怎样办理、有什么启示。")
        _fit(application, words)
        Example.objects.update_or_create(compilation=row, application=application, defaults={**outcome, **words})
        return {"application": application.pk}

    return _act(pk, "enter", by, version, key, change)


def take_out(*, pk: int, by: Doer, version: int, key: str, example: int) -> Compilation:
    """Take a case out again."""

    def change(row: Compilation, rule: Rule) -> dict[str, object]:
        if not row.examples.filter(pk=example).delete()[0]:
            raise Refused("选编里没有这个案例。请刷新页面。")
        return {"example": example}

    return _act(pk, "take_out", by, version, key, change)


def submit(*, pk: int, by: Doer, version: int, key: str, user_id: int) -> Compilation:
    """Hand it to whoever publishes it."""

    def change(row: Compilation, rule: Rule) -> dict[str, object]:
        if not row.examples.exists():
            raise Refused("还没有选入案例。请先选入。")
        row.submitted_by_id = user_id
        return {}

    return _act(pk, "submit", by, version, key, change)


def send_back(*, pk: int, by: Doer, version: int, key: str) -> Compilation:
    """Hand it back to be worked on."""
    return _act(pk, "send_back", by, version, key, lambda row, rule: {})


def publish(*, pk: int, by: Doer, version: int, key: str, user_id: int, today: date) -> Compilation:
    """For everybody from today, if somebody else submitted it and nobody is told of in it."""

    def change(row: Compilation, rule: Rule) -> dict[str, object]:
        if row.submitted_by_id == user_id:
            raise Refused("送审和发布不得为同一人。请由另一位负责人发布。")
        for place, found in enumerate(row.examples.select_related("application__organ"), 1):
            _as_it_ended(place, found)
            _fit(found.application, {"question": found.question, "lesson": found.lesson})
        row.published_by_id, row.published_on = user_id, today
        return {"examples": row.examples.count()}

    return _act(pk, "publish", by, version, key, change)


def take_back(*, pk: int, by: Doer, version: int, key: str) -> Compilation:
    """It is no longer for everybody, and is worked on again."""

    def change(row: Compilation, rule: Rule) -> dict[str, object]:
        row.published_by_id, row.published_on = None, None
        return {}

    return _act(pk, "take_back", by, version, key, change)


def _outcome(application: applications.Application) -> dict[str, str] | None:
    """How a case ended, in the words of the national table; None while it is open."""
    if application.state not in ENDED or application.closed_on is None:
        return None
    found = decision(application.code, application.closed_on)
    return {"outcome": found.label[:200], "articles": found.basis[:500]}


def _as_it_ended(place: int, found: Example) -> None:
    """What was corrected since, by a judgment say, is not told as it was before; what is open again is not told at all."""
    now = _outcome(found.application)
    if now is None:
        raise Refused(f"案例{place}对应的申请已经重新办理，还没有办结。请退回后移出这个案例，或者等它办结。")
    if now != {"outcome": found.outcome, "articles": found.articles}:
        raise Refused(f"案例{place}的办理结果后来变了，现为“{now['outcome']}”。请退回后重新选入，按现在的结果改写。")


def _fit(application: applications.Application, words: Mapping[str, str]) -> None:
    texts = {LABELS[name]: text for name, text in words.items()}
    named = applications.names_in(application)
    if faults := unfit(texts, allowed=applications.published_of(application), named=named):
        raise Refused("".join(faults))


def _act(pk: int, name: str, by: Doer, version: int, key: str, change: Change) -> Compilation:
    row: Compilation = workflow.act(
        binding=compilation_binding(), pk=pk, act=name, by=by, version=version, key=key, change=change
    )
    return row
