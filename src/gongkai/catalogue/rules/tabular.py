"""Items in a table: headings in Chinese or by key, words for codes, days in any spelling. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from gongkai.catalogue.enums import Audience, DisclosureClass, Language, Level, RelationKind, State

from . import declared
from .interchange import DATES, ORDER

HEADINGS = {
    "索引号": "index_number",
    "信息类别": "kind",
    "标题": "title",
    "名称": "title",
    "发文字号": "document_number",
    "文号": "document_number",
    "发文机关": "issuing_organ",
    "发布机构": "issuing_organ",
    "联合发文机关": "joint_organs",
    "主题分类": "theme",
    "体裁": "genre",
    "成文日期": "signed_on",
    "生成日期": "signed_on",
    "发布日期": "published_on",
    "公开日期": "published_on",
    "施行日期": "effective_on",
    "实施日期": "effective_on",
    "有效期至": "expires_on",
    "内容概述": "summary",
    "关键词": "keywords",
    "主题词": "keywords",
    "特色标签": "tags",
    "层级": "level",
    "面向对象": "audience",
    "语种": "language",
    "公开属性": "disclosure_class",
    "公开形式": "disclosure_class",
    "公开方式": "disclosure_class",
    "公开属性的理由": "class_reason",
    "正文": "body",
    "关联": "relations",
    "状态": "state",
    "理由": "reason",
}
# What an export tells beside the columns of the interchange form: it follows from them, and is passed over.
FOLLOWS = {
    *("kind_label", "organ_name", "theme_label", "genre_label", "validity", "validity_label", "validity_since"),
    *("last_day", "changed_at"),
}
_LISTS = ("joint_organs", "keywords", "tags", "audience")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_FORMER = {"免于公开": DisclosureClass.WITHHELD.value, "免予公开": DisclosureClass.WITHHELD.value}
_QUOTED = re.compile(r"'(?=[=+\-@\t\r])")


def in_words(text: str) -> str:
    """A sentence about a row, with the headings of a table in place of the keys of the interchange form."""
    heads: dict[str, str] = {}
    for heading, name in HEADINGS.items():
        heads.setdefault(name, heading)
    for name, heading in heads.items():
        text = text.replace(f"“{name}”", f"“{heading}”").replace(f"（{name}）", "")
    return text


def items(rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[object]:
    """Each row below the headings as an object of the interchange form; what a column means nothing to is told by `read`."""
    return (one for _number, one in numbered(rows))


def numbered(rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, object]]:
    """The same, each with its number in the file."""
    whole = iter(rows)
    _number, heads = next(whole, (0, []))
    names = [_name(head) for head in heads]
    for number, cells in whole:
        given = {
            name: _QUOTED.sub("", cell, count=1) for name, cell in zip(names, cells, strict=False) if name and cell
        }
        yield number, _item(given)


def _name(head: str) -> str:
    plain = head.strip()
    return "" if plain in FOLLOWS else HEADINGS.get(plain, plain)


def _item(given: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    kind = _code(given.get("kind", ""), "kind")
    columns = _columns(kind)
    for name, cell in given.items():
        if name in ORDER:
            found[name] = _value(name, cell)
        elif name in columns:
            column = columns[name]
            found.setdefault("facts", {})[column.name] = _day(cell) if column.type == "date" else cell
        else:
            found[name] = cell
    return {**found, "kind": kind}


def _value(name: str, cell: str) -> Any:
    if name in {"theme", "genre", "level", "language", "state"}:
        return _code(cell, name)
    if name == "disclosure_class":
        return _FORMER.get(cell, _code(cell, name))
    if name in DATES:
        return _day(cell)
    if name in {"facts", "attachments"}:
        try:
            return json.loads(cell)
        except ValueError:
            return cell
    if name == "joint_party":
        return cell in {"True", "true", "是", "1"}
    if name == "relations":
        return [_relation(one) for one in re.split(r"[；;\n]", cell) if one.strip()]
    if name in _LISTS:
        return [_code(one.strip(), name) for one in re.split(r"[；;、,，\n]", cell) if one.strip()]
    return cell


def _code(cell: str, name: str) -> str:
    """The code that a word is the label of; a code, or what is neither, stays as it is."""
    return _codes().get(name, {}).get(cell, cell)


@cache
def _codes() -> Mapping[str, Mapping[str, str]]:
    """Of each column of words the code of every label: made once, not for each cell of a long table."""
    labels = {
        "kind": {one.code: one.label for one in declared.kinds().values()},
        "theme": declared.themes(),
        "genre": declared.genres(),
        "level": dict(Level.choices()),
        "language": dict(Language.choices()),
        "state": dict(State.choices()),
        "disclosure_class": dict(DisclosureClass.choices()),
        "tags": declared.features(),
        "audience": dict(Audience.choices()),
        "relation": dict(RelationKind.choices()),
    }
    # Of two codes with one label the first.
    return {name: {label: code for code, label in reversed(list(table.items()))} for name, table in labels.items()}


@cache
def _columns(kind: str) -> Mapping[str, declared.Field]:
    """The columns of a kind beside those that all have, by label and by name."""
    fields = declared.kinds()[kind].fields if kind in declared.kinds() else ()
    return {word: one for one in fields for word in (one.label, one.name)}


def _day(cell: str) -> str:
    match = _DAY.match(cell)
    if match is None:
        return cell
    try:
        return date(*(int(part) for part in match.groups())).isoformat()
    except ValueError:
        return cell


def _relation(text: str) -> dict[str, str]:
    word, _gap, named = re.sub(r"[：:\s　]", " ", text.strip(), count=1).partition(" ")
    return {"kind": _code(word, "relation"), "target": named.strip()}
