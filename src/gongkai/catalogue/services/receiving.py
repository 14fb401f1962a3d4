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
from .meeting import Here, kept, own_key

CHUNK = 200
MOVED_ON = "这一条已经送审或者发布，不能再用表格改动。请在它的办理页修改，或者从表格中删去这一行。"
_OF_RELEASE = frozenset({"index_number", "published_on", "state", "reason", "redirect_to"})
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


def receive(
    rows: Iterable[object], *, actor: Actor, today: date, allowed: Iterable[str] = (), desk: Desk | None = None
) -> Received:
    """Take items in: those published before come as published, the others as they are. Again changes nothing.

    A row is known by its index number, else by its key, else by organ, number and title. A row with a fault is left out
    and told; the others are taken, in transactions of some hundred rows. What is published is screened as a release is.
    With `desk` every row is a draft of the desk.
    """
    found, reader = Received(), Reader(today, tuple(allowed), desk)
    numbered = enumerate(rows, 1)
    while chunk := list(islice(numbered, CHUNK)):
        with transaction.atomic():
            _chunk(chunk, found, reader, actor)
    with transaction.atomic():
        for pk, column, name in found.later:
            Item.objects.filter(pk=pk).update(**{column: _other(name)})
    return found


@dataclass(frozen=True)
class Desk:
    """What comes in at the desk is a draft of one of these organs, by this person; it passes every gate afterwards."""

    organs: frozenset[str]
    user_id: int

    def as_draft(self, data: object) -> object:
        """The object without what only a release gives: number, day, state, ways out."""
        if not isinstance(data, Mapping):
            return data
        kept = {name: value for name, value in data.items() if name not in _OF_RELEASE}
        return {**kept, "state": State.DRAFTING.value}

    def keyed(self, row: Row) -> Row:
        """Known by its own name within the organ: nothing that came another way is ever written to."""
        own = f"{row.issuing_organ}|{row.key}" if row.key else own_key(row)
        return replace(row, key=f"desk-row-{hashlib.sha256(own.encode()).hexdigest()[:32]}")

    @staticmethod
    def digest(row: Row) -> str:
        """By which it is known whether a row has changed since it came."""
        return replace(row, index_number="", key="").digest


class _Organs:
    """The code of an organ by its code or name, each looked up once."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, int] | None] = {}

    def get(self, name: str) -> tuple[str, int] | None:
        if name not in self._found:
            organ = organisations.by_code(name) or organisations.find_by_name(name)
            self._found[name] = (organ.code, organ.pk) if organ else None
        return self._found[name]


class Reader:
    """Reads the rows of one file: each as the row that is taken, or what stands against it."""

    def __init__(self, today: date, allowed: tuple[str, ...], desk: Desk | None) -> None:
        self.today, self.desk = today, desk
        self._allowed, self._organs = allowed, _Organs()

    def organ(self, code: str) -> int:
        """The primary key of an organ that was read."""
        found = self._organs.get(code)
        return found[1] if found else 0

    def read(self, data: object) -> tuple[Row | None, list[str]]:
        """A row whose organ stands by its code; a row only when nothing stands against it."""
        row, faults = read(self.desk.as_draft(data) if self.desk else data)
        if row is None:
            return None, faults
        organ = self._organs.get(row.issuing_organ)
        if organ is None:
            return None, [f"名录中没有“{row.issuing_organ}”这个机关。请写机关的代码或者全称。"]
        if self.desk and organ[0] not in self.desk.organs:
            return None, [f"您不是“{row.issuing_organ}”的承办人，不能为它起草。请由该机关的承办人导入。"]
        faults = _against(row, self.today, self._allowed)
        row = replace(row, issuing_organ=organ[0])
        return (None, faults) if faults else (self.desk.keyed(row) if self.desk else row, [])


def _chunk(chunk: list[tuple[int, object]], found: Received, reader: Reader, actor: Actor) -> None:
    made: list[Item] = []
    changed: list[Item] = []
    read_rows = [(place, data, *reader.read(data)) for place, data in chunk]
    here = Here([row for _place, _data, row, _faults in read_rows if row is not None], reader.today)
    for place, data, row, faults in read_rows:
        item = here.bearer(row) if row is not None else None
        moved = reader.desk is not None and row is not None and item is not None and not in_making(row, item)
        if row is None or moved:
            found.faults.append(Fault(place, name_of(data), (MOVED_ON,) if moved else tuple(faults)))
            continue
        item, outcome = _take(row, item, reader, here)
        if outcome == "same":
            found.same += 1
            continue
        (made if outcome == "made" else changed).append(item)
        found.later += [(item.pk, name, getattr(row, name)) for name in _OTHERS if getattr(row, name)]
    here.write()
    found.made, found.changed = found.made + len(made), found.changed + len(changed)
    _after(made, changed, reader.today)
    if made or changed:
        facts = {"made": [item.pk for item in made], "changed": [item.pk for item in changed]}
        audit.record(act="items.receive", actor=actor, object_kind="catalogue.item", facts=facts)


def name_of(data: object) -> str:
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


def in_making(row: Row, item: Item) -> bool:
    """Whether a row of the desk may still be written to its item: a draft, or one that it does not change."""
    return item.state == State.DRAFTING.value or Desk.digest(row) == item.digest


def _take(row: Row, item: Item | None, reader: Reader, here: Here) -> tuple[Item, str]:
    came = replace(row, index_number="", key="").digest
    if item is not None and (came == item.digest or _stands(row, item)):
        return item, "same"
    before = item.state if item else ""
    item = item or Item()
    writing.fill(item, row)
    item.digest, item.organ_id, item.state = came, reader.organ(row.issuing_organ), row.state
    if reader.desk:
        item.drafted_by_id = reader.desk.user_id
        item.version += 1 if before else 0  # whoever has it open is told that it changed
    item.published_on = row.published_on
    item.key = row.key or item.key or (None if row.index_number else own_key(row))
    if not before and _is_plain_draft(row):
        here.add(item, row)
        return item, "made"
    _save(item, row, before, reader.today)
    here.know(item)
    return item, "changed" if before else "made"


def _is_plain_draft(row: Row) -> bool:
    """Whether nothing but what it holds is to be written: no number, no day on which it came out, no other item."""
    return (
        row.state not in (*PUBLIC, *GONE) and not row.index_number and not any(getattr(row, name) for name in _OTHERS)
    )


def _save(item: Item, row: Row, before: str, today: date) -> None:
    if row.index_number and not item.index_number:
        item.index_number = row.index_number
        numbering.taken(row.index_number, row.issuing_organ)
    if row.state in (*PUBLIC, *GONE):
        numbering.give(item, year=(row.published_on or today).year)
    item.save()
    writing.hang(item, row, fresh=not before)
    _history(item, row, before, today)


def _stands(row: Row, item: Item) -> bool:
    """Whether the item is just this row already, however it came to be so."""
    now = writing.sealed(item)
    return replace(row, index_number=now.index_number, key=now.key) == now


def _history(item: Item, row: Row, before: str, today: date) -> None:
    public = item.state in (*PUBLIC, *GONE)
    on = (row.published_on if not before else None) or today
    revision = writing.keep(item, kept(item, row), public=public, on=on)
    if not public:
        Course.objects.get_or_create(item=item)
        return
    if not before or before not in (*PUBLIC, *GONE):
        writing.tell(item, ChangeKind.RELEASED, on=row.published_on or today, revision=revision.number)
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


def _after(made: list[Item], changed: list[Item], today: date) -> None:
    """Join, derive, and tell those above; a new draft is nothing to the public."""
    items = [*made, *changed]
    touched = validity.join(items)
    pks = {item.pk for item in items}
    validity.derive(pks, today=today, told=False)
    validity.derive(touched - pks, today=today)
    for item in (*(one for one in made if one.state != State.DRAFTING.value), *changed):
        bus.publish(ItemChanged(item.pk, public=item.public))


def _other(named: str) -> Item | None:
    if not named:
        return None
    # Whether public or not: the index of titles begins with that.
    same = Q(index_number=named) | Q(key=named) | Q(public__in=(True, False), title=named)
    return Item.objects.filter(same).order_by("-pk").first()
