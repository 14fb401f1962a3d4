"""A district brings its history: a year's cases from a table, each once, counted in the years they belong to.

Cases that were closed go to the archive as they are; open ones are taken up where they stand, with their clocks. What was
applied for before comes without a query code: its applicant was answered elsewhere.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import islice

from django.db import IntegrityError, transaction

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications.enums import Closing, Delivery, Form, Identity, State
from gongkai.applications.models import Application, Imported, Step
from gongkai.applications.rules import codes
from gongkai.applications.rules.clock import SHANGHAI
from gongkai.applications.rules.importing import Fault, Line, NoTable, Reader, places
from gongkai.audit import services as audit
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines.enums import Channel
from gongkai.organisations import selectors as organisations
from gongkai.privacy.digests import blind
from gongkai.ui.tables import Unreadable, rows
from gongkai.workflow.rules import Refused

from .intake import DISTRICT
from .numbering import next_serials
from .reckoning import refresh

MOST_FAULTS = 1000  # shown of one file; the rest is counted
BATCH = 500
_OFFICE = (Role.DISCLOSURE_OFFICE.value,)
_ABANDONED = {Closing.NOT_SUPPLEMENTED.value, Closing.NOT_PAID.value}


@dataclass(frozen=True)
class Outcome:
    """What a file came to: rows read, cases taken in (or that would be), those that are here already, what is wrong."""

    rows: int
    new: int
    same: int
    faults: tuple[Fault, ...] = ()
    faulty_rows: int = 0
    done: bool = False
    years: dict[int, int] = field(default_factory=dict)


def bring_cases(
    *, organ: str, data: bytes, by: Standing, today: date, dry: bool = False, good_rows_only: bool = False
) -> Outcome:
    """Take a table of cases in, all of it or nothing; with `good_rows_only` what is right, leaving the rest out.

    A number of the organ's books that is here already, with the same content, changes nothing; with another content it is
    a fault. `dry` only looks. Raises `Refused` for who may not, or for a file that is no table.
    """
    if not by.holds(Role.DISCLOSURE_OFFICE, organ):
        raise Refused("导入历年申请须由本机关政府信息公开工作机构负责人办理。")
    lines, faults, count = _read(data, today)
    lines, same, changed = _sorted(organ, lines)
    faults += changed
    bad = len({fault.row for fault in faults})
    years = dict(sorted(Counter(line.closed_on.year for line in lines if line.closed_on).items()))
    found = Outcome(count, len(lines), same, tuple(faults[:MOST_FAULTS]), bad, years=years)
    if dry or not lines or (bad and not good_rows_only):
        return found
    try:
        with transaction.atomic():
            _write(organ, lines, by, hashlib.sha256(data).hexdigest(), found, today)
    except IntegrityError as error:
        raise Refused("同时有人在导入同一批申请。请稍候重新核对，已经导入的不会重复。") from error
    return replace(found, done=True)


def _read(data: bytes, today: date) -> tuple[list[Line], list[Fault], int]:
    lines: list[Line] = []
    faults: list[Fault] = []
    count = 0
    try:
        table = rows(data)
        _number, head = next(table, (0, []))
        reader = Reader(places(head), deadlines.calendar(), today)
        for count, (number, cells) in enumerate(table, 1):  # noqa: B007 - how many there were
            found = reader.read(number, cells)
            if isinstance(found, Line):
                lines.append(found)
            else:
                faults.extend(found)
    except (Unreadable, NoTable) as error:
        raise Refused(str(error)) from error
    if not count:
        raise Refused("文件里没有一行数据。请从模板开始填写，第二行起每行一件申请。")
    return lines, faults, count


def _sorted(organ: str, lines: list[Line]) -> tuple[list[Line], int, list[Fault]]:
    """Those that are new; how many are here already; those that are here with another content."""
    new, same, faults = [], 0, []
    for batch in _batches(lines):
        known = dict(
            Imported.objects.filter(organ__code=organ, source__in=[line.source for line in batch]).values_list(
                "source", "digest"
            )
        )
        for line in batch:
            if line.source not in known:
                new.append(line)
            elif known[line.source] == line.digest:
                same += 1
            else:
                how = "已经导入的不再改动。确有错误的，在案卷里更正；是另一件的，改用另一个编号"
                faults.append(Fault(line.row, "原编号", "已经导入过，内容与这一行不同", how))
    return new, same, faults


def _write(organ: str, lines: Sequence[Line], by: Standing, sha256: str, found: Outcome, today: date) -> None:
    owner = organisations.by_code(organ)
    if owner is None:
        raise Refused("名录中没有这个机关。请核对机关代码。")
    by_year: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_year[line.received_on.year].append(line)
    numbers: list[str] = []
    for year, those in sorted(by_year.items()):
        serials = iter(next_serials(organ=DISTRICT, year=year, purpose="application", count=len(those)))
        for batch in _batches(those):
            fresh = [codes.number(year, next(serials)) for _line in batch]
            numbers += fresh
            _write_batch(owner.pk, list(zip(batch, fresh, strict=True)), today)
    audit.record(
        act="applications.import",
        actor=by.actor_as(_OFFICE, organ),
        organ=organ,
        object_kind="applications.import",
        object_id=sha256[:40],
        facts={
            "file": sha256,
            "rows": found.rows,
            "new": found.new,
            "same": found.same,
            "left_out": found.faulty_rows,
            "numbers": hashlib.sha256("\n".join(numbers).encode()).hexdigest(),
            "first": numbers[0],
            "last": numbers[-1],
        },
    )


def _write_batch(organ_id: int, batch: Sequence[tuple[Line, str]], today: date) -> None:
    made = Application.objects.bulk_create([_application(organ_id, line, number) for line, number in batch])
    Step.objects.bulk_create(
        [step for row, (line, _number) in zip(made, batch, strict=True) for step in _steps(row, line, today)]
    )
    Imported.objects.bulk_create(
        [
            Imported(organ_id=organ_id, source=line.source, digest=line.digest, application=row)
            for row, (line, _number) in zip(made, batch, strict=True)
        ]
    )
    for row, (line, _number) in zip(made, batch, strict=True):
        if line.closed_on is None:
            refresh(row, today)


def _application(organ_id: int, line: Line, number: str) -> Application:
    closed = line.closed_on is not None
    return Application(
        number=number,
        code_digest=blind(secrets.token_hex(16)),  # nobody holds a query code for it
        key=secrets.token_hex(32),
        organ_id=organ_id,
        channel=line.channel.value,
        submitted_at=datetime.combine(line.received_on, time(12), SHANGHAI),
        received_on=line.received_on,
        applicant_kind=line.kind.value,
        applicant_name=line.name,
        identity_kind=Identity.OTHER.value,
        phone=line.phone,
        description=line.description,
        form=Form.ELECTRONIC.value,
        delivery=Delivery.ONLINE.value,
        state=(State.ARCHIVED if closed else State.REGISTERED).value,
        due_on=line.due_on,
        code=line.code,
        letter_number=line.letter_number,
        closed_on=line.closed_on,
        counted_on=line.closed_on,
        counted_code=line.code,
    )


def _steps(row: Application, line: Line, today: date) -> Iterator[Step]:
    """What the former books tell. Who gave up did so by terms that the books do not tell: no clock is folded there."""
    aside = {"aside": True} if line.code in _ABANDONED else {}
    yield Step(application=row, act="import", on=today, facts={"source": line.source})
    yield Step(application=row, act="register", on=line.received_on, facts=aside)
    if line.channel is not Channel.INTERNET:
        yield Step(application=row, act="record", on=line.received_on, facts=aside)
    if line.closed_on:
        act = {Closing.WITHDRAWN.value: "withdraw", **dict.fromkeys(_ABANDONED, "lapse")}.get(line.code, "deliver")
        yield Step(application=row, act=act, on=line.closed_on, facts=aside)


def _batches(lines: Sequence[Line]) -> Iterator[list[Line]]:
    waiting = iter(lines)
    while batch := list(islice(waiting, BATCH)):
        yield batch
