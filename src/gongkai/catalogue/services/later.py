"""The later life of an item: corrected, withdrawn, restored, archived, removed, joined to another, its class changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongkai.catalogue.enums import ChangeKind, DisclosureClass, Review, Size
from gongkai.catalogue.models import Course, Item
from gongkai.catalogue.rules import gates
from gongkai.catalogue.rules.interchange import Row, read
from gongkai.catalogue.selectors import courses
from gongkai.organisations.selectors import by_code
from gongkai.workflow.rules import Doer, Refused, Rule

from . import validity, writing
from .acting import LONGEST, act, course, wanted

# What a correction may change; what an item is, and whose, it may not.
CORRECTABLE = frozenset(
    [
        *("title", "document_number", "joint_organs", "theme", "genre", "signed_on", "effective_on", "expires_on"),
        *("summary", "keywords", "tags", "audience", "body", "relations", "facts"),
    ]
)


def propose_correction(
    *,
    pk: int,
    by: Doer,
    version: int,
    key: str,
    user_id: int,
    data: Mapping[str, Any],
    note: str,
    size: str,
    today: date,
    changed_on: date | None = None,
) -> Item:
    """Say what is to be corrected and why; the public sees nothing of it before somebody else releases it.

    Art. 26: what has changed is made public within the limit of its change; `changed_on` is that day (today, unless said).
    """

    def change(item: Item, rule: Rule) -> dict[str, object]:
        why = wanted(note, "修订说明")
        row, since = _corrected(item, data), changed_on or today
        if since > today:
            raise Refused(f"变更之日（{since}）晚于今天（{today}）。请填写内容实际变更的日子。")
        if row == writing.sealed(item):
            raise Refused("内容没有变化。请修改后再提出。")
        _clean(item, row)
        mine = course(item)
        mine.pending = {"row": row.as_object, "note": why, "size": Size(size).value}
        mine.pending_by_id, mine.pending_since = user_id, since
        mine.save()
        return {"note": why[:200], "digest": row.digest, "since": since.isoformat()}

    return act(pk, "propose_correction", by, version, key, change)


def correction_secrecy_pass(
    *, pk: int, by: Doer, version: int, key: str, user_id: int, opinion: str, today: date
) -> Item:
    """Art. 17: what a correction brings has been looked at for secrets, as every draft is."""
    return _pass_correction(Review.SECRECY, pk, by, version, key, user_id, opinion, today)


def correction_legality_pass(
    *, pk: int, by: Doer, version: int, key: str, user_id: int, opinion: str, today: date
) -> Item:
    """What a correction changes in a rule for everybody has been looked at by those who know the law."""
    return _pass_correction(Review.LEGALITY, pk, by, version, key, user_id, opinion, today)


def _pass_correction(
    review: Review, pk: int, by: Doer, version: int, key: str, user_id: int, opinion: str, today: date
) -> Item:
    def change(item: Item, rule: Rule) -> dict[str, object]:
        mine = _pending(item)
        if mine.pending_by_id == user_id:
            raise Refused(f"提出修订和{review.label}不得为同一人。请由另一位办理。")
        passed = {"by": user_id, "on": today.isoformat(), "opinion": opinion.strip()[:LONGEST]}
        mine.pending = {**mine.pending, review.value: passed}
        mine.save()
        return {"opinion": opinion.strip()[:200]}

    return act(pk, f"correction_{review.value}_pass", by, version, key, change)


def _pending(item: Item) -> Course:
    """The course of an item whose correction waits."""
    mine = course(item)
    if not mine.pending:
        raise Refused("没有等待发布的修订。请先由承办人提出。")
    return mine


def correct(*, pk: int, by: Doer, version: int, key: str, user_id: int, today: date) -> Item:
    """Release the correction as a new revision, with its note in the public history."""

    def change(item: Item, rule: Rule) -> dict[str, object]:
        mine = _pending(item)
        if mine.pending_by_id == user_id:
            raise Refused("提出和发布修订不得为同一人。请由另一位负责人发布。")
        row, faults = read(mine.pending["row"])
        if row is None:
            raise Refused("".join(faults))
        if lacking := gates.uncorrected(row.kind, mine.pending):
            raise Refused("".join(one.text for one in lacking))
        _clean(item, row)
        note, size, since = str(mine.pending["note"]), Size(mine.pending["size"]), mine.pending_since
        mine.pending, mine.pending_by, mine.pending_since = {}, None, None
        mine.save()
        _rewrite(item, row, today)
        revision = writing.keep(item, writing.sealed(item), public=True, on=today, by=user_id, size=size, note=note)
        writing.tell(item, ChangeKind.CORRECTED, on=today, note=note, revision=revision.number, since=since)
        return {"revision": revision.number, "size": size.value}

    return act(pk, "correct", by, version, key, change)


def drop_correction(*, pk: int, by: Doer, version: int, key: str) -> Item:
    """The correction is not made."""

    def change(item: Item, rule: Rule) -> dict[str, object]:
        mine = course(item)
        if not mine.pending:
            raise Refused("没有等待发布的修订。")
        mine.pending, mine.pending_by, mine.pending_since = {}, None, None
        mine.save()
        return {}

    return act(pk, "drop_correction", by, version, key, change)


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
        return {"reason": item.reason[:200], "redirect": item.redirect_to.index_number if item.redirect_to else ""}

    return act(pk, name, by, version, key, change)


def _target(item: Item, named: str) -> Item | None:
    if not named.strip():
        return None
    found = Item.objects.filter(public=True, index_number=named.strip()).exclude(pk=item.pk).first()
    if found is None:
        raise Refused(f"公文库里没有索引号为“{named.strip()}”的公开条目。请核对索引号。")
    return found


def _corrected(item: Item, data: Mapping[str, Any]) -> Row:
    now = writing.sealed(item).as_object
    row, faults = read({**now, **{name: value for name, value in data.items() if name in CORRECTABLE}})
    if row is None:
        raise Refused("".join(faults))
    return row


def _clean(item: Item, row: Row) -> None:
    texts = courses.texts_of(row)
    allowed = [word for word in (item.organ.phone, item.organ.address) if word]
    passed = {one["key"] for one in courses.course_of(item).overridden}
    found = [one for one in gates.findings(texts, allowed=allowed) if one.blocks and one.key not in passed]
    if found:
        told = "".join(dict.fromkeys(f"{one.part}中有{one.label}（{one.excerpt}）。" for one in found))
        raise Refused(f"{told}请删去。（{gates.cited('disclosure_regulation 15')}）")


def _rewrite(item: Item, row: Row, today: date) -> None:
    """Put the corrected content into the item, and derive what follows from it."""
    organ = by_code(row.issuing_organ)
    if organ is not None:
        item.organ = organ
    targets = set(item.relations.values_list("target_id", flat=True))
    writing.fill(item, row)
    item.save()
    writing.hang(item, row)
    touched = validity.join([item]) | {pk for pk in targets if pk}
    validity.derive({item.pk}, today=today)
    validity.derive(touched - {item.pk}, today=today)
    fields = ["validity", "validity_since", "validity_next", "last_day", "evaluate_from"]
    item.refresh_from_db(fields=fields)
