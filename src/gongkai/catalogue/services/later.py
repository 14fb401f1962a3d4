"""The later life of an item: withdrawn, restored, archived, removed, joined to another, its class changed."""

from __future__ import annotations

from datetime import date

from gongkai.catalogue.enums import GONE, ChangeKind, DisclosureClass
from gongkai.catalogue.models import Item
from gongkai.workflow.rules import Doer, Refused, Rule

from . import enclosing, validity, writing
from .acting import act, course, wanted
from .correcting import give_up


def withdraw(*, pk: int, by: Doer, version: int, key: str, reason: str, today: date) -> Item:
    """The page stays, and says that it was withdrawn and why."""
    return _leave(pk, "withdraw", by, version, key, ChangeKind.WITHDRAWN, reason, today)


def archive(*, pk: int, by: Doer, version: int, key: str, reason: str, today: date) -> Item:
    """It is kept for whoever looks things up, and not kept up to date any more."""
    return _leave(pk, "archive", by, version, key, ChangeKind.ARCHIVED, reason, today)


def remove(*, pk: int, by: Doer, version: int, key: str, reason: str, today: date, redirect_to: str = "") -> Item:
    """Published by mistake: its address says so and why, or leads to the right item; nothing else of it is shown."""
    return _leave(pk, "remove", by, version, key, ChangeKind.REMOVED, reason, today, redirect_to)


def consolidate(*, pk: int, by: Doer, version: int, key: str, reason: str, today: date, redirect_to: str) -> Item:
    """It has become part of another item, to which its address leads."""
    if not redirect_to.strip():
        raise Refused("请填写合并到哪一条的索引号。")
    return _leave(pk, "consolidate", by, version, key, ChangeKind.CONSOLIDATED, reason, today, redirect_to)


def restore(*, pk: int, by: Doer, version: int, key: str, reason: str, today: date) -> Item:
    """Public as it was before."""

    def change(item: Item, rule: Rule) -> dict[str, object]:
        writing.tell(item, ChangeKind.RESTORED, on=today, note=wanted(reason, "恢复的理由"))
        item.reason = ""
        return {"reason": reason.strip()[:200]}

    return act(pk, "restore", by, version, key, change)


def reclassify(*, pk: int, by: Doer, version: int, key: str, disclosure_class: str, reason: str, today: date) -> Item:
    """Art. 18: it is not for everybody any more; the column of changed classes says so."""

    def change(item: Item, rule: Rule) -> dict[str, object]:
        if disclosure_class not in {DisclosureClass.ON_APPLICATION.value, DisclosureClass.WITHHELD.value}:
            raise Refused("请选择依申请公开或者不予公开。")
        before, why = item.disclosure_class, wanted(reason, "调整公开属性的理由")
        item.disclosure_class, item.class_reason = disclosure_class, why
        item.reassess_on = validity.reassess_from(today)
        give_up(item)
        enclosing.take_back(item, by.actor)
        words = {"before": before, "after": disclosure_class}
        writing.tell(item, ChangeKind.RECLASSIFIED, on=today, note=why, before=before, after=item.disclosure_class)
        return {**words, "reason": why[:200]}

    return act(pk, "reclassify", by, version, key, change)


def open_up(*, pk: int, by: Doer, version: int, key: str, user_id: int, reason: str, today: date) -> Item:
    """Art. 18: circumstances changed and it may be public: it goes through every gate. Its class is told now."""

    def change(item: Item, rule: Rule) -> dict[str, object]:
        before, why = item.disclosure_class, wanted(reason, "转为主动公开的理由")
        item.disclosure_class, item.class_reason = DisclosureClass.PROACTIVE.value, ""
        item.reassess_on = None
        item.drafted_by_id = user_id  # who opens it up does not release it
        mine = course(item)
        mine.approved_by_id, mine.overridden = user_id, []
        mine.save()
        words = {"before": before, "after": item.disclosure_class}
        writing.tell(item, ChangeKind.RECLASSIFIED, on=today, note=why, before=before, after=item.disclosure_class)
        return {**words, "reason": why[:200]}

    return act(pk, "open_up", by, version, key, change)


def reassess(*, pk: int, by: Doer, version: int, key: str, reason: str, today: date) -> Item:
    """Art. 18: looked at again, and kept as it is for a reason; it comes up again in time."""

    def change(item: Item, rule: Rule) -> dict[str, object]:
        why = wanted(reason, "维持的理由")
        item.reassess_on = validity.reassess_from(today)
        writing.tell(item, ChangeKind.REASSESSED, on=today, note=why)
        return {"reason": why[:200], "again_on": item.reassess_on.isoformat()}

    return act(pk, "reassess", by, version, key, change)


def _leave(
    pk: int,
    name: str,
    by: Doer,
    version: int,
    key: str,
    kind: ChangeKind,
    reason: str,
    today: date,
    redirect_to: str = "",
) -> Item:
    def change(item: Item, rule: Rule) -> dict[str, object]:
        item.reason = wanted(reason, f"{kind.label}的理由")
        item.redirect_to = _target(item, redirect_to)
        named = item.redirect_to.title if item.redirect_to else ""
        writing.tell(item, kind, on=today, note=item.reason, other=named)
        if rule.target == "removed":
            item.state = rule.target
            item.save()
            touched = validity.join([item])
            validity.derive(touched, today=today)
        if rule.target in GONE:
            give_up(item)
            enclosing.take_back(item, by.actor)
        return {"reason": item.reason[:200], "redirect": item.redirect_to.index_number if item.redirect_to else ""}

    return act(pk, name, by, version, key, change)


def _target(item: Item, named: str) -> Item | None:
    if not named.strip():
        return None
    found = Item.objects.filter(public=True, index_number=named.strip()).exclude(pk=item.pk).first()
    if found is None:
        raise Refused(f"公文库里没有索引号为“{named.strip()}”的公开条目。请核对索引号。")
    return found
