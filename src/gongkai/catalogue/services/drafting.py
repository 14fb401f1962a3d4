"""A draft is begun, changed and sent on; its files are looked through when they come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.audit import services as audit
from gongkai.audit.rules import Actor
from gongkai.catalogue.enums import IN_THE_MAKING, State
from gongkai.catalogue.flow import binding
from gongkai.catalogue.models import Attachment, Item
from gongkai.catalogue.rules import gates, interchange
from gongkai.catalogue.rules.interchange import Row
from gongkai.catalogue.selectors import OWNER, courses
from gongkai.files import services as files
from gongkai.organisations import selectors as organisations
from gongkai.workflow.rules import Doer, NotYours, Refused, Rule

from . import validity, writing
from .acting import act, course, wanted
from .enclosing import Looked, attach, enter, look_through

DRAFTERS = frozenset({"officer"})


def draft(
    *, organ: str, by: Doer, user_id: int, key: str, data: Mapping[str, Any], today: date, uploads: Sequence[Any] = ()
) -> Item:
    """Begin a draft. The same submission again gives the same draft. Raises `Refused` with what is wrong in it."""
    found = organisations.by_code(organ)
    if found is None or not DRAFTERS & set(by.roles_in(organ)):
        raise NotYours("起草条目须由这个机关的承办人办理。请转交有此职责的人员。")
    if (before := Item.objects.filter(key=f"desk-{key}").first()) is not None:
        return before
    row = read_draft({**data, "issuing_organ": organ})
    looked = [(file, look_through(file)) for file in uploads]
    with transaction.atomic():
        item = Item(organ=found, state=State.DRAFTING.value, drafted_by_id=user_id, key=f"desk-{key}")
        _write(item, row, data)
        course(item)
        attach(item, looked, by, organ)
        facts = {"kind": item.kind}
        actor = by.actor_as(DRAFTERS, organ)
        kind = binding().kind
        audit.record(act="items.draft", actor=actor, organ=organ, object_kind=kind, object_id=item.pk, facts=facts)
    return item


def draft_for(
    *, organ: str, user_id: int, actor: Actor, key: str, data: Mapping[str, Any], enclosed: Sequence[Looked] = ()
) -> Item:
    """A draft that follows from an act of a room above, whose right to it was asked there; again gives the same.

    Of each file that is `enclosed` a copy is attached.
    """
    if (before := Item.objects.filter(key=key).first()) is not None:
        return before
    row = read_draft({**data, "issuing_organ": organ})
    found = organisations.by_code(organ)
    with transaction.atomic():
        item = Item(organ=found, state=State.DRAFTING.value, drafted_by_id=user_id, key=key)
        _write(item, row, data)
        course(item)
        copies = [
            (files.copy(file=file, owner_kind=OWNER, owner_id=item.pk, organ=organ, actor=actor), found)
            for file, found in enclosed
        ]
        enter(item, copies)
        facts = {"kind": item.kind}
        audit.record(
            act="items.draft", actor=actor, organ=organ, object_kind=binding().kind, object_id=item.pk, facts=facts
        )
    return item


def edit(
    *,
    pk: int,
    by: Doer,
    version: int,
    key: str,
    user_id: int,
    data: Mapping[str, Any],
    uploads: Sequence[Any] = (),
    dropped: Sequence[int] = (),
) -> Item:
    """Change a draft. Who changes it is its drafter from then on: whoever wrote its words does not release them."""
    looked = [(file, look_through(file)) for file in uploads]

    def change(item: Item, rule: Rule) -> dict[str, object]:
        row = read_draft({**data, "issuing_organ": item.organ.code})
        item.drafted_by_id = user_id
        mine = course(item)
        mine.exempt_by, mine.exempt_reason = None, ""  # it was signed for what stood there before
        mine.save()
        _write(item, row, data)
        Attachment.objects.filter(item=item, pk__in=dropped, file__isnull=False).delete()
        attach(item, looked, by, item.organ.code)
        return {"digest": courses.digest(item)}

    return act(pk, "edit", by, version, key, change)


def read_draft(data: Mapping[str, Any]) -> Row:
    """The row of a draft; a draft may lack much, but what it has must be right."""
    whole = {name: value for name, value in data.items() if name in interchange.ORDER}
    if not whole.get("disclosure_class"):
        whole.pop("disclosure_class", None)
    loose = {**whole, "state": State.DRAFTING.value}
    reason, kind = str(loose.get("class_reason") or ""), str(loose.get("kind") or "")
    if loose.get("disclosure_class") in {"on_application", "withheld"} and not reason.strip():
        raise Refused("不主动公开的，须写明理由。请填写公开属性的理由。（国办发〔2016〕80号）")
    required = {"facts": _filled(kind, loose.get("facts") or {})}
    row, faults = interchange.read({**loose, **required})
    if row is None:
        raise Refused("".join(faults))
    return row


def _filled(kind: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that are filled in; what is required is asked for when the draft is sent on, not before."""
    return {name: value for name, value in facts.items() if value not in (None, "")}


def submit(*, pk: int, by: Doer, version: int, key: str, user_id: int, today: date) -> Item:
    """Send a draft on to the chief; what it was is kept, so that the next one can be compared with it."""

    def change(item: Item, rule: Rule) -> dict[str, object]:
        faults = interchange.against(writing.sealed(item)) if item.disclosure_class else []
        standing = courses.standing_of(item, on=today, states=(*IN_THE_MAKING, State.PUBLISHED.value))
        faults += [one.text for one in gates.before_submission(standing)]
        if not item.disclosure_class:
            faults.append("还没有确定公开属性。请选定主动公开、依申请公开或者不予公开。（国办发〔2016〕80号）")
        if faults:
            raise Refused("".join(dict.fromkeys(faults)))
        mine = course(item)
        mine.remark, mine.approved_by, mine.overridden = "", None, []
        mine.forced_by, mine.forced_reason = None, ""
        mine.save()
        writing.keep(item, writing.sealed(item), public=False, on=today, by=user_id, note="送审稿")
        return {"revision": item.revision}

    return act(pk, "submit", by, version, key, change)


def abandon(*, pk: int, by: Doer, version: int, key: str, reason: str) -> Item:
    """The draft is not made."""

    def change(item: Item, rule: Rule) -> dict[str, object]:
        item.reason = wanted(reason, "放弃的理由")
        return {}

    return act(pk, "abandon", by, version, key, change)


def _write(item: Item, row: Row, data: Mapping[str, Any]) -> None:
    writing.fill(item, row)
    if not data.get("disclosure_class"):
        item.disclosure_class = ""
    item.save()
    writing.hang(item, row)
    validity.join([item])
