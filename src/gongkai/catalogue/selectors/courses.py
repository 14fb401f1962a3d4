"""The way of an item to its release: what was found in it, what passed, what is still missing."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongkai.catalogue.enums import DEEDS, RelationKind, State
from gongkai.catalogue.models import Attachment, Course, Item, Pass, Relation, Revision
from gongkai.catalogue.rules import body, declared, gates
from gongkai.catalogue.rules.gates import Found, Missing
from gongkai.catalogue.rules.interchange import Row
from gongkai.organisations import selectors as organisations

from .pages import COLUMNS, words_of
from .rows import row_of

# A policy's interpretation goes with it: one that is being reviewed or is public already counts.
TOGETHER = (State.IN_REVIEW.value, State.SCHEDULED.value, State.PUBLISHED.value)


def course_of(item: Item) -> Course:
    """What belongs to the making of an item; an empty one for what came in from outside."""
    return Course.objects.filter(item=item).first() or Course(item=item)


def digest(item: Item) -> str:
    """Names the content as it stands: a review is good for it and for no other."""
    row = replace(row_of(item), state="", reason="", published_on=None, index_number="", redirect_to="")
    files = sorted(str(one.file) for one in item.attachments.all() if one.file)
    return hashlib.sha256(f"{row.digest}|{'|'.join(files)}".encode()).hexdigest()


def texts(item: Item) -> dict[str, str]:
    """Every part of an item in which somebody may be told of, by its label."""
    return texts_of(row_of(item))


def texts_of(row: Row) -> dict[str, str]:
    """The same of a row."""
    found = {"标题": row.title, "内容概述": row.summary, "正文": row.body}
    found |= {f"专用栏目“{name}”": str(value) for name, value in row.facts.items()}
    found |= {f"附件“{one.name}”": one.text for one in row.attachments if one.text}
    return found


def findings(item: Item) -> list[Found]:
    """Personal data in the item: in its texts, and in its files as they were screened when they came."""
    organ = [word for word in (item.organ.phone, item.organ.address) if word]
    found = gates.findings(texts(item), allowed=organ)
    found += [Found(**one) for file in item.attachments.all() for one in file.findings]
    return list({one.key: one for one in found}.values())


def open_findings(item: Item, course: Course) -> list[Found]:
    """Those that keep it back: not taken out, and not let pass by name."""
    passed = {one["key"] for one in course.overridden}
    return [one for one in findings(item) if one.blocks and one.key not in passed]


def passes(item: Item) -> list[Pass]:
    """The reviews that passed for the content as it stands, in their order."""
    return list(Pass.objects.filter(item=item, digest=digest(item)).select_related("by"))


def standing_of(item: Item, *, on: date, states: Collection[str] = TOGETHER) -> gates.Course:
    """What the rules of release and of submission go by; `states` are those in which an interpretation counts."""
    course = course_of(item)
    interpreted = _interpreting(item, states)
    kind = declared.kinds()[item.kind]
    empty = [one.label for one in kind.fields if one.required and item.facts.get(one.name) in (None, "")]
    has_content = bool(item.body.strip() or item.attachments.exists())
    always = (("成文日期", item.signed_on), ("正文或者附件", has_content))  # art. 12 and 26 go by the day it was made
    return gates.Course(
        kind=item.kind,
        disclosure_class=item.disclosure_class,
        drafted_by=item.drafted_by_id,
        approved=course.approved_by_id is not None,
        passed=frozenset(one.review for one in passes(item)),
        lays_down_rules=gates.lays_down_rules(item.kind, item.body),
        has_interpretation=interpreted.exists(),
        interpretation_exempt=course.exempt_by_id is not None,
        open_findings=len(open_findings(item, course)),
        use=str(item.facts.get("use", "")),
        points_missing=_points_missing(item, on, states),
        not_its_own=not_its_own(item),
        missing=tuple(f"“{label}”" for label in (*empty, *(label for label, told in always if not told))),
    )


def _interpreting(item: Item, states: Collection[str]) -> QuerySet[Relation]:
    """What interprets it: an item of that kind, and no other that only says so."""
    wanted = {"kind": RelationKind.INTERPRETS.value, "source__kind": "interpretation", "source__state__in": states}
    return Relation.objects.filter(target=item, **wanted)


def _points_missing(item: Item, on: date, states: Collection[str]) -> tuple[str, ...]:
    wanted = gates.points(str(item.facts.get("use", "")), on)
    if not wanted:
        return ()
    labels = {one.name: one.label for one in declared.kinds()["interpretation"].fields}
    told = _interpreting(item, states)
    held = [
        {labels[name] for name, value in facts.items() if name in labels and str(value).strip()}
        for facts in told.values_list("source__facts", flat=True)
    ]
    return gates.lacking_points(wanted, held)


def not_its_own(item: Item) -> tuple[str, ...]:
    """The documents that an item would end or amend though neither its organs nor those below them made them.

    Those of an organ that is no more are for whoever took over from it.
    """
    acted = Relation.objects.filter(source=item, kind__in=DEEDS, target__isnull=False)
    named, above = {item.organ.name, item.organ.short_name, *item.joint_organs}, organisations.parents()
    authority = organisations.speaks_for(item.organ)
    found = []
    for target in Item.objects.filter(pk__in=acted.values("target")).select_related("organ").defer("body", "anchors"):
        made_by = {target.organ.name, target.organ.short_name, *target.joint_organs}
        higher = authority in _with_those_above(target.organ.code, above)
        if not (higher or target.organ.valid_until or named & made_by):
            found.append(target.title)
    return tuple(found)


def _with_those_above(code: str, above: Mapping[str, str | None]) -> list[str]:
    found: list[str] = []
    one: str | None = code
    while one is not None and one not in found:
        found.append(one)
        one = above.get(one)
    return found


def missing(item: Item, *, on: date, by: int | None = None, person: bool = True) -> list[Missing]:
    """Everything that keeps an item from being released."""
    return gates.unpassed(standing_of(item, on=on), on=on, by=by, person=person)


@dataclass(frozen=True)
class Compared:
    """An item against what it was when it was last sent on or published."""

    number: int
    columns: list[tuple[str, str, str]]
    text: list[body.Change]


def changed_columns(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The columns that differ between two states of an item, the text aside: (label, before, after)."""
    return [
        (label, words_of(name, before.get(name)), words_of(name, after.get(name)))
        for name, label in COLUMNS.items()
        if before.get(name) != after.get(name)
    ]


def against_last(item: Item) -> Compared | None:
    """The difference against the last revision that is another; None where there is none."""
    now = row_of(item).as_object
    for last in Revision.objects.filter(item=item).order_by("-number")[:5]:
        columns = changed_columns(last.snapshot, now)
        if columns or last.snapshot.get("body", "") != item.body:
            return Compared(last.number, columns, body.difference(last.snapshot.get("body", ""), item.body))
    return None


def files_of(item: Item) -> list[Attachment]:
    """The attachments that are files."""
    return [one for one in item.attachments.all() if one.file]


def as_data(found: Found) -> dict[str, object]:
    """A finding as it is kept with a file."""
    return asdict(found)
