"""The interchange form of an item: one object with the same keys in import, export, demo content and API. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

from gongkai.catalogue.enums import (
    GONE,
    PUBLIC,
    Audience,
    DisclosureClass,
    Language,
    Level,
    RelationKind,
    State,
)
from gongkai.kernel.labelled import Labelled

from . import declared, numbers

LONGEST = {"title": 300, "document_number": 80, "summary": 4000, "class_reason": 1000, "reason": 1000, "key": 120}
LONGEST_BODY = 2_000_000
MOST = 200  # relations, attachments, keywords
DATES = ("signed_on", "published_on", "effective_on", "expires_on")
# Where somebody says why, and where to: what left the library says so to the public for ever.
WAYS_OUT = (State.WITHDRAWN.value, *GONE)


@dataclass(frozen=True)
class Named:
    """One relation: what this item does to `target`, an index number, a document number or an exact title."""

    kind: str
    target: str


@dataclass(frozen=True)
class Paper:
    """An attachment as text."""

    name: str
    text: str = ""


@dataclass(frozen=True)
class Row:
    """One item in the interchange form, every value of its type."""

    kind: str
    title: str
    issuing_organ: str
    index_number: str = ""
    document_number: str = ""
    joint_organs: tuple[str, ...] = ()
    joint_party: bool = False
    theme: str = "other"
    genre: str = "other"
    signed_on: date | None = None
    published_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    summary: str = ""
    keywords: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    level: str = Level.DISTRICT.value
    audience: tuple[str, ...] = ()
    language: str = Language.CHINESE.value
    translation_of: str = ""
    disclosure_class: str = DisclosureClass.PROACTIVE.value
    class_reason: str = ""
    body: str = ""
    attachments: tuple[Paper, ...] = ()
    relations: tuple[Named, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    state: str = State.DRAFTING.value
    reason: str = ""
    redirect_to: str = ""
    key: str = ""

    @property
    def name(self) -> str:
        """By what a report of faults names it."""
        return self.index_number or self.key or self.title

    @property
    def as_object(self) -> dict[str, Any]:
        """As JSON takes it: every key, in the order of the form."""
        found: dict[str, Any] = {}
        for one in ORDER:
            value = getattr(self, one)
            if isinstance(value, date):
                value = value.isoformat()
            elif one in {"attachments", "relations"}:
                value = [asdict(part) for part in value]
            elif isinstance(value, tuple):
                value = list(value)
            elif isinstance(value, Mapping):
                value = dict(value)
            found[one] = value
        return found

    @property
    def digest(self) -> str:
        """Changes when anything of it changes."""
        text = json.dumps(self.as_object, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


ORDER = ("index_number", *(one.name for one in fields(Row) if one.name != "index_number"))
_TEXTS = {one.name for one in fields(Row) if one.type == "str"}
_LISTS = ("joint_organs", "keywords", "tags", "audience")
_CHOICES: Mapping[str, type[Labelled]] = {
    "level": Level,
    "language": Language,
    "disclosure_class": DisclosureClass,
    "state": State,
}


def read(data: object) -> tuple[Row | None, list[str]]:
    """The row that an object is, and what stands against it in sentences; a row only when nothing does."""
    if not isinstance(data, Mapping):
        return None, ["这一条不是一个对象。每一条须是含有 title、kind 等键的对象。"]
    # Which columns a row may have follows from its kind: of an unknown one only that is told.
    asked = str(data.get("kind") or "")
    strange = sorted({str(key) for key in data} - set(ORDER)) if not asked or asked in declared.kinds() else []
    faults = [f"不认识“{name}”这一项。" for name in strange]
    found: dict[str, Any] = {}
    for name in ORDER:
        value = data.get(name)
        if value is None or value == "":
            continue
        try:
            found[name] = _value(name, value)
        except ValueError as error:
            faults.append(str(error))
    for name, label in (("title", "标题"), ("kind", "信息类别"), ("issuing_organ", "发文机关")):
        if not found.get(name) and not any(name in fault for fault in faults):
            faults.append(f"缺少{label}（{name}）。")
    if faults:
        return None, faults
    row = Row(**found)
    faults = against(row)
    return (None, faults) if faults else (row, [])


def _value(name: str, value: Any) -> Any:
    if name in DATES:
        return _day(name, value)
    if name in _TEXTS:
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            raise ValueError(f"“{name}”应是文字。")
        text = str(value).replace("\0", "")
        return text if name == "body" else text.strip()
    if name == "joint_party":
        if not isinstance(value, bool):
            raise ValueError("“joint_party”应是 true 或 false。")
        return value
    if name == "facts":
        if not isinstance(value, Mapping):
            raise ValueError("“facts”应是一个对象。")
        return {str(key): one.isoformat() if isinstance(one, date) else one for key, one in value.items()}
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) > MOST:
        raise ValueError(f"“{name}”应是列表，不超过 {MOST} 个。")
    if name in _LISTS:
        return tuple(dict.fromkeys(str(one).strip() for one in value if str(one).strip()))
    return tuple(_part(name, one) for one in value)


def _part(name: str, value: Any) -> Named | Paper:
    if not isinstance(value, Mapping):
        raise ValueError(f"“{name}”中的每一个应是对象。")  # noqa: TRY004 - a fault of the data, told like the others
    known = {"kind", "target"} if name == "relations" else {"name", "text"}
    if unknown := sorted(set(value) - known):
        raise ValueError(f"“{name}”中不认识“{unknown[0]}”。")
    parts = {key: str(one).strip() for key, one in value.items() if one is not None}
    if name == "relations":
        if parts.get("kind") not in set(RelationKind) or not parts.get("target"):
            raise ValueError("“relations”中的每一个应写明 kind（repeals、amends 等）和 target。")
        return Named(parts["kind"], parts["target"][:300])
    if not parts.get("name"):
        raise ValueError("“attachments”中的每一个应有 name。")
    return Paper(parts["name"][:200], parts.get("text", ""))


def _day(name: str, value: Any) -> date:
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise ValueError(f"“{name}”的日期“{value}”读不懂。请写成 2023-05-04 的样子。") from None


def against(row: Row) -> list[str]:
    """What stands against a row whose values are of their types: unknown codes, wrong numbers, days out of order."""
    faults = [f"“{name}”超过 {most} 个字。" for name, most in LONGEST.items() if len(getattr(row, name)) > most]
    faults += [f"正文超过 {LONGEST_BODY} 个字。请把附表改为附件。"] if len(row.body) > LONGEST_BODY else []
    faults += [
        f"“{name}”没有“{getattr(row, name)}”这一种。"
        for name, words in _CHOICES.items()
        if getattr(row, name) not in set(words)
    ]
    for name, table in (("kind", declared.kinds()), ("theme", declared.themes()), ("genre", declared.genres())):
        if getattr(row, name) not in table:
            faults.append(f"“{name}”没有“{getattr(row, name)}”这一种。")
    faults += [f"“tags”中没有“{tag}”这个特色标签。" for tag in row.tags if tag not in declared.features()]
    faults += [f"“audience”中没有“{one}”这种面向对象。" for one in row.audience if one not in set(Audience)]
    if row.document_number and (fault := numbers.fault(row.document_number)):
        faults.append(fault)
    if row.index_number and numbers.parse_index(row.index_number) is None:
        faults.append(f"索引号“{row.index_number}”读不懂。请写成“机关代码/年份-五位流水”的样子。")
    return faults + _days(row) + _reasons(row) + facts_against(row.kind, row.facts)


def _days(row: Row) -> list[str]:
    faults = []
    if row.expires_on and row.effective_on and row.expires_on < row.effective_on:
        faults.append("有效期届满之日早于施行之日。请核对两个日期。")
    if row.signed_on and row.published_on and row.published_on < row.signed_on:
        faults.append("发布日期早于成文日期。请核对两个日期。")
    if row.state in (*PUBLIC, *GONE) and row.published_on is None:
        faults.append("已经发布过的条目缺少发布日期。")
    return faults


def _reasons(row: Row) -> list[str]:
    faults = []
    if row.disclosure_class != DisclosureClass.PROACTIVE.value and not row.class_reason:
        faults.append("不主动公开的，须写明理由（class_reason）。")
    if row.disclosure_class != DisclosureClass.PROACTIVE.value and row.state in PUBLIC:
        faults.append("不主动公开的条目不能是已发布状态。")
    if row.disclosure_class == DisclosureClass.PROACTIVE.value and row.state == State.FILED.value:
        faults.append("登记为不主动公开的条目，公开属性不能是主动公开。")
    if row.state in WAYS_OUT and not row.reason:
        faults.append("撤回、移除、合并的条目须写明理由（reason）。")
    if row.state == State.CONSOLIDATED.value and not row.redirect_to:
        faults.append("合并的条目须写明合并到哪一条（redirect_to）。")
    return faults


def facts_against(kind: str, facts: Mapping[str, Any]) -> list[str]:
    """What stands against the columns of a kind."""
    found = declared.kinds().get(kind)
    if found is None:
        return []
    known = {one.name: one for one in found.fields}
    faults = [f"“{found.label}”没有“{name}”这一栏。" for name in sorted(set(facts) - set(known))]
    for name, column in known.items():
        value = facts.get(name)
        if value in (None, ""):
            faults += [f"“{found.label}”须填写“{column.label}”（{name}）。"] if column.required else []
        elif not _fits(column, value):
            faults.append(f"“{column.label}”（{name}）的值“{str(value)[:40]}”不对。{_right(column)}")
    return faults


def _right(column: declared.Field) -> str:
    """What a column takes."""
    if column.type == "choice":
        return f"请写{'、'.join(column.choices)}中的一种。"
    told = {
        "number": "请只写数字，不写单位和逗号。",
        "date": "请写成 2023-05-04 的样子。",
        "long": "请不超过 4000 个字。",
    }
    return told.get(column.type, "请不超过 2000 个字。")


def _fits(column: declared.Field, value: Any) -> bool:
    if column.type == "number":
        try:
            float(str(value))
        except ValueError:
            return False
        return not isinstance(value, bool)
    if column.type == "date":
        try:
            date.fromisoformat(str(value))
        except ValueError:
            return False
        return True
    if column.type == "choice":
        return value in column.choices
    return isinstance(value, str | int | float) and len(str(value)) <= (4000 if column.type == "long" else 2000)
