"""Rows composed from declared patterns: no clock, no chance, no tables. The same declaration gives the same rows.

Every choice is a digest of where it stands (pattern, number of the row, name of the slot), so that a pattern added or
changed leaves the rows of the others as they were.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]
_RANGE = re.compile(r"\{(\w+):(\d+)\.\.(\d+)\}")
_SLOT = re.compile(r"\{(\w+?)(?::\d+\.\.\d+)?\}")
_POOL = re.compile(r"([a-z_]+?)(\d?)")
_HAN = "〇一二三四五六七八九十"
_COUNTED = re.compile(rf"(第[{_HAN}]条)|([{_HAN}]、)|(\d )")
STREETS_FROM = "ouyang-road"  # the first of the sub-district offices in the table of organs
IN_THE_MAKING = frozenset({"drafting", "submitted", "in_review", "scheduled"})
UNPUBLISHED = IN_THE_MAKING | {"filed"}
SATURDAY = 5
YEARS_APART = 4  # between a document and the one that repeals it


def compose(declared: Mapping[str, Any]) -> list[Row]:
    """All rows of a declaration, in the order of its patterns."""
    table = _Table(declared)
    for pattern in declared["patterns"]:
        table.add(pattern)
    return [row for rows in table.made.values() for row in rows]


def chosen(count: int, *where: object) -> int:
    """A number below `count` that depends on nothing but where it is asked for."""
    told = "\x1f".join(str(part) for part in where).encode()
    return int.from_bytes(hashlib.blake2b(told, digest_size=8).digest(), "big") % count


@dataclass
class _Table:
    """What has been composed so far: titles and numbers taken, rows by pattern."""

    declared: Mapping[str, Any]
    made: dict[str, list[Row]] = field(default_factory=dict)
    bases: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)
    serials: Counter[str] = field(default_factory=Counter)
    count: int = 0

    def add(self, pattern: Mapping[str, Any]) -> None:
        """Compose the rows of one pattern."""
        rows: list[Row] = []
        values: list[dict[str, str]] = []
        self.made[pattern["name"]], self.bases[pattern["name"]] = rows, values
        tries = iter(range(pattern["count"] * 30))
        while len(rows) < pattern["count"]:
            slots = _Slots(self.declared, pattern, next(tries))
            earlier = rows[-1] if pattern.get("pairs") and len(rows) % 2 else None
            base = (
                (self.made[pattern["of"]][len(rows)], self.bases[pattern["of"]][len(rows)]) if "of" in pattern else None
            )
            row = self._row(pattern, slots, earlier, base)
            if row["title"] in self.titles:
                continue
            self.titles.add(row["title"])
            self.count += 1
            if pattern.get("number"):
                row["document_number"] = self._number(pattern["number"], slots)
            row["key"] = f"{pattern['name']}-{len(rows) + 1:03}"
            rows.append(row)
            values.append(slots.fixed)

    def _row(
        self, pattern: Mapping[str, Any], slots: _Slots, earlier: Row | None, base: tuple[Row, dict[str, str]] | None
    ) -> Row:
        state = self._state(pattern)
        made_later = state.get("state") in IN_THE_MAKING
        slots.settle(self.declared["making"] if made_later else None, earlier, base)
        signed = slots.signed_on(pattern, late=made_later, base=base)
        slots.month(signed)
        row: Row = {
            **{name: pattern[name] for name in ("kind", "genre", "theme") if name in pattern},
            **{name: list(pattern.get(name, ())) for name in ("tags", "audience")},
            "issuing_organ": slots.fixed["code"],
            "level": "subdistrict" if slots.street else "district",
            "signed_on": signed.isoformat(),
            "published_on": None if state.get("state") in UNPUBLISHED else _working(signed, slots.number("lag", 2, 12)),
            "state": "published",
            **state,
        }
        if "term" in pattern:
            row |= slots.term(pattern["term"], signed)
        row["title"] = slots.fill(pattern["title"])
        row["relations"] = []
        if earlier is not None:
            row["title"] += f"（{slots.fixed['year']}年修订）"
            row["relations"] = [{"kind": "repeals", "target": earlier["title"]}]
        elif base is not None:
            row["relations"] = [{"kind": "interprets", "target": base[0]["title"]}]
        row |= {
            "summary": slots.fill(pattern["summary"]),
            "keywords": [slots.fill(word) for word in pattern.get("keywords", ())],
            "facts": {name: slots.fill(str(value)) for name, value in pattern.get("facts", {}).items()},
            "attachments": [
                {name: slots.fill(text) for name, text in paper.items()} for paper in pattern.get("attachments", ())
            ],
            "body": "\n".join(_renumbered(slots.paragraphs(pattern))),
        }
        return row

    def _state(self, pattern: Mapping[str, Any]) -> Row:
        """The state of the next row; what relations lead to stays published."""
        if pattern.get("pairs") or "of" in pattern:
            return {}
        for one in self.declared["states"]:
            if self.count % one["every"] == one["every"] - 1:
                row = {"state": one["state"], "reason": one["reasons"][chosen(len(one["reasons"]), self.count)]}
                if "disclosure_class" in one:
                    reasons = one["class_reasons"]
                    row |= {"disclosure_class": one["disclosure_class"]}
                    row |= {"class_reason": reasons[chosen(len(reasons), self.count)]}
                return row
        return {}

    def _number(self, form: str, slots: _Slots) -> str:
        """The next number of its series: of one organ's word in one year."""
        series = form.replace("{word}", slots.fixed["word"]).replace("{year}", slots.fixed["year"])
        self.serials[series] += 1
        return series.replace("{serial}", str(self.serials[series]))


class _Slots:
    """The values of one row: each slot is chosen once and stays."""

    def __init__(self, declared: Mapping[str, Any], pattern: Mapping[str, Any], at: int) -> None:
        self.declared, self.pattern, self.at = declared, pattern, at
        told = str(dict(pattern))
        self.ranges = {name: (int(low), int(high)) for name, low, high in _RANGE.findall(told)}
        self.fixed: dict[str, str] = {}
        self.street = False

    def settle(self, making: int | None, earlier: Row | None, base: tuple[Row, dict[str, str]] | None) -> None:
        """Who, when and about what."""
        if base is not None:
            self.fixed |= base[1] | {"base": base[0]["title"]}
        else:
            pairs = 2 if self.pattern.get("pairs") else 1
            group = self.at // pairs
            subject, code = self._matter(group)
            self.fixed |= {
                "code": code,
                "organ": self.declared["organs"][code]["name"],
                "word": self.declared["organs"][code]["word"],
                "subject": subject,
                "year": str(making or self._year(group, code)),
            }
        if earlier is not None:
            self.fixed["year"] = str(int(earlier["signed_on"][:4]) + YEARS_APART)
        self.street = self.fixed["code"] in self._streets()

    def signed_on(self, pattern: Mapping[str, Any], *, late: bool, base: tuple[Row, dict[str, str]] | None) -> date:
        """A working day of the year."""
        if base is not None:
            return date.fromisoformat(base[0]["signed_on"])
        first = date(int(self.fixed["year"]), 10 if late else 1, 8)
        low, high = (0, 40) if late else pattern.get("days", (0, 330))
        return date.fromisoformat(_working(first, self.number("signed", low, high)))

    def month(self, signed: date) -> None:
        """The months and the quarter that the text speaks of follow the day on which it was signed."""
        months = self.declared["pools"]["month"]
        self.fixed |= {f"month{n or ''}": months[(signed.month - 1 + n) % 12] for n in (0, 2, 3, 4)}
        self.fixed["quarter"] = self.declared["pools"]["quarter"][(signed.month - 1) // 3]

    def term(self, years: int, signed: date) -> Row:
        """From the first of the month after next, for its term."""
        month = signed.month + 2
        begins = date(signed.year + (month > 12), month - 12 * (month > 12), 1)
        ends = begins.replace(year=begins.year + years) - timedelta(days=1)
        self.fixed |= {"effective": _told(begins), "expires": _told(ends)}
        return {"effective_on": begins.isoformat(), "expires_on": ends.isoformat()}

    def fill(self, text: str) -> str:
        """A text with its slots filled."""
        return _SLOT.sub(lambda match: self._value(match[1]), text)

    def paragraphs(self, pattern: Mapping[str, Any]) -> Iterator[str]:
        """Some of the pattern's paragraphs in their order, each in one of its wordings; the first always."""
        places = list(range(1, len(pattern["body"])))
        last = {places[-1]} if "term" in pattern else set()
        while len(places) > pattern["take"] - 1:
            out = [place for place in places if place not in last]
            places.remove(out[chosen(len(out), pattern["name"], self.at, "leave", len(places))])
        for place in (0, *places):
            wordings = pattern["body"][place]
            # Neighbours take different wordings: what differs is spread, not left to luck.
            wording = (self.at + place * chosen(97, pattern["name"], self.at // len(wordings), place)) % len(wordings)
            yield self.fill(wordings[wording])

    def number(self, name: str, low: int, high: int) -> int:
        """A number between the two, for one slot of this row."""
        return low + chosen(high - low + 1, self.pattern["name"], self.at, name)

    def _value(self, name: str) -> str:
        if name in self.fixed:
            return self.fixed[name]
        if name in self.ranges:
            self.fixed[name] = str(self.number(name, *self.ranges[name]))
            return self.fixed[name]
        match = _POOL.fullmatch(name)
        if match is None or match[1] not in self.declared["pools"]:
            raise LookupError(f"patterns.yaml: {self.pattern['name']} asks for {{{name}}}, which nothing gives")
        pool = self.declared["pools"][match[1]]
        first = chosen(len(pool), self.pattern["name"], self.at, match[1])
        self.fixed[name] = str(pool[(first + int(match[2] or 1) - 1) % len(pool)])
        return self.fixed[name]

    def _matter(self, group: int) -> tuple[str, str]:
        """What it is about, and whose it is: told with the subject, or else one organ of the pattern after another."""
        subjects = self.pattern["subjects"]
        if isinstance(subjects, Mapping):
            return list(subjects.items())[group % len(subjects)]
        codes = self._organs()
        return subjects[group % len(subjects)], codes[group % len(codes)]

    def _organs(self) -> Sequence[str]:
        every = list(self.declared["organs"])
        streets = self._streets()
        named = self.pattern["organs"]
        groups = {"all": every, "streets": streets, "departments": [code for code in every if code not in streets]}
        return groups[named] if isinstance(named, str) else list(named)

    def _streets(self) -> list[str]:
        every = list(self.declared["organs"])
        return every[every.index(STREETS_FROM) :]

    def _year(self, group: int, code: str) -> int:
        first, last = map(int, self.pattern["years"])
        first = max(first, int(self.declared["organs"][code].get("since", first)))
        return first + (group * 5 + chosen(3, self.pattern["name"], code)) % (max(last, first) - first + 1)


def _renumbered(paragraphs: Iterator[str]) -> Iterator[str]:
    """Articles and points counted anew: some of the pattern's were left out."""
    counts: Counter[str] = Counter()
    for paragraph in paragraphs:
        match = _COUNTED.match(paragraph)
        if match is None:
            yield paragraph
            continue
        form = "article" if match[1] else "point" if match[2] else "figure"
        counts[form] += 1
        number = counts[form]
        told = {"article": f"第{_HAN[number]}条", "point": f"{_HAN[number]}、", "figure": f"{number} "}[form]
        yield told + paragraph[match.end() :]


def _working(first: date, after: int) -> str:
    day = first + timedelta(days=after)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day.isoformat()


def _told(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
