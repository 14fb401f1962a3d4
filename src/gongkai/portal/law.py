"""The law in the words of pages: each placeholder of a content file or template becomes what is in force on a day.

Content writes `{reply_limit}` (20个工作日), `{reply_limit.cite}` (第三十三条第二款), `{reply_limit.number}`,
`{proactive_items.count}` or `{statutes.fee_rules.number}`; a template writes `{% law "reply_limit" as reply %}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gongkai.kernel.written import from_yaml
from gongkai.statutes import Cite, LawError, UnknownParameter, Value, in_force, law
from gongkai.statutes.units import label_of

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
TAG = re.compile(r"\{%\s*law \"([^\"]*)\"")
STATUTES = "statutes"
OF_STATUTE = ("title", "number", "since")
TEMPLATES = Path(__file__).parent / "templates"
UNITS_EN = {"working_days": "working day", "days": "day", "months": "month", "years": "year", "yuan": "yuan"}
MONTHS_EN = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
             "November", "December")  # fmt: skip


@dataclass(frozen=True)
class Said:
    """A value of the law as a page says it, in Chinese or English."""

    value: Value
    english: bool = False

    @property
    def text(self) -> str:
        """The number with its unit, marked when nobody has confirmed it or the house has set it."""
        return self.amount + self.mark

    @property
    def amount(self) -> str:
        """The number with its unit."""
        match self.value.unit:
            case "month_day":
                month, day = map(int, self.value.text.split("-"))
                return f"{day} {MONTHS_EN[month - 1]}" if self.english else f"{month}月{day}日"
            case "day":
                return _day(self.value.day, english=self.english)
            case "text":
                return self.value.text
        return f"{self.number} {self.unit}" if self.english else f"{self.number}{self.unit}"

    @property
    def number(self) -> int:
        """The bare number, where its unit stands apart."""
        return self.value.integer

    @property
    def unit(self) -> str:
        """The unit in words."""
        if not self.english:
            return label_of(self.value.unit)
        word = UNITS_EN[self.value.unit]
        return word if self.number == 1 or word == "yuan" else f"{word}s"

    @property
    def mark(self) -> str:
        """What a reader must know about a number that the law itself does not settle."""
        if self.value.reason:
            return " (set by this organ)" if self.english else "（本单位设定）"
        if all(cite.confirmed for cite in self.value.cites):
            return ""
        return " (unconfirmed)" if self.english else "（未经核实）"

    @property
    def cite(self) -> str:
        """The places in the statute that settles it: 第三十三条第二款, or article 33(2)."""
        places = [cite for cite in self.value.cites if cite.statute == self.value.cite.statute]
        if self.english:
            return f"article{'s' if len(places) > 1 else ''} {', '.join(map(_place, places))}"
        return "、".join(cite.place for cite in places)

    @property
    def article(self) -> str:
        """The number of the article alone, for English tables."""
        return ", ".join(dict.fromkeys(str(cite.article) for cite in self.value.cites))

    @property
    def since(self) -> str:
        """The day from which it runs."""
        return _day(self.value.since, english=self.english)

    @property
    def count(self) -> int:
        """How many entries a list or table has."""
        return len(self.value.value)


FORMS = ("text", "amount", "number", "unit", "cite", "article", "since", "count")


def said(name: str, day: date, *, english: bool = False) -> Said:
    """A parameter as in force on a day, ready to be said."""
    return Said(in_force(name, day), english)


def fill(text: str, day: date, *, english: bool = False) -> str:
    """The text with every placeholder replaced; `LawError` names one that does not stand for anything."""
    return PLACEHOLDER.sub(lambda found: _filled(found.group(1), day, english=english), text)


def fill_all(content: Any, day: date, *, english: bool = False) -> Any:
    """Every text of a content file filled, and every scale of fees written out as a table."""
    if isinstance(content, str):
        return fill(content, day, english=english)
    if isinstance(content, list | tuple):
        return [fill_all(part, day, english=english) for part in content]
    if not isinstance(content, dict):
        return content
    if "scale" in content:
        return {"table": _scale(content["scale"], day)}
    return {key: fill_all(part, day, english=english) for key, part in content.items()}


def problems(folder: Path, day: date) -> Iterator[str]:
    """Placeholders of content files and templates that stand for nothing, each with where it stands."""
    for path in sorted(folder.glob("*.yaml")):
        for text in _texts(from_yaml(path.read_text(encoding="utf-8"))):
            for wanted in PLACEHOLDER.findall(text):
                yield from _problem(f"{path.name}: {{{wanted}}}", wanted, day)
    for path in sorted(TEMPLATES.rglob("*.html")):
        for wanted in TAG.findall(path.read_text(encoding="utf-8")):
            yield from _problem(f"{path.name}: law {wanted!r}", f"{wanted}.since", day)


def _texts(content: Any) -> Iterator[str]:
    """Every text of a content file; the parameters that a scale names count as placeholders."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, list):
        for part in content:
            yield from _texts(part)
    elif isinstance(content, dict):
        for key, part in content.items():
            yield from (f"{{{part[name]}.count}}" for name in ("of", "step") if key == "scale" and name in part)
            yield from _texts(part)


def _problem(where: str, wanted: str, day: date) -> Iterator[str]:
    try:
        _filled(wanted, day, english=False)
    except LawError as error:
        yield f"{where}: {error}"


def _filled(wanted: str, day: date, *, english: bool) -> str:
    name, _dot, form = wanted.strip().partition(".")
    if name == STATUTES:
        return _of_statute(form, day, english=english)
    value = in_force(name, day)
    key, _dot, last = form.rpartition(".")
    if key:
        if key not in value.table:
            raise LawError(f"{name} has no entry {key!r}; it has {', '.join(value.table)}.")
        return str(len(value.table[key]))
    if last and last not in FORMS:
        raise LawError(f"{name} cannot be said as {last!r}; it can as {', '.join(FORMS)}.")
    if not last and value.unit in {"flag", "list", "table"}:
        raise LawError(f"{name} is a {value.unit}, which no sentence can hold; say which part of it.")
    return str(getattr(Said(value, english), last or "text"))


def _of_statute(wanted: str, day: date, *, english: bool) -> str:
    key, _dot, part = wanted.partition(".")
    statute = law().statutes.get(key)
    if statute is None or part not in OF_STATUTE:
        raise UnknownParameter(f"{STATUTES}.{wanted}", [f"{STATUTES}.disclosure_regulation.{x}" for x in OF_STATUTE])
    if not statute.runs_on(day):
        raise LawError(f"{statute.title} ran from {statute.since} to {statute.until}; cite what replaced it.")
    if part == "since":
        return _day(statute.since, english=english) if statute.since else "—"
    return str(getattr(statute, part))


def _scale(names: dict[str, str], day: date) -> dict[str, Any]:
    """One scale of fees, step by step: what lies in a step costs the price of that step."""
    value = in_force(names["of"], day)
    unit = names["unit"]
    rows: list[list[str]] = []
    for step in value.items:
        above, up_to, yuan = step["above"], step["up_to"], step["yuan"]
        part = f"第{above + 1}{unit}起" if up_to is None else f"第{above + 1}至{up_to}{unit}"
        rows.append([part, f"每{unit}{yuan}元" if yuan else "不收"])
    if "step" in names:
        more = in_force(names["step"], day).table
        first = value.items[-1]["up_to"] + 1
        price = f"每{more['items']}{unit}一档，每{unit}的收费逐档再加{more['yuan']}元"
        rows.append([f"第{first}{unit}起", price])
    caption = f"{names['caption']}（{Said(value).cite}）{Said(value).mark}"
    return {"caption": caption, "head": ["数量", "收费"], "rows": rows}


def _place(cite: Cite) -> str:
    return f"{cite.article}" + "".join(f"({part})" for part in (cite.paragraph, cite.item) if part)


def _day(day: date, *, english: bool) -> str:
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}" if english else f"{day.year}年{day.month}月{day.day}日"
