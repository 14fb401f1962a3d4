"""发布前的关口: what must have happened before an item may be released, each refusal with its article. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.catalogue.enums import DisclosureClass, Review, Size
from gongkai.screening.enums import FindingKind, Severity
from gongkai.screening.rules.personal import Span, find
from gongkai.statutes import BeforeTheLaw, in_force, law

from .declared import kinds

# A draft that says how information is disclosed, kept back or applied for lays down disclosure rules (协调性审核).
_DISCLOSURE_RULE = re.compile(
    r"(?:应当|应|须|不得|不予|可以|可|予以|及时|主动|依法)[^。；\n]{0,12}(?:公开|公示|公布)[^。；\n]{0,20}(?:信息|结果|名单|清单|目录|情况)"
)
# Official papers name places: an address is for a person to look at, and keeps nothing back. An official mail likewise.
_ONLY_SHOWN = {FindingKind.ADDRESS, FindingKind.FIXED_PHONE}


@dataclass(frozen=True)
class Found:
    """Personal data in one part of an item: masked for the eye, named by a key that changes with the text."""

    part: str
    label: str
    excerpt: str
    blocks: bool
    key: str


@dataclass(frozen=True)
class Course:
    """What has happened to an item since it was last drafted."""

    kind: str
    disclosure_class: str
    drafted_by: int | None
    approved: bool
    passed: frozenset[str]
    lays_down_rules: bool
    has_interpretation: bool
    interpretation_exempt: bool
    open_findings: int
    missing: tuple[str, ...] = ()
    use: str = ""
    points_missing: tuple[str, ...] = ()
    not_its_own: tuple[str, ...] = ()


@dataclass(frozen=True)
class Missing:
    """One thing that keeps an item from being released: its name, and the sentence for whoever tried."""

    name: str
    text: str


def findings(texts: dict[str, str], *, allowed: Collection[str] = ()) -> list[Found]:
    """Personal data in the parts of an item, by the label of the part."""
    return [
        Found(part, span.kind.label, masked(span.value), _blocks(span), _key(part, span))
        for part, text in texts.items()
        for span in find(text, allowed=allowed)
    ]


def _key(part: str, span: Span) -> str:
    """Names a finding: the same value in the same part is one."""
    return hashlib.sha256(f"{part}|{span.kind.value}|{span.value}".encode()).hexdigest()[:24]


def _blocks(span: Span) -> bool:
    return span.severity is Severity.BLOCK and span.kind not in _ONLY_SHOWN


def masked(value: str) -> str:
    """A value that can be found again in the text, and not be copied."""
    plain = "".join(value.split())
    return plain[:2] + "*" * max(len(plain) - 4, 2) + plain[-2:] if len(plain) > 5 else plain[:1] + "**"


def lays_down_rules(kind: str, text: str) -> bool:
    """Whether a draft lays down rules about disclosure, so that the competent department looks at it."""
    found = kinds().get(kind)
    return bool(found and found.validity == "term" and _DISCLOSURE_RULE.search(text))


def wanted(course: Course) -> tuple[Review, ...]:
    """The reviews that this item passes before its release."""
    return reviews(course.kind, lays_down_rules=course.lays_down_rules)


def reviews(kind: str, *, lays_down_rules: bool) -> tuple[Review, ...]:
    """The same of a kind, and of what lays down rules about disclosure."""
    found = [Review.SECRECY]
    declared = kinds().get(kind)
    if declared and "legality" in declared.gates:
        found.append(Review.LEGALITY)
    if lays_down_rules:
        found.append(Review.COORDINATION)
    return tuple(found)


def _class(course: Course) -> list[Missing]:
    """The class is decided while drafting, with its reason; only what is proactive is released."""
    if not course.disclosure_class:
        text = "还没有确定公开属性。请退回起草人，选定主动公开、依申请公开或者不予公开。"
        return [Missing("class", f"{text}（{cited('openness_rules_2016')}）")]
    if course.disclosure_class == DisclosureClass.PROACTIVE.value:
        return []
    text = f"公开属性是“{DisclosureClass(course.disclosure_class).label}”，不能发布。请登记，或者退回改为主动公开。"
    return [Missing("class", f"{text}（{cited('disclosure_regulation 19')}）")]


# What a release under pressure may leave out, with two signatures: never the class, secrets, persons, the other person.
FORCED = frozenset(
    {"approval", Review.LEGALITY.value, Review.COORDINATION.value, "interpretation", "points", "standing"}
)

_CITES = {
    Review.SECRECY: "disclosure_regulation 17",
    Review.LEGALITY: "shanghai_normative_documents",
    Review.COORDINATION: "shanghai_practice",
}


def unpassed(course: Course, *, on: date, by: int | None, person: bool = True) -> list[Missing]:
    """Everything that keeps an item from being released by somebody on a day, each with its article."""
    found = [Missing("field", f"缺少{name}。请退回补齐后再发布。") for name in course.missing]
    found += _class(course)
    if not course.approved:
        found.append(Missing("approval", "科室负责人还没有审核同意。请先完成审核。"))
    found += [
        Missing(one.value, f"{one.label}还没有通过。请先完成{one.label}。（{cited(_CITES[one])}）")
        for one in wanted(course)
        if one.value not in course.passed
    ]
    kind = kinds().get(course.kind)
    if kind and "interpretation" in kind.gates and not (course.has_interpretation or course.interpretation_exempt):
        text = "解读须与文件同步起草、同步审签、同步发布，现在还没有关联解读。请关联解读，或者由工作机构负责人签署免于同步解读。"
        found.append(Missing("interpretation", f"{text}（{cited('openness_rules_2016')}）"))
    found += [*_points(course), *standing(course.not_its_own)]
    if course.open_findings:
        text = f"还有 {course.open_findings} 处个人信息没有处理。请退回删去，或者由保密审查员核对后放行。"
        found.append(Missing("findings", f"{text}（{cited('disclosure_regulation 15')}）"))
    if person and by is not None and by == course.drafted_by:
        found.append(
            Missing("other", f"发布和起草不得为同一人。请由另一位负责人发布。（{cited('disclosure_regulation 17')}）")
        )
    return found


# Columns that describe an item and lay nothing down: of these, a change of words is looked at for secrets only.
_DESCRIBES = frozenset({"summary", "keywords", "tags", "theme", "genre", "audience"})


def reviews_of_correction(kind: str, pending: Mapping[str, Any]) -> tuple[Review, ...]:
    """What a correction passes before it is released: whatever a draft of what it changes would pass.

    Only what describes the item may be put into other words with a review for secrets alone, whatever its size is said
    to be: who proposes it does not decide that the text of a rule is not changed.
    """
    changed = set(pending.get("changed", ("body",)))  # a proposal that does not say is taken to change the text
    if pending["size"] == Size.MINOR.value and changed <= _DESCRIBES:
        return (Review.SECRECY,)
    rules = "body" in changed and lays_down_rules(kind, str(pending["row"]["body"]))
    return reviews(kind, lays_down_rules=rules)


def uncorrected(kind: str, pending: Mapping[str, Any]) -> list[Missing]:
    """Everything that keeps a correction from being released."""
    return [
        Missing(one.value, f"修订的{one.label}还没有通过。请先完成{one.label}。（{cited(_CITES[one])}）")
        for one in reviews_of_correction(kind, pending)
        if one.value not in pending
    ]


def points(use: str, on: date) -> tuple[str, ...]:
    """What the interpretation of a policy of this use must hold, by the labels of its columns."""
    try:
        table = in_force("interpretation_mandatory_points", on).table
    except BeforeTheLaw:
        return ()
    return tuple(table.get(use, ()))


def lacking_points(wanted: Collection[str], held: Collection[Collection[str]]) -> tuple[str, ...]:
    """What the interpretation that holds most of it still lacks; everything where there is none."""
    lacks = [tuple(label for label in wanted if label not in one) for one in held]
    return min(lacks, key=len, default=tuple(wanted))


def _points(course: Course) -> list[Missing]:
    if not course.points_missing or course.interpretation_exempt:
        return []
    text = (
        f"{course.use}政策的解读须写明{'、'.join(course.points_missing)}，现在没有关联的解读写全。"
        "请在解读的专用栏目中补齐，或者由工作机构负责人签署免于同步解读。"
    )
    return [Missing("points", f"{text}（{cited('district_practice')}）")]


def standing(not_its_own: Collection[str]) -> list[Missing]:
    """A document is ended or amended by who made it, or by who stands above: everybody else's ends nothing."""
    if not not_its_own:
        return []
    named = "、".join(f"《{title}》" for title in not_its_own)
    text = f"{named}不是本机关制发的，也不是下级机关的，由制发机关或者它的上级机关废止、修改。请改写关联，或者商制发机关联合发文。"
    return [Missing("standing", f"{text}（{cited('shanghai_normative_documents')}）")]


def before_submission(course: Course) -> list[Missing]:
    """What keeps a draft from being sent on for review."""
    found = [Missing("field", f"缺少{name}。请补齐后再送审。") for name in course.missing]
    return found + _points(course) + standing(course.not_its_own)


def cited(cite: str) -> str:
    """The article in words."""
    return law().cite(cite).text
