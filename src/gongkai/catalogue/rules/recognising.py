"""What a document tells of itself: title, number, organ, day, genre; proposals for a person to confirm. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gongkai.statutes import in_force

from . import declared, numbers

_NUMBER = re.compile(r"[一-龥]{1,12}[\[（(〔［【]\s*\d{4}\s*[\]）)〕］】]\s*\d{1,6}\s*号")
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_CHINESE_DAY = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_EFFECTIVE = re.compile(r"自(\d{4})年(\d{1,2})月(\d{1,2})日起(?:施行|实施|执行)")
_EXPIRES = re.compile(r"有效期至(\d{4})年(\d{1,2})月(\d{1,2})日")
_REPEALS = re.compile(r"《([^《》]{2,80})》(?:[（(][^）)]{2,40}[）)])?同时废止")
_KINDS = (
    ("interpretation", ("政策解读", "解读")),
    ("personnel", ("任免", "任职", "免职", "任命")),
    ("budget", ("预算",)),
    ("final_account", ("决算",)),
    ("plan", ("规划", "工作要点", "行动计划")),
    ("announcement", ("公告", "通告", "公示")),
)
_HEAD = 12  # lines in which a title and a number stand
_LONGEST_TITLE = 120


def proposal(lines: Sequence[str], *, name: str, organs: Mapping[str, str], today: date) -> dict[str, Any]:
    """What the lines of a document say, in the interchange form, as a draft. `organs` gives the code of each full name.

    What is not found is left out; `key` names the file, so that the same folder proposes the same items.
    """
    text = "\n".join(line.strip() for line in lines if line.strip())
    whole = text.split("\n") if text else []
    number = next(filter(None, map(_number, whole[:_HEAD])), "")
    title = _title(whole, name)
    found: dict[str, Any] = {
        "kind": _kind(title, number, today),
        "title": title,
        "document_number": number,
        "issuing_organ": _organ(whole, organs),
        "genre": _genre(title),
        "signed_on": _signed(whole),
        "effective_on": _first(_EFFECTIVE, text),
        "expires_on": _first(_EXPIRES, text),
        "body": "\n".join(
            line for line in whole if (line != title and _number(line) != number) or (not number and line != title)
        ),
        "relations": [{"kind": "repeals", "target": one} for one in dict.fromkeys(_REPEALS.findall(text))],
        "state": "drafting",
        "key": f"file-{name}"[:120],
    }
    return {key: value for key, value in found.items() if value not in (None, "", [])}


def _number(line: str) -> str:
    match = _NUMBER.search("".join(line.split()))
    parsed = numbers.parse(match[0]) if match else None
    return parsed.text if parsed else ""


def _title(lines: Sequence[str], name: str) -> str:
    """The first line of the head that reads as a title; lines broken before its end are joined; else the file's name."""
    joined = ""
    for line in lines[:_HEAD]:
        if _number(line) or line.endswith(("文件", "：", ":", "。")):
            joined = ""
            continue
        joined += line
        if len(joined) > _LONGEST_TITLE:
            break
        if _genre(joined) != "other":
            return joined
    return re.sub(r"\.[A-Za-z]{2,5}$", "", name)[:_LONGEST_TITLE]


def _genre(title: str) -> str:
    """By the word that a title ends with."""
    plain = re.sub(r"[（(][^（）()]*[）)]$", "", title)
    endings = {label.split("（")[0]: code for code, label in declared.genres().items() if code != "other"}
    return next((code for word, code in endings.items() if plain.endswith(word)), "other")


def _kind(title: str, number: str, today: date) -> str:
    prefixes = in_force("normative_document_prefixes", today).items
    if any(number.startswith(word) for word in prefixes):
        return "normative_document"
    return next((kind for kind, words in _KINDS if any(word in title for word in words)), "other_document")


def _organ(lines: Sequence[str], organs: Mapping[str, str]) -> str:
    """The organ that signs at the foot, else the one at the head."""
    for line in [*reversed(lines[-6:]), *lines[:3]]:
        named = [name for name in organs if name in line]
        if named:
            return organs[max(named, key=len)]
    return ""


def _signed(lines: Sequence[str]) -> str | None:
    """The day at the foot."""
    for line in reversed(lines[-6:]):
        plain = "".join(line.split())
        if match := _DAY.search(plain):
            return _iso(*(int(part) for part in match.groups()))
        if match := _CHINESE_DAY.search(plain):
            year = int("".join(str("〇一二三四五六七八九".index(one.translate(_NOUGHT))) for one in match[1]))
            return _iso(year, _small(match[2]), _small(match[3]))
    return None


_NOUGHT = str.maketrans("零○", "〇〇")


def _small(text: str) -> int:
    """一 to 三十一."""
    tens, _ten, ones = text.rpartition("十")
    units = "〇一二三四五六七八九".index(ones) if ones else 0
    if "十" not in text:
        return units
    return ("〇一二三四五六七八九".index(tens) if tens else 1) * 10 + units


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return _iso(*(int(part) for part in match.groups())) if match else None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
