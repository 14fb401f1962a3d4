"""Cases whose years are over: kept on by hand, proposed by one person, carried out by another, told of once a year."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date

from django.db import IntegrityError, transaction

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.accounts.rules.standing import person
from gongkai.applications import selectors
from gongkai.applications.enums import Disposing
from gongkai.applications.flow import binding, disposal_binding
from gongkai.applications.models import Application, Disposal, Disposed, DisposedRectification, Kept
from gongkai.applications.rules.retention import kept_until
from gongkai.audit import services as audit
from gongkai.audit.rules import SYSTEM
from gongkai.notifications.rules import Recipient
from gongkai.notifications.services import notify
from gongkai.organisations import selectors as organisations
from gongkai.statutes import in_force
from gongkai.workflow import services as workflow
from gongkai.workflow.rules import Doer, NotYours, Outside, Refused, Rule

from .forgetting import forget, forget_rectification

_log = logging.getLogger(__name__)
KEEPERS = frozenset(role.value for role in selectors.KEEPERS)
PROGRAM = Outside(SYSTEM, frozenset({"system"}))
LONGEST = 500
MOST = 2000  # cases of one list; the next list takes the rest


def propose_disposal(*, organ: str, by: Doer, user_id: int, today: date) -> Disposal:
    """Put every case and every request to put a record right on a list that may be forgotten today; nothing happens yet."""
    _keeper(by, organ, "提出")
    owner = organisations.by_code(organ)
    if owner is None:
        raise Refused("名录中没有这个机关。请刷新页面后再试。")
    due = selectors.fallen(Application.objects.filter(organ=owner), today).due[:MOST]
    asked = list(selectors.fallen_rectifications(today).filter(organ=owner).values_list("pk", flat=True)[:MOST])
    if not due and not asked:
        raise Refused("这个机关现在没有保存期满、可以处置的案卷。")
    try:
        with transaction.atomic():
            row = Disposal.objects.create(organ=owner, proposed_by_id=user_id, proposed_on=today)
            Disposed.objects.bulk_create(Disposed(disposal=row, application_id=pk) for pk in due)
            DisposedRectification.objects.bulk_create(
                DisposedRectification(disposal=row, rectification_id=pk) for pk in asked
            )
            audit.record(
                act="disposals.propose",
                actor=by.actor_as(KEEPERS, organ),
                organ=organ,
                object_kind=disposal_binding().kind,
                object_id=row.pk,
                facts={"cases": len(due), "rectifications": len(asked)},
            )
    except IntegrityError as error:
        raise Refused("这个机关已经有一份处置单在复核或者执行。请先办完那一份。") from error
    return row


def carry_out_disposal(*, pk: int, by: Doer, version: int, key: str, user_id: int, today: date) -> Disposal:
    """Another person than who proposed the list has it carried out; `dispose` does so within minutes, case by case."""

    def change(row: Disposal, rule: Rule) -> dict[str, object]:
        if row.proposed_by_id == user_id:
            raise Refused("处置单须由提出人以外的另一位工作机构负责人复核。请转交。")
        row.decided_by_id, row.decided_on = user_id, today
        return {"cases": row.cases.count(), "rectifications": row.rectifications.count()}

    return _act(pk, "carry_out", by, version, key, change)


def refuse_disposal(*, pk: int, by: Doer, version: int, key: str, user_id: int, reason: str, today: date) -> Disposal:
    """The list is not carried out, for a reason; its cases stay as they are, and may be proposed again."""

    def change(row: Disposal, rule: Rule) -> dict[str, object]:
        row.decided_by_id, row.decided_on, row.reason = user_id, today, _wanted(reason, "不同意的理由")
        return {}

    return _act(pk, "refuse", by, version, key, change)


def dispose(*, today: date) -> int:
    """Go on with every list that is being carried out; how many cases were forgotten. May be killed, and run again.

    Each case is one transaction, so a list that was left half done goes on where it stood.
    """
    done = 0
    for row in Disposal.objects.filter(state=Disposing.CARRYING.value).order_by("pk"):
        waiting = row.cases.filter(done_on__isnull=True, left_because="").order_by("pk")
        done += sum(_tried(_dispose, pk, today) for pk in list(waiting.values_list("pk", flat=True)))
        asked = row.rectifications.filter(done_on__isnull=True).order_by("pk")
        done += sum(_tried(_dispose_rectification, pk, today) for pk in list(asked.values_list("pk", flat=True)))
        _finish(row.pk)
    return done


def _tried(dispose_one: Callable[[int, date], bool], pk: int, today: date) -> bool:
    """One case on a list; one that cannot be forgotten now waits for the next time, and the others go on."""
    try:
        return dispose_one(pk, today)
    except Exception:  # noqa: BLE001 - whatever it was, it is logged, and must not hold up the others
        _log.exception("Row %s of a disposal list could not be forgotten", pk)
        return False


@transaction.atomic
def _dispose(pk: int, today: date) -> bool:
    """One case on a list: forgotten, unless something has come up since that keeps it."""
    item = Disposed.objects.select_for_update(of=("self",)).select_related("disposal").get(pk=pk)
    if item.done_on or item.left_because:
        return False
    row = Application.objects.select_for_update().get(pk=item.application_id)
    if why := _why_not(row, today):
        item.left_because = why[:LONGEST]
    else:
        by = item.disposal.decided_by_id
        forget(pk=row.pk, by=person(by) if by else SYSTEM, today=today, purpose=f"处置单 {item.disposal_id}")
        item.done_on = today
    item.save(update_fields=["left_because", "done_on"])
    return item.done_on is not None


@transaction.atomic
def _dispose_rectification(pk: int, today: date) -> bool:
    """One request to put a record right on a list. Nothing but its years keeps one whole."""
    item = DisposedRectification.objects.select_for_update(of=("self",)).select_related("disposal").get(pk=pk)
    if item.done_on:
        return False
    by = item.disposal.decided_by_id
    actor, purpose = person(by) if by else SYSTEM, f"处置单 {item.disposal_id}"
    forget_rectification(pk=item.rectification_id, by=actor, today=today, purpose=purpose)
    item.done_on = today
    item.save(update_fields=["done_on"])
    return True


def _why_not(row: Application, today: date) -> str:
    if row.closed_on is None or kept_until(row.closed_on, today) >= today:
        return "保存期尚未届满"
    return "；".join(f"{hold.reason}（{hold.cite}）" for hold in selectors.holds_of([row.pk]).get(row.pk, []))


def _finish(pk: int) -> None:
    with transaction.atomic():
        row = Disposal.objects.select_for_update().get(pk=pk)
        waits = row.cases.filter(done_on__isnull=True, left_because="").exists()
        asked = row.rectifications.filter(done_on__isnull=True).exists()
        if row.state == Disposing.CARRYING.value and not waits and not asked:
            _act(pk, "finish", PROGRAM, row.version, f"finish-disposal-{pk}", lambda row, rule: {})


def keep_case(*, application_id: int, by: Doer, user_id: int, reason: str, today: date) -> Kept:
    """Keep a case whole beyond its years, for a reason."""
    with transaction.atomic():
        row = _locked(application_id, by, "办理暂缓处置")
        if row.forgotten_on:
            raise Refused(f"这一案卷的个人信息已经在 {row.forgotten_on} 处置，不能再暂缓。")
        if selectors.keeping(row):
            raise Refused("这一案卷已经暂缓处置。")
        made = Kept.objects.create(application=row, reason=_wanted(reason, "暂缓处置的理由"), by_id=user_id, on=today)
        _record(row, by, "applications.keep")
    return made


def let_case_go(*, application_id: int, by: Doer, user_id: int, today: date) -> None:
    """A case is kept by hand no more: it may be proposed with the others."""
    with transaction.atomic():
        row = _locked(application_id, by, "解除暂缓处置")
        changed = Kept.objects.filter(application=row, lifted_on__isnull=True)
        if not changed.update(lifted_on=today, lifted_by_id=user_id):
            raise Refused("这一案卷没有暂缓处置。请刷新页面。")
        _record(row, by, "applications.let_go")


def tell_of_retention(*, today: date) -> int:
    """Once a year the disclosure office of each organ is told how many cases may be forgotten; how many organs."""
    told = 0
    for organ in organisations.organs():
        found = selectors.fallen(Application.objects.filter(organ=organ), today)
        due = len(found.due) + selectors.fallen_rectifications(today).filter(organ=organ).count()
        if not due and not found.held:
            continue
        told += 1
        for somebody in accounts.holders(Role.DISCLOSURE_OFFICE, organ.code, today):
            notify(
                event="applications.retention_due",
                key=f"retention:{organ.code}:{today.year}",
                to=Recipient(user_id=somebody.pk),
                context={"organ": organ.name, "due": due, "held": len(found.held)},
                url="/workbench/retention/",
            )
    return told


def retention_basis(today: date) -> str:
    """Where it stands how long the file of a case is kept."""
    return in_force("application_retention", today).basis


def _act(
    pk: int, name: str, by: Doer, version: int, key: str, change: Callable[[Disposal, Rule], dict[str, object]]
) -> Disposal:
    row: Disposal = workflow.act(
        binding=disposal_binding(), pk=pk, act=name, by=by, version=version, key=key, change=change
    )
    return row


def _locked(pk: int, by: Doer, what: str) -> Application:
    row = Application.objects.select_for_update(of=("self",)).select_related("organ").get(pk=pk)
    _keeper(by, row.organ.code, what)
    return row


def _keeper(by: Doer, organ: str, what: str) -> None:
    if not KEEPERS & set(by.roles_in(organ)):
        raise NotYours(f"{what}须由这一机关的承办人或者工作机构负责人办理。请转交有此职责的人员。")


def _wanted(text: str, what: str) -> str:
    if not text.strip():
        raise Refused(f"请写明{what}。")
    return text.strip()[:LONGEST]


def _record(row: Application, by: Doer, act: str) -> None:
    organ = row.organ.code
    audit.record(act=act, actor=by.actor_as(KEEPERS, organ), organ=organ, object_kind=binding().kind, object_id=row.pk)
