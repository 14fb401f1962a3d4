"""Sample catalogues for the demo: composed rows, each with what the sample library has for it. Made by this project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gongkai.audit.rules import SYSTEM
from gongkai.catalogue import selectors as library
from gongkai.catalogue.rules import declared
from gongkai.catalogue.services import receive
from gongkai.kernel.written import from_yaml
from gongkai.organisations import selectors as organisations
from gongkai.organisations.enums import OrganKind

from . import services
from .composing import KEYS, compose, left_out, period
from .enums import Audience, Carrier, Proof, Tier, Way
from .models import Evidence, Row
from .rules.sheet import Line

FILE = Path(__file__).parent / "data" / "demo.yaml"
ON_APPLICATION = "依申请"
LINKED = 3  # items put forward for a row
DISTRICT = "hongkou"


@dataclass(frozen=True)
class Sample:
    """One row, and the kinds of item that are put forward for it."""

    line: Line
    kinds: tuple[str, ...]


def load(*, today: date) -> tuple[int, int]:
    """Bring the sample catalogues and put the newest fitting items forward: (rows made, items put forward). Again: none.

    What the sample library does not prove is published as of the last period, but for some rows; on a later day, what
    has come due since.
    """
    made = linked = 0
    for area, told in from_yaml(FILE.read_text("utf-8")).items():
        for code, street in _organs(told):
            samples = [_sample(text, told["basis"], street=street) for text in told["rows"]]
            lines = [one.line for one in samples]
            made += services.bring_lines(organ=code, area=area, lines=lines, actor=SYSTEM, today=today).made
            linked += _link(code, area, samples, today)
    return made, linked


def _organs(told: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    known = organisations.by_codes(list(told["organs"]))
    yield from ((code, False) for code in told["organs"] if code in known)
    if told.get("streets"):
        for organ in organisations.of_kind(OrganKind.SUB_DISTRICT_OFFICE, below=DISTRICT):
            yield organ.code, True


def _sample(text: str, basis: str, *, street: bool) -> Sample:
    matter, sub_matter, contents, limit, kinds = (part.strip() for part in text.split("|"))
    on_application = kinds == ON_APPLICATION
    carriers = (Carrier.WEBSITE, Carrier.READING_POINT, Carrier.NOTICE_BOARD if street else Carrier.SERVICE_CENTRE)
    line = Line(
        matter=matter,
        sub_matter=sub_matter,
        contents=contents,
        basis=basis,
        time_limit=limit,
        organ="",
        carriers=tuple(one.value for one in carriers),
        audience=((Audience.GROUPS if on_application else Audience.SOCIETY).value,),
        ways=((Way.ON_APPLICATION if on_application else Way.PROACTIVE).value,),
        tiers=((Tier.SUBDISTRICT if street else Tier.DISTRICT).value,),
    )
    return Sample(line, () if on_application else tuple(one.strip() for one in kinds.split(",")))


def _link(organ: str, area: str, samples: list[Sample], today: date) -> int:
    rows = {
        (row.matter, row.sub_matter): row
        for row in Row.objects.filter(catalogue__organ__code=organ, catalogue__area=area)
    }
    newest: dict[str, list[int]] = {}
    found = library.public().filter(organ__code=organ).exclude(key__startswith=KEYS)
    for kind, pk in found.order_by("-published_on", "-pk").values_list("kind", "pk"):
        newest.setdefault(kind, []).append(pk)
    wanted = [
        Evidence(row=rows[one.line.key], item_id=pk, linked_on=today)
        for one in samples
        for kind in one.kinds
        for pk in newest.get(kind, [])[:LINKED]
    ]
    before = Evidence.objects.filter(row__in=rows.values()).count()
    Evidence.objects.bulk_create(wanted, ignore_conflicts=True)
    services.refresh([row.pk for row in rows.values()], today=today)
    _publish(organ, area, samples, today)
    return Evidence.objects.filter(row__in=rows.values()).count() - before


def _publish(organ: str, area: str, samples: list[Sample], today: date) -> None:
    """Publish for the rows that nothing proves on this day, and put it forward."""
    due = Row.objects.filter(catalogue__organ__code=organ, catalogue__area=area, proof=Proof.RED.value)
    rows = {(row.matter, row.sub_matter): row for row in due}
    name = organisations.by_codes([organ])[organ].short_name
    items: dict[str, Row] = {}
    told: list[dict[str, Any]] = []
    for one in samples:
        row = rows.get(one.line.key)
        where = (area, organ, *one.line.key)
        if row is None or not one.kinds or left_out(*where):
            continue
        when = period(row.months, *where, today=today)
        item = compose(one.line, area=area, organ=organ, name=name, kind=one.kinds[0], when=when)
        fields = {field.name for field in declared.kinds()[one.kinds[0]].fields if field.required}
        item["facts"] = {key: value for key, value in item["facts"].items() if key in fields}
        told.append(item)
        items[str(item["key"])] = row
    receive(told, actor=SYSTEM, today=today)
    made = library.public().filter(key__in=items).values_list("key", "pk")
    Evidence.objects.bulk_create(
        [Evidence(row=items[key or ""], item_id=pk, linked_on=today) for key, pk in made], ignore_conflicts=True
    )
    services.refresh([row.pk for row in items.values()], today=today)
