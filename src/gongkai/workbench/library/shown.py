"""What the desk shows of an item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gongkai.accounts.rules import Standing
from gongkai.catalogue.enums import IN_THE_MAKING, DisclosureClass, Review, State
from gongkai.catalogue.rules import body, declared, gates, words
from gongkai.catalogue.rules.layout import blocks
from gongkai.catalogue.selectors import Item, courses, desk, pages
from gongkai.catalogue.selectors.rows import row_of
from gongkai.channels import selectors as channels
from gongkai.channels.rules.declared import channels as declared_channels
from gongkai.promotions import selectors as promotions
from gongkai.workflow.rules import Rule

SOMETIMES = frozenset({"exempt", "correct", "drop_correction", *(f"correction_{one}_pass" for one in Review)})


@dataclass(frozen=True)
class Gate:
    """One gate of the way to release: passed, by whom, or not."""

    label: str
    passed: bool
    told: str


def gates_of(item: Item, today: date) -> list[Gate]:
    """Every gate that this item passes, with what has happened there."""
    standing, course = courses.standing_of(item, on=today), courses.course_of(item)
    found = [Gate(_("科室负责人审核"), standing.approved, course.approved_by.name if course.approved_by else "")]
    passes = {one.review: one for one in courses.passes(item)}
    for review in gates.wanted(standing):
        one = passes.get(review.value)
        found.append(Gate(review.label, one is not None, f"{one.by.name}　{one.on}　{one.opinion}" if one else ""))
    kind = declared.kinds()[item.kind]
    if "interpretation" in kind.gates:
        told = course.exempt_reason if course.exempt_by_id else ""
        found.append(Gate(_("解读同步"), standing.has_interpretation or standing.interpretation_exempt, told))
    if gates.points(standing.use, today):
        told = course.exempt_reason if course.exempt_by_id else "、".join(standing.points_missing)
        passed = not standing.points_missing or standing.interpretation_exempt
        found.append(Gate(_("解读必备的内容"), passed, told))
    found.append(Gate(_("个人信息"), standing.open_findings == 0, ""))
    return found


def item_page(item: Item, standing: Standing, *, today: date) -> dict[str, Any]:
    """All that the page of an item shows."""
    making = item.state in IN_THE_MAKING
    course = courses.course_of(item)
    return {
        "course": course,
        "kind": declared.kinds()[item.kind],
        "theme": declared.themes().get(item.theme, item.theme),
        "class_label": DisclosureClass(item.disclosure_class).label if item.disclosure_class else _("未定"),
        "state_label": State(item.state).label,
        "gates": gates_of(item, today) if making else [],
        "lacking": courses.missing(item, on=today, person=False) if item.state == State.IN_REVIEW.value else [],
        "findings": courses.open_findings(item, course) if making else [],
        "compared": courses.against_last(item) if making else None,
        "confused": words.confused(f"{item.title}\n{item.body}") if making else [],
        "blocks": blocks(pages.paragraphs(item)),
        "facts": pages.facts(item),
        "points": pages.points(item),
        "files": [one for one in item.attachments.all() if not (item.public and one.file and not one.released)],
        "related": desk.related(standing, item),
        "changes": pages.history(item),
        "promotion": promotions.of_item(standing, item.pk),
        "told": channels.of_item(item.pk),
        "channel_labels": {code: one.label for code, one in declared_channels().items()},
        "pending": pending(item, course),
    }


def offered(item: Item, rules: Sequence[Rule]) -> list[Rule]:
    """The acts that mean something for this item: what needs no interpretation is not exempted from one.

    Nor is a correction passed or released where none waits, or a review that it does not need.
    """
    kind = declared.kinds()[item.kind]
    asked = "interpretation" in kind.gates or any(one.name == "use" for one in kind.fields)
    waits = courses.course_of(item).pending
    reviews = gates.reviews_of_correction(item.kind, waits) if waits else ()
    acts = {f"correction_{one.value}_pass" for one in reviews if one.value not in waits}
    acts |= {"correct", "drop_correction"} if waits else set()
    acts |= {"exempt"} if asked else set()
    return [rule for rule in rules if rule.act not in SOMETIMES or rule.act in acts]


def pending(item: Item, course: Any) -> dict[str, Any] | None:
    """The correction that waits, against what is public."""
    if not course.pending:
        return None
    row = course.pending["row"]
    by = course.pending_by.name if course.pending_by else ""
    return {
        "note": course.pending["note"],
        "by": by,
        "lacking": gates.uncorrected(item.kind, course.pending),
        "coming": [one for one in item.attachments.all() if one.file and not one.released],
        "going": [one for one in item.attachments.all() if one.pk in course.pending.get("dropped", ())],
        "columns": courses.changed_columns(row_of(item).as_object, row),
        "difference": body.difference(item.body, row["body"]),
    }


def beside_editor(item: Item) -> dict[str, Any]:
    """What is said beside the editor: personal data, confused words, the last remark."""
    course = courses.course_of(item)
    return {
        "findings": courses.findings(item),
        "confused": words.confused(f"{item.title}\n{item.summary}\n{item.body}"),
        "remark": course.remark,
        "rules": gates.lays_down_rules(item.kind, item.body),
    }
