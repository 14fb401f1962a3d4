"""Promotion to proactive disclosure: propose, and every act of its flow. Each is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.db import IntegrityError, transaction

from gongkai.applications import selectors as applications
from gongkai.applications.enums import ENDED
from gongkai.applications.rules.deciding import GRANTING
from gongkai.audit import services as audit
from gongkai.catalogue import selectors as library
from gongkai.catalogue import services as catalogue
from gongkai.catalogue.selectors import courses
from gongkai.kernel import bus
from gongkai.promotions.events import Promoted
from gongkai.promotions.flow import binding
from gongkai.promotions.models import Promotion
from gongkai.promotions.rules.fit import unfit
from gongkai.promotions.rules.flow import flow
from gongkai.workflow import services as workflow
from gongkai.workflow.rules import Doer, NotYours, Refused, Rule

from .enclosing import files_of, going_along

PROPOSERS = frozenset({"officer", "disclosure_office"})
Change = Callable[[Promotion, Rule], Mapping[str, object]]


def propose(
    *,
    application: applications.Application,
    by: Doer,
    user_id: int,
    key: str,
    title: str,
    summary: str,
    reason: str,
    today: date,
    kind: str = "other",
) -> Promotion:
    """Art. 44: propose that what a closed case gave be for everybody. Raises `Refused` with what stands against it."""
    organ = application.organ.code
    if not PROPOSERS & set(by.roles_in(organ)):
        raise NotYours("提出转主动公开须由承办人或者工作机构负责人办理。请转交有此职责的人员。")
    _granted(application)
    _fit(application, {"信息名称": title, "内容概述": summary})
    if not (title.strip() and summary.strip() and reason.strip()):
        raise Refused("请写明信息名称、内容概述和转为主动公开的理由。")
    if (before := Promotion.objects.filter(key=key, application=application).first()) is not None:
        return before
    enclosed = files_of(application)
    try:
        with transaction.atomic():
            row = Promotion.objects.create(
                application=application,
                key=key,
                title=title.strip(),
                summary=summary.strip(),
                reason=reason.strip(),
                kind=kind,
                files=enclosed,
                proposed_by_id=user_id,
                proposed_on=today,
            )
            _record_proposal(row, by, organ)
    except IntegrityError as error:
        raise Refused("这件申请已经提出过转主动公开。请打开那一条办理。") from error
    return row


def _record_proposal(row: Promotion, by: Doer, organ: str) -> None:
    audit.record(
        act="promotions.propose",
        actor=by.actor_as(PROPOSERS, organ),
        organ=organ,
        object_kind=binding().kind,
        object_id=row.pk,
        facts={"application": row.application_id},
    )


def accept(*, pk: int, by: Doer, version: int, key: str, user_id: int, opinion: str, today: date) -> Promotion:
    """Art. 17: somebody else has looked at it for secrets and persons; from today it is for everybody.

    Its proposer finds a draft of it in the library, with the files that may go along; it passes every gate there. The
    files are looked through before any row is locked.
    """
    found = Promotion.objects.select_related("application__organ").get(pk=pk)
    may = flow().open_to(found.state, by.roles_in(found.application.organ.code))
    enclosed = going_along(found) if any(rule.act == "accept" for rule in may) else []

    def change(row: Promotion, rule: Rule) -> dict[str, object]:
        _other(row, user_id)
        _granted(row.application)
        _fit(row.application, {"信息名称": row.title, "内容概述": row.summary})
        row.decided_by_id, row.decided_on, row.opinion = user_id, today, opinion.strip()[:1000]
        row.item = _draft(row, by, enclosed)
        bus.publish(Promoted(row.pk, row.application_id, row.application.organ.code, row.title, today))
        return {"item": row.item.pk}

    return _act(pk, "accept", by, version, key, change)


def refuse(*, pk: int, by: Doer, version: int, key: str, user_id: int, opinion: str, today: date) -> Promotion:
    """It is not for everybody, with the reason."""

    def change(row: Promotion, rule: Rule) -> dict[str, object]:
        _other(row, user_id)
        if not opinion.strip():
            raise Refused("请写明审查不通过的理由。")
        row.decided_by_id, row.decided_on, row.opinion = user_id, today, opinion.strip()[:1000]
        return {}

    return _act(pk, "refuse", by, version, key, change)


def withdraw(*, pk: int, by: Doer, version: int, key: str) -> Promotion:
    """It is not proposed any more."""
    return _act(pk, "withdraw", by, version, key, lambda row, rule: {})


def take_down(*, pk: int, by: Doer, version: int, key: str, opinion: str) -> Promotion:
    """Art. 18: circumstances changed, and it is no longer for everybody; the reason stays on record."""

    def change(row: Promotion, rule: Rule) -> dict[str, object]:
        if not opinion.strip():
            raise Refused("请写明撤下的理由。")
        if row.item is not None and row.item.public and row.item.state != "withdrawn":
            raise Refused("公文库中的这一条还公开着。请先在公文库撤回，再在这里撤下。")
        row.opinion = opinion.strip()[:1000]
        return {"reason": opinion.strip()[:200]}

    return _act(pk, "take_down", by, version, key, change)


def _draft(row: Promotion, by: Doer, enclosed: Sequence[catalogue.Looked]) -> library.Item:
    """What is for everybody of it, and nothing that tells of the case: neither its number nor the reason."""
    data = {"kind": row.kind, "title": row.title, "summary": row.summary, "body": row.summary}
    whole = {**data, "disclosure_class": "proactive", "signed_on": row.proposed_on.isoformat()}
    organ = row.application.organ.code
    return catalogue.draft_for(
        organ=organ,
        user_id=row.proposed_by_id,
        actor=by.actor,
        key=f"promoted-{row.key}",
        data=whole,
        enclosed=enclosed,
    )


def keep_persons_out(*, item: int) -> None:
    """A release of what came from a case is refused when somebody of that case is told of in it, whoever wrote it in."""
    row = Promotion.objects.filter(item_id=item).select_related("application__organ", "item").first()
    if row is not None and row.item is not None:
        _fit(row.application, courses.texts(row.item))


def _granted(application: applications.Application) -> None:
    """Asked again when it is accepted: the case may have been taken up anew since it was proposed."""
    if application.state not in ENDED or application.code not in GRANTING:
        raise Refused("只有已经办结、予以公开或者部分公开的申请，才能转为主动公开。请等它办结，或者撤回这一条。")


def _other(row: Promotion, user_id: int) -> None:
    if row.proposed_by_id == user_id:
        raise Refused("提出和审查不得为同一人。请由另一位保密审查员审查。")


def _fit(application: applications.Application, texts: Mapping[str, str]) -> None:
    named = applications.names_in(application)
    if faults := unfit(texts, allowed=applications.published_of(application), named=named):
        raise Refused("".join(faults))


def _act(pk: int, name: str, by: Doer, version: int, key: str, change: Change) -> Promotion:
    row: Promotion = workflow.act(binding=binding(), pk=pk, act=name, by=by, version=version, key=key, change=change)
    return row
