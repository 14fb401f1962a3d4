"""修订: what is public is corrected: proposed with its reason, reviewed as what it changes, released by somebody else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from gongkai.catalogue.enums import ChangeKind, Review, Size
from gongkai.catalogue.models import Attachment, Course, Item
from gongkai.catalogue.rules import gates
from gongkai.catalogue.rules.gates import Found
from gongkai.catalogue.rules.interchange import Paper, Row, read
from gongkai.catalogue.selectors import courses
from gongkai.organisations.selectors import by_code
from gongkai.workflow import services as workflow
from gongkai.workflow.rules import Doer, Refused, Rule

from . import enclosing, validity, writing
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
    uploads: Sequence[Any] = (),
    dropped: Sequence[int] = (),
) -> Item:
    """Say what is to be corrected and why; the public sees nothing of it before somebody else releases it.

    Art. 26: what has changed is made public within the limit of its change; `changed_on` is that day (today, unless
    said). `uploads` are files that come with it, `dropped` the keys of attachments that go with it.
    """
    looked = [(file, enclosing.look_through(file)) for file in uploads]

    def change(item: Item, rule: Rule) -> dict[str, object]:
        why, since = wanted(note, "修订说明"), changed_on or today
        if since > today:
            raise Refused(f"变更之日（{since}）晚于今天（{today}）。请填写内容实际变更的日子。")
        enclosing.waiting(item).delete()  # of a proposal before this one
        before, going = writing.sealed(item), Attachment.objects.filter(item=item, pk__in=dropped)
        row = _corrected(before, data, [one.name for one in going], [file.name for file, _found in looked])
        now, then = row.as_object, before.as_object
        changed = {name for name in now if now[name] != then[name]} | ({"attachments"} if looked or going else set())
        if not changed:
            raise Refused("内容没有变化。请修改后再提出。")
        _clean(item, row, _kept(looked))
        enclosing.attach(item, looked, by, item.organ.code)
        mine = course(item)
        mine.pending = {"row": row.as_object, "note": why, "size": Size(size).value, "changed": sorted(changed)}
        mine.pending["dropped"] = [one.pk for one in going]
        mine.pending_by_id, mine.pending_since = user_id, since
        mine.save()
        return {"note": why[:200], "digest": row.digest, "since": since.isoformat(), "changed": sorted(changed)}

    return act(pk, "propose_correction", by, version, key, change)


def correction_secrecy_pass(
    *, pk: int, by: Doer, version: int, key: str, user_id: int, opinion: str, today: date
) -> Item:
    """Art. 17: what a correction brings has been looked at for secrets, as every draft is."""
    return _pass(Review.SECRECY, pk, by, version, key, user_id, opinion, today)


def correction_legality_pass(
    *, pk: int, by: Doer, version: int, key: str, user_id: int, opinion: str, today: date
) -> Item:
    """What a correction changes in a rule for everybody has been looked at by those who know the law."""
    return _pass(Review.LEGALITY, pk, by, version, key, user_id, opinion, today)


def correction_coordination_pass(
    *, pk: int, by: Doer, version: int, key: str, user_id: int, opinion: str, today: date
) -> Item:
    """What a correction lays down about disclosure fits the rules of disclosure."""
    return _pass(Review.COORDINATION, pk, by, version, key, user_id, opinion, today)


def _pass(review: Review, pk: int, by: Doer, version: int, key: str, user_id: int, opinion: str, today: date) -> Item:
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
        _clean(item, row, _kept((None, one.findings) for one in enclosing.waiting(item)))
        note, size, since = str(mine.pending["note"]), Size(mine.pending["size"]), mine.pending_since
        dropped = mine.pending.get("dropped", ())
        _settle(mine)
        _rewrite(item, row, today)
        _exchange(item, dropped, made, by)
        revision = writing.keep(item, writing.sealed(item), public=True, on=today, by=user_id, size=size, note=note)
        writing.tell(item, ChangeKind.CORRECTED, on=today, note=note, revision=revision.number, since=since)
        return {"revision": revision.number, "size": size.value}

    with enclosing.copies(pk) as made, workflow.one_transaction():
        return act(pk, "correct", by, version, key, change)


def drop_correction(*, pk: int, by: Doer, version: int, key: str) -> Item:
    """The correction is not made, and the files that came with it are none of the item's."""

    def change(item: Item, rule: Rule) -> dict[str, object]:
        if not course(item).pending:
            raise Refused("没有等待发布的修订。")
        give_up(item)
        return {}

    return act(pk, "drop_correction", by, version, key, change)


def give_up(item: Item) -> None:
    """A correction that waits is not made: the item goes, or nobody wants it any more."""
    enclosing.waiting(item).delete()
    _settle(course(item))


def _settle(mine: Course) -> None:
    """Nothing waits any more."""
    mine.pending, mine.pending_by, mine.pending_since = {}, None, None
    mine.save()


def _exchange(item: Item, dropped: Sequence[int], made: enclosing.Copies, by: Doer) -> None:
    """The attachments that go are taken back from the public, those that came with the correction are given out."""
    enclosing.take_back(item, by.actor, only=dropped)
    Attachment.objects.filter(item=item, pk__in=dropped).delete()
    enclosing.give_out(item, made, by)


def _corrected(before: Row, data: Mapping[str, Any], going: Sequence[str], coming: Sequence[str]) -> Row:
    """The row as it is to be; of what is attached, only names come and go."""
    row, faults = read({**before.as_object, **{name: value for name, value in data.items() if name in CORRECTABLE}})
    if row is None:
        raise Refused("".join(faults))
    left = list(row.attachments)
    for name in going:
        left.remove(next(one for one in left if one.name == name))
    return replace(row, attachments=(*left, *(Paper(name) for name in coming)))


def _kept(looked: Iterable[tuple[Any, Any]]) -> list[Found]:
    """What was found in files, as it is kept beside each."""
    return [Found(**one) for _file, found in looked for one in found]


def _clean(item: Item, row: Row, enclosed: Sequence[Found]) -> None:
    """Refuse personal data in what is to be said, and in the files that come with it."""
    allowed = [word for word in (item.organ.phone, item.organ.address) if word]
    passed = {one["key"] for one in courses.course_of(item).overridden}
    everything = [*gates.findings(courses.texts_of(row), allowed=allowed), *enclosed]
    if found := [one for one in everything if one.blocks and one.key not in passed]:
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
    if foreign := gates.standing(courses.not_its_own(item)):
        raise Refused(foreign[0].text)
    validity.derive({item.pk}, today=today)
    validity.derive(touched - {item.pk}, today=today)
    fields = ["validity", "validity_since", "validity_next", "last_day", "evaluate_from"]
    item.refresh_from_db(fields=fields)
