"""Items come in the interchange form: made, changed, or the same as before; what is wrong with a row is told with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from django.db import transaction
from django.db.models import Q

from gongkai.audit import services as audit
from gongkai.audit.rules import Actor
from gongkai.catalogue.enums import GONE, PUBLIC, ChangeKind, State
from gongkai.catalogue.events import ItemChanged
from gongkai.catalogue.models import Course, Item
from gongkai.catalogue.rules import gates
from gongkai.catalogue.rules.interchange import Row, read
from gongkai.kernel import bus
from gongkai.organisations import selectors as organisations

from . import numbering, validity, writing

CHUNK = 200
_OTHERS = ("translation_of", "redirect_to")  # other items, which may stand later in the same file
_TOLD = {
    State.PUBLISHED.value: ChangeKind.RELEASED,
    State.WITHDRAWN.value: ChangeKind.WITHDRAWN,
    State.ARCHIVED.value: ChangeKind.ARCHIVED,
    State.REMOVED.value: ChangeKind.REMOVED,
    State.CONSOLIDATED.value: ChangeKind.CONSOLIDATED,
}


@dataclass(frozen=True)
class Fault:
    """A row that was not taken: its place in the file (from 1), what it calls itself, and why, in sentences."""

    place: int
    name: str
    texts: tuple[str, ...]


@dataclass
class Received:
    """What became of the rows."""

    made: int = 0
    changed: int = 0
    same: int = 0
    faults: list[Fault] = field(default_factory=list)
    later: list[tuple[int, str, str]] = field(default_factory=list)  # (item, column, name of the other item)


def receive(rows: Iterable[object], *, actor: Actor, today: date, allowed: Iterable[str] = ()) -> Received:
    """Take items in: those published before come as published, the others as they are. Again changes nothing.

    A row is known by its index number, else by its key, else by organ, number and title. A row with a fault is left out
    and told; the others are taken, in transactions of some hundred rows. What is published is screened as a release is.
    """
    found, known = Received(), _Organs()
    numbered = enumerate(rows, 1)
    while chunk := list(islice(numbered, CHUNK)):
        with transaction.atomic():
            _chunk(chunk, found, known, actor, today, tuple(allowed))
    with transaction.atomic():
        for pk, column, name in found.later:
            Item.objects.filter(pk=pk).update(**{column: _other(name)})
    return found


class _Organs:
    """The code of an organ by its code or name, each looked up once."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, int] | None] = {}

    def get(self, name: str) -> tuple[str, int] | None:
        if name not in self._found:
            organ = organisations.by_code(name) or organisations.find_by_name(name)
            self._found[name] = (organ.code, organ.pk) if organ else None
        return self._found[name]


def _chunk(
    chunk: list[tuple[int, object]],
    found: Received,
    known: _Organs,
    actor: Actor,
    today: date,
    allowed: tuple[str, ...],
) -> None:
    made: list[Item] = []
    changed: list[Item] = []
    for place, data in chunk:
        row, faults = _read(data, known, today, allowed)
        if row is None:
            found.faults.append(Fault(place, _name_of(data), tuple(faults)))
            continue
        item, outcome = _take(row, known.get(row.issuing_organ), today)
        if outcome == "same":
            found.same += 1
            continue
        (made if outcome == "made" else changed).append(item)
        found.later += [(item.pk, name, getattr(row, name)) for name in _OTHERS if getattr(row, name)]
    found.made, found.changed = found.made + len(made), found.changed + len(changed)
    _after([*made, *changed], today)
    if made or changed:
        facts = {"made": [item.pk for item in made], "changed": [item.pk for item in changed]}
        audit.record(act="items.receive", actor=actor, object_kind="catalogue.item", facts=facts)


def _read(data: object, known: _Organs, today: date, allowed: tuple[str, ...]) -> tuple[Row | None, list[str]]:
    row, faults = read(data)
    if row is None:
        return None, faults
    organ = known.get(row.issuing_organ)
    if organ is None:
        return None, [f"名录中没有“{row.issuing_organ}”这个机关。请写机关的代码或者全称。"]
    faults = _against(row, today, allowed)
    return (None, faults) if faults else (replace(row, issuing_organ=organ[0]), [])


def _name_of(data: object) -> str:
    names = [data.get(name) for name in ("index_number", "key", "title")] if isinstance(data, Mapping) else []
    return next((str(name)[:80] for name in names if name), "")


def _against(row: Row, today: date, allowed: tuple[str, ...]) -> list[str]:
    faults = []
    if row.state in (*PUBLIC, *GONE) and row.published_on and row.published_on > today:
        faults.append(f"发布日期 {row.published_on} 还没有到。尚未发布的请作为草稿导入。")
    if row.state in PUBLIC:
        texts = {"标题": row.title, "内容概述": row.summary, "正文": row.body}
        texts |= {f"附件“{paper.name}”": paper.text for paper in row.attachments}
        blocking = [one for one in gates.findings(texts, allowed=allowed) if one.blocks]
        faults += list(dict.fromkeys(f"{one.part}中有{one.label}（{one.excerpt}）。请删去。" for one in blocking))
    return faults


def _take(row: Row, organ: tuple[str, int] | None, today: date) -> tuple[Item, str]:
    item = _known(row)
    came = replace(row, index_number="", key="").digest
    if item is not None and (came == item.digest or _stands(row, item)):
        return item, "same"
    before = item.state if item else ""
    item = item or Item()
    writing.fill(item, row)
    item.digest, item.organ_id, item.state = came, organ[1] if organ else 0, row.state
    item.published_on = row.published_on
    item.key = row.key or item.key or (None if row.index_number else _own_key(row))
    if row.index_number and not item.index_number:
        item.index_number = row.index_number
        numbering.taken(row.index_number, row.issuing_organ)
    if row.state in (*PUBLIC, *GONE):
        numbering.give(item, year=(row.published_on or today).year)
    item.save()
    writing.hang(item, row, fresh=not before)
    _history(item, row, before, today)
    return item, "changed" if before else "made"


def _stands(row: Row, item: Item) -> bool:
    """Whether the item is just this row already, however it came to be so."""
    now = writing.sealed(item)
    return replace(row, index_number=now.index_number, key=now.key) == now


def _history(item: Item, row: Row, before: str, today: date) -> None:
    kept = replace(row, index_number=item.index_number or "", key=item.key or "", document_number=item.document_number)
    public = item.state in (*PUBLIC, *GONE)
    revision = writing.keep(item, kept, public=public, on=(row.published_on if not before else None) or today)
    if not public:
        Course.objects.get_or_create(item=item)
        return
    if not before or before not in (*PUBLIC, *GONE):
        on = row.published_on or today
        writing.tell(item, ChangeKind.RELEASED, on=on, revision=revision.number)
        if item.state != State.PUBLISHED.value:
            _told(item, row, today)
    elif before != item.state:
        _told(item, row, today)
    else:
        writing.tell(item, ChangeKind.CORRECTED, on=today, revision=revision.number, note="数据更新")


def _told(item: Item, row: Row, today: date) -> None:
    kind = _TOLD[item.state]
    restored = ChangeKind.RESTORED if kind is ChangeKind.RELEASED else kind
    writing.tell(item, restored, on=today, note=row.reason)


def _after(items: list[Item], today: date) -> None:
    """Join, derive, and tell those above."""
    touched = validity.join(items)
    pks = {item.pk for item in items}
    validity.derive(pks, today=today, told=False)
    validity.derive(touched - pks, today=today)
    for item in items:
        bus.publish(ItemChanged(item.pk, public=item.public))


def _known(row: Row) -> Item | None:
    wanted = Q(pk__in=[])
    if row.index_number:
        wanted |= Q(index_number=row.index_number)
    if row.key:
        wanted |= Q(key=row.key)
    if not row.index_number and not row.key:
        wanted |= Q(key=_own_key(row))
    return Item.objects.select_for_update(of=("self",)).select_related("organ").filter(wanted).order_by("pk").first()


def _own_key(row: Row) -> str:
    text = "|".join(
        (row.issuing_organ, row.kind, row.document_number, row.title, str(row.published_on or row.signed_on))
    )
    return f"row-{hashlib.sha256(text.encode()).hexdigest()[:24]}"


def _other(named: str) -> Item | None:
    if not named:
        return None
    return Item.objects.filter(Q(index_number=named) | Q(key=named) | Q(title=named)).order_by("-pk").first()
