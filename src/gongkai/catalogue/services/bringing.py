"""A table of drafts is handed in at the desk: looked over row by row, confirmed, taken in. The work is the worker's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.audit import services as audit
from gongkai.audit.enums import ActorKind
from gongkai.audit.rules import Actor
from gongkai.catalogue.enums import BatchState, State
from gongkai.catalogue.events import BatchMoved
from gongkai.catalogue.models import Batch, Item
from gongkai.catalogue.rules import tabular
from gongkai.catalogue.rules.interchange import Row
from gongkai.kernel import bus
from gongkai.ui import tables
from gongkai.workflow.rules import NotYours, Refused

from .receiving import CHUNK, MOVED_ON, Desk, Fault, Reader, in_making, name_of, receive

OBJECT = "catalogue.batch"
MOST_FAULTS = tables.MOST_ROWS  # kept of one file; the rest is counted
LARGEST = tables.LARGEST
ENDINGS = (".csv", ".xlsx", ".json", ".jsonl")
TWICE = "与第 {place} 行是同一条（机关、信息类别、文号、标题、日期都相同）。请删去一行，或者填写不同的来源标识（key）。"


@transaction.atomic
def hand_in(*, name: str, data: bytes, by: Standing) -> Batch:
    """Take a file to be looked over. Raises `NotYours`, and `Refused` for what is no table by its name or size."""
    organs = sorted(by.organs_where(Role.OFFICER))
    if not organs:
        raise NotYours("批量起草须由承办人办理。请转交有此职责的人员。")
    if PurePath(name).suffix.lower() not in ENDINGS:
        raise Refused("只收 CSV、xlsx、JSON 和 JSONL 文件。请从模板开始填写。")
    if not data or len(data) > tables.LARGEST:
        raise Refused(f"文件是空的，或者超过 {tables.LARGEST // 1_000_000} MB。请分成几个文件。")
    made = Batch.objects.create(
        by_id=by.user_id, organs=organs, name=name[:200], sha256=hashlib.sha256(data).hexdigest(), content=data
    )
    _record(made, "hand_in", by.actor)
    bus.publish(BatchMoved(made.pk, made.state))
    return made


def check(*, pk: int, today: date) -> None:
    """Look every row over without writing any: what would be made, changed, left as it is; what is wrong, by its row."""
    batch = Batch.objects.filter(pk=pk, state=BatchState.WAITING.value).first()
    if batch is None:
        return
    try:
        found = _Checked(batch, today)
        for chunk in _chunks(objects(batch)):
            found.look(chunk)
    except tables.Unreadable as error:
        values: dict[str, object] = {"state": BatchState.UNREADABLE.value, "fault": str(error)[:300], "content": None}
    else:
        values = {"state": BatchState.CHECKED.value, **found.values}
    Batch.objects.filter(pk=pk, state=BatchState.WAITING.value).update(**values)


@transaction.atomic
def confirm(*, pk: int, by: Standing) -> Batch:
    """The rows without faults are to be taken in. Again changes nothing."""
    batch = _own(pk, by)
    if batch.state == BatchState.CHECKED.value and not batch.new and not batch.changed:
        raise Refused("没有可以导入的行。请改正文件后重新上传。")
    if batch.state == BatchState.CHECKED.value:
        batch.state = BatchState.TAKING.value
        batch.save(update_fields=["state"])
        _record(batch, "confirm", by.actor)
        bus.publish(BatchMoved(batch.pk, batch.state))
    elif batch.state not in {BatchState.TAKING.value, BatchState.DONE.value}:
        raise Refused("这个文件还没有核对完，或者已经放弃。请刷新页面，或者重新上传。")
    return batch


@transaction.atomic
def discard(*, pk: int, by: Standing) -> Batch:
    """The file is let go; nothing of it was taken in."""
    batch = _own(pk, by)
    if batch.state in {BatchState.TAKING.value, BatchState.DONE.value}:
        raise Refused("已经确认导入，不能放弃。多余的草稿请在公文库中逐条放弃。")
    batch.state, batch.content, batch.settled_at = BatchState.DISCARDED.value, None, timezone.now()
    batch.save(update_fields=["state", "content", "settled_at"])
    _record(batch, "discard", by.actor)
    return batch


def take(*, pk: int, today: date) -> None:
    """Take the good rows in as drafts; what was taken before a fall is not taken twice."""
    batch = Batch.objects.filter(pk=pk, state=BatchState.TAKING.value).first()
    if batch is None:
        return
    actor = Actor(ActorKind.USER, str(batch.by_id))
    desk = Desk(frozenset(batch.organs), batch.by_id)
    found = receive((data for _number, data in objects(batch)), actor=actor, today=today, desk=desk)
    with transaction.atomic():
        values = {"state": BatchState.DONE.value, "content": None, "settled_at": timezone.now()}
        if Batch.objects.filter(pk=pk, state=BatchState.TAKING.value).update(**values):
            _record(batch, "take", actor, made=found.made, changed=found.changed, faulty=len(found.faults))


def objects(batch: Batch) -> Iterator[tuple[int, object]]:
    """The objects of a file with their numbers in it. Raises `Unreadable` with what to do."""
    data, ending = bytes(batch.content or b""), PurePath(batch.name).suffix.lower()
    if ending in {".csv", ".xlsx"}:
        yield from tabular.numbered(tables.rows(data))
        return
    text = _text(data)
    if ending == ".json":
        found = _parsed(text, 1)
        yield from enumerate(found if isinstance(found, list) else [found], 1)
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield number, _parsed(line, number)


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise tables.Unreadable("文字既不是 UTF-8，也不是 GB18030。请另存为 UTF-8 后再传。")


def _parsed(text: str, line: int) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        place = line + getattr(error, "lineno", 1) - 1
        raise tables.Unreadable(f"第 {place} 行不是 JSON。请核对引号、逗号和括号。") from error


def _chunks(rows: Iterator[tuple[int, object]]) -> Iterator[list[tuple[int, object]]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


class _Checked:
    """What looking a file over has found so far."""

    def __init__(self, batch: Batch, today: date) -> None:
        self._reader = Reader(today, (), Desk(frozenset(batch.organs), batch.by_id))
        self._places: dict[str, int] = {}
        self._faults: list[Fault] = []
        self.rows = self.new = self.changed = self.same = self.faulty = 0

    def look(self, chunk: list[tuple[int, object]]) -> None:
        """Look some rows over; those that are here already are asked for at once."""
        good: list[tuple[int, Row]] = []
        for number, data in chunk:
            self.rows += 1
            row, faults = self._reader.read(data)
            if row is not None and (before := self._places.setdefault(row.key, number)) != number:
                row, faults = None, [TWICE.format(place=before)]
            if row is None:
                self._wrong(number, name_of(data), faults)
            else:
                good.append((number, row))
        here = Item.objects.only("key", "state", "digest").filter(key__in=[row.key for _number, row in good])
        known = {item.key: item for item in here}
        for number, row in good:
            self._sort(number, row, known.get(row.key))

    def _sort(self, number: int, row: Row, item: Item | None) -> None:
        if item is None:
            self.new += 1
        elif not in_making(row, item):
            self._wrong(number, row.title, [MOVED_ON])
        elif item.state == State.DRAFTING.value and Desk.digest(row) != item.digest:
            self.changed += 1
        else:
            self.same += 1

    def _wrong(self, number: int, name: str, texts: list[str]) -> None:
        self.faulty += 1
        if len(self._faults) < MOST_FAULTS:
            self._faults.append(Fault(number, name, tuple(texts)))

    @property
    def values(self) -> dict[str, object]:
        """As the batch keeps it."""
        counts = {name: getattr(self, name) for name in ("rows", "new", "changed", "same", "faulty")}
        return {
            **counts,
            "faults": [[one.place, one.name, tabular.in_words("".join(one.texts))] for one in self._faults],
        }


def _own(pk: int, by: Standing) -> Batch:
    batch = Batch.objects.select_for_update().filter(pk=pk, by_id=by.user_id).first()
    if batch is None or not set(batch.organs) <= by.organs_where(Role.OFFICER):
        raise NotYours("这个文件不是您上传的，或者您已经没有为这些机关起草的职责。")
    return batch


def _record(batch: Batch, act: str, actor: Actor, **facts: object) -> None:
    whole = {"name": batch.name, "sha256": batch.sha256, **facts}
    audit.record(act=f"items.batch_{act}", actor=actor, object_kind=OBJECT, object_id=batch.pk, facts=whole)
