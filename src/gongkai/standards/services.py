"""Acts of this context: bring a catalogue, edit a row, put an item forward or take it back, look again at what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Length

from gongkai.accounts.rules import Standing
from gongkai.audit import services as audit
from gongkai.audit.rules import Actor
from gongkai.catalogue import selectors as library
from gongkai.catalogue.enums import State, Validity
from gongkai.organisations import selectors as organisations
from gongkai.statutes import in_force
from gongkai.workflow.rules import NotYours, Refused, Stale

from .enums import Proof
from .models import Catalogue, Evidence, Row
from .permissions import EDITORS, IMPORTERS, may_edit, may_import
from .rules.areas import areas
from .rules.proof import Shown, judge, months_of
from .rules.sheet import Fault, Line, read

__all__ = ["Brought", "Fault", "bring", "bring_lines", "edit", "link", "refresh", "refresh_of_item", "sweep", "unlink"]
ENDED = (Validity.REPEALED.value, Validity.LAPSED.value)
CHUNK = 500


@dataclass(frozen=True)
class Brought:
    """What came of a sheet; with a fault nothing was kept."""

    made: int = 0
    changed: int = 0
    same: int = 0
    ended: int = 0
    faults: tuple[Fault, ...] = ()


def bring(
    *, organ: str, area: str, rows: Sequence[tuple[int, Sequence[str]]], by: Standing, today: date, dry: bool = False
) -> Brought:
    """Take an organ's catalogue of one area from its sheet; again changes nothing. Raises `NotYours`, `Refused`.

    Rows are known by matter and sub-matter. What the sheet no longer has is moved out of the catalogue, and kept.
    """
    if not may_import(by, organ):
        raise NotYours("整张目录由本机关政府信息公开工作机构负责人导入。请转交有此职责的人员。")
    lines, faults = read(rows)
    if not lines and not faults:
        faults = [Fault(1, "表格", "表头下面没有内容。请从模板开始填写。")]
    if faults or dry:
        return Brought(made=0 if faults else len(lines), faults=tuple(faults))
    return bring_lines(organ=organ, area=area, lines=lines, actor=by.actor_as(IMPORTERS, organ), today=today)


@transaction.atomic
def bring_lines(*, organ: str, area: str, lines: Sequence[Line], actor: Actor, today: date) -> Brought:
    """The same for lines that were read already."""
    found = organisations.by_code(organ)
    if found is None or area not in areas():
        raise Refused("没有这个机关或者领域。请从列表中选择。")
    catalogue, _new = Catalogue.objects.get_or_create(organ_id=found.pk, area=area, defaults={"adopted_on": today})
    catalogue = Catalogue.objects.select_for_update().get(pk=catalogue.pk)
    made = changed = 0
    held = {(row.matter, row.sub_matter): row for row in catalogue.rows.select_for_update()}
    for position, line in enumerate(lines, 1):
        row = held.get(line.key)
        if row is None:
            Row.objects.create(catalogue=catalogue, position=position, **_columns(line))
            made += 1
        elif _differs(row, line, position):
            _write(row, line, position=position)
            changed += 1
    gone = [row.pk for key, row in held.items() if key not in {line.key for line in lines} and row.ended_on is None]
    catalogue.rows.filter(pk__in=gone).update(ended_on=today)
    if made or changed or gone:
        refresh(catalogue.rows.filter(ended_on__isnull=True).values_list("pk", flat=True), today=today)
        audit.record(
            act="standards.bring",
            actor=actor,
            organ=organ,
            object_kind="standards.Catalogue",
            object_id=catalogue.pk,
            facts={"area": area, "made": made, "changed": changed, "ended": len(gone)},
        )
    return Brought(made, changed, len(lines) - made - changed, len(gone))


@transaction.atomic
def edit(*, pk: int, line: Line, version: int, by: Standing, today: date) -> Row:
    """Write one row anew. Raises `NotYours`, `Stale`, or `Refused` where another row is the same matter."""
    row = _locked(pk, by)
    if row.version != version:
        raise Stale("您打开页面之后，已有他人修改了这一行。请核对现在的内容后再保存。")
    if (
        Row.objects.filter(catalogue=row.catalogue, matter=line.matter, sub_matter=line.sub_matter)
        .exclude(pk=pk)
        .exists()
    ):
        raise Refused("目录中已有同样的一级事项和二级事项。请合并成一行，或者改用别的名称。")
    _write(row, line, position=row.position)
    refresh([pk], today=today)
    _record("standards.edit", row, by, {"matter": line.matter, "sub_matter": line.sub_matter})
    return Row.objects.get(pk=pk)


@transaction.atomic
def link(*, pk: int, item: int, by: Standing, today: date) -> None:
    """Put an item of the library forward for a row; the same again changes nothing. Raises `NotYours`, `Refused`."""
    row = _locked(pk, by)
    found = library.public().filter(pk=item).first()
    if found is None:
        raise Refused("只能挂接已经公开的条目。请先在公文库发布，再来挂接。")
    _evidence, new = Evidence.objects.get_or_create(row=row, item_id=found.pk, defaults={"linked_on": today})
    if new:
        refresh([pk], today=today)
        _record("standards.link", row, by, {"item": item})


@transaction.atomic
def unlink(*, pk: int, item: int, by: Standing, today: date) -> None:
    """Take an item back; where it was not put forward nothing happens."""
    row = _locked(pk, by)
    if Evidence.objects.filter(row=row, item_id=item).delete()[0]:
        refresh([pk], today=today)
        _record("standards.unlink", row, by, {"item": item})


def refresh(pks: Iterable[int], *, today: date) -> int:
    """Judge rows anew by what is published on this day; returns how many changed. Queries do not grow with the rows."""
    amber = in_force("standard_catalogue_amber", today).integer
    shown = _shown(pks := list(pks))
    changed = []
    for row in Row.objects.filter(pk__in=pks):
        found = judge(ways=row.ways, months=row.months, evidence=shown.get(row.pk, ()), today=today, amber_days=amber)
        before = (row.proof, row.why, row.last_on, row.next_on)
        row.proof, row.why = found.proof.value, found.why[:400]
        row.last_on, row.next_on = found.last_on, found.next_on
        if before != (row.proof, row.why, row.last_on, row.next_on):
            changed.append(row)
    Row.objects.bulk_update(changed, ["proof", "why", "last_on", "next_on"], batch_size=CHUNK)
    return len(changed)


def refresh_of_item(item: int, *, today: date) -> None:
    """An item changed: the rows it was put forward for are judged anew, in the same transaction."""
    if pks := list(Evidence.objects.filter(item_id=item).values_list("row_id", flat=True)):
        refresh(pks, today=today)


def sweep(*, today: date) -> int:
    """Judge every row in force by a new day; may run again. Returns how many changed."""
    changed, last = 0, 0
    while pks := list(
        Row.objects.filter(ended_on__isnull=True, pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]
    ):
        with transaction.atomic():
            changed += refresh(pks, today=today)
        last = pks[-1]
    return changed


def _shown(pks: Sequence[int]) -> dict[int, list[Shown]]:
    attached = library.Attachment.objects.filter(item=OuterRef("item"))
    columns = ("row_id", "item__title", "item__published_on", "item__state", "item__validity", "long", "attached")
    found = Evidence.objects.filter(row_id__in=pks).annotate(long=Length("item__body"), attached=Exists(attached))
    shown: dict[int, list[Shown]] = {}
    for pk, title, on, state, validity, long, more in found.order_by("pk").values_list(*columns):
        one = Shown(
            title, on, live=state == State.PUBLISHED.value, ended=validity in ENDED, empty=not long and not more
        )
        shown.setdefault(pk, []).append(one)
    return shown


def _locked(pk: int, by: Standing) -> Row:
    row = Row.objects.select_for_update(of=("self",)).select_related("catalogue__organ").filter(pk=pk).first()
    if row is None or row.ended_on is not None:
        raise Refused("目录中没有这一行，或者它已移出目录。请回到目录重新选择。")
    if not may_edit(by, row.catalogue.organ.code):
        raise NotYours("只能修改本机关的目录。请转交该机关的承办人。")
    return row


def _columns(line: Line) -> dict[str, object]:
    return {
        "matter": line.matter,
        "sub_matter": line.sub_matter,
        "contents": line.contents,
        "basis": line.basis,
        "time_limit": line.time_limit,
        "organ": line.organ,
        "carriers": list(line.carriers),
        "audience": list(line.audience),
        "ways": list(line.ways),
        "tiers": list(line.tiers),
        "months": months_of(line.time_limit),
        "proof": Proof.RED.value,
    }


def _differs(row: Row, line: Line, position: int) -> bool:
    columns = _columns(line)
    del columns["proof"]
    return row.ended_on is not None or row.position != position or any(getattr(row, n) != v for n, v in columns.items())


def _write(row: Row, line: Line, *, position: int) -> None:
    for name, value in _columns(line).items():
        setattr(row, name, value)
    row.position, row.ended_on, row.version = position, None, row.version + 1
    row.save()


def _record(act: str, row: Row, by: Standing, facts: dict[str, object]) -> None:
    organ = row.catalogue.organ.code
    audit.record(
        act=act,
        actor=by.actor_as(EDITORS, organ),
        organ=organ,
        object_kind="standards.Row",
        object_id=row.pk,
        facts=facts,
    )
