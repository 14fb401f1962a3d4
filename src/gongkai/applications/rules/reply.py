"""Art. 36: what a reply says. The sentences are data (`data/letters.yaml`); here they are put together. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from gongkai.kernel.written import from_yaml
from gongkai.papers.rules import Paper, Paragraph
from gongkai.statutes import Decision, decision, law
from gongkai.statutes.values import UNCONFIRMED, cited

from .remedies import Forum, clause

DATA = Path(__file__).resolve().parent.parent / "data" / "letters.yaml"
LONGEST = 4000  # characters of one field
SUPPLEMENTED = "【补正】"  # stands in what is wanted before what was added to it (art. 30)
FULL_WIDTH = str.maketrans("()", "（）")
ARTICLE = re.compile(r"第\s?[〇零一二三四五六七八九十百千\d]+\s?条")
_FORMATTER = Formatter()


class Incomplete(Exception):
    """A reply that lacks what the law wants in it; `faults` maps a field to the sentence about it."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("；".join(faults.values()))
        self.faults = dict(faults)


@dataclass(frozen=True)
class Field:
    """One thing an officer must write, and which demands of the law it answers.

    `cites`: an article must stand in it; `numbers`: an account of the house may, which looks like a person's own number.
    """

    name: str
    label: str
    hint: str
    covers: tuple[str, ...]
    cites: bool = False
    numbers: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of reply: its outcome in the national table, what must be written, the sentences."""

    name: str
    label: str
    code: str
    fields: tuple[Field, ...]
    text: tuple[str, ...]
    basis: tuple[str, ...] = ()
    title: str = "政府信息公开申请答复书"

    def outcome(self, day: date) -> Decision:
        """The row of the national table, as the law stands on a day."""
        return decision(self.code, day)

    def basis_text(self, day: date) -> str:
        """The articles that this kind of reply rests on, as a letter prints them: in full-width brackets."""
        text = cited([law().cite(place) for place in self.basis]) if self.basis else self.outcome(day).basis
        return text.replace(f" {UNCONFIRMED}", "").translate(FULL_WIDTH)


@dataclass(frozen=True)
class Asked:
    """What the letter repeats of the application."""

    organ: str
    applicant: str
    received_on: date
    wanted: str
    number: str
    supplemented_on: date | None = None


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of reply, by name, in the order of the national table."""
    content: dict[str, Any] = from_yaml(DATA.read_text(encoding="utf-8"))["letters"]
    return {
        name: Kind(
            name=name,
            label=entry["label"],
            code=entry["code"],
            fields=tuple(
                Field(key, given["label"], given.get("hint", ""), tuple(given["covers"]), bool(given.get("cites")))
                for key, given in entry["fields"].items()
            ),
            text=tuple(entry["text"]),
            basis=tuple(entry.get("basis", ())),
            **({"title": entry["title"]} if "title" in entry else {}),
        )
        for name, entry in content.items()
    }


def complete(kind: Kind, contents: Mapping[str, str], *, issued: bool = False) -> dict[str, str]:
    """What was written, trimmed; Incomplete when something that the law wants is missing or far too long.

    `issued`: it stands in a letter already, in which nothing is looked for that was asked for later: an article.
    """
    given = {field.name: str(contents.get(field.name, "")).strip() for field in kind.fields}
    faults = {}
    for field in kind.fields:
        if not given[field.name]:
            faults[field.name] = f"请填写{field.label}：“{kind.label}”的答复书应当载明。"
        elif sentence := too_long(field, given[field.name]):
            faults[field.name] = sentence
        elif field.cites and not issued and not ARTICLE.search(given[field.name]):
            faults[field.name] = (
                f"请在{field.label}中写明是哪一条，例如“条例第十五条”：“{kind.label}”的答复书应当载明。"
            )
    if faults:
        raise Incomplete(faults)
    return given


def too_long(field: Field, text: str) -> str:
    """The sentence about a text that is too long for a letter; empty when it is not."""
    return f"{field.label}共 {len(text)} 字，最多 {LONGEST} 字。请把长的内容作为附件。" if len(text) > LONGEST else ""


def letter(
    kind: Kind, contents: Mapping[str, str], asked: Asked, *, number: str, signed_on: date, where: Forum
) -> Paper:
    """The whole reply as a paper in the official layout. Raises Incomplete."""
    given = complete(kind, contents, issued=True)
    words = {**given, "basis": kind.basis_text(signed_on), "wanted": _wanted(asked)}
    body = [_opening(asked), *(fill(sentence, words) for sentence in kind.text)]
    if contents.get("redactions"):
        body.append(f"随附文件中不予公开的内容已作遮盖：{contents['redactions']}。")
    itself = "告知书" if kind.title.endswith("告知书") else "答复书"
    body.append(clause(kind.code, signed_on, where, paper=itself))
    return Paper(
        organ=asked.organ,
        number=number,
        title=kind.title,
        addressee=asked.applicant,
        body=tuple(Paragraph(line) for text in body for line in text.splitlines() if line.strip()),
        signed_on=signed_on,
    )


def fill(sentence: str, words: Mapping[str, str]) -> str:
    """A sentence with its {names} filled in, and with a full stop."""
    text = filled(sentence, words)
    return text if text.endswith(("。", "！", "？", "；", "\n", ")", "）")) else f"{text}。"


def filled(text: str, words: Mapping[str, str]) -> str:
    """A text with its {names} filled in one pass: braces in what was filled in stay as they are."""
    parts = []
    for literal, name, _spec, _conversion in _FORMATTER.parse(text):
        parts.append(literal)
        if name is not None:
            parts.append(words[name])
    return "".join(parts)


def _opening(asked: Asked) -> str:
    """Which application it is: when it came in, when it was supplemented (the limit runs from then), what is wanted."""
    later = f"您（单位）的补正材料于{_day(asked.supplemented_on)}收到。" if asked.supplemented_on else ""
    return (
        f"您（单位）提出的政府信息公开申请（编号：{asked.number}），本机关于{_day(asked.received_on)}收到。{later}"
        f"您（单位）要求获取：{_wanted(asked)}"
    )


def _wanted(asked: Asked) -> str:
    first, *more = (part.strip() for part in asked.wanted.split(SUPPLEMENTED))
    return "".join([first, *(f"（补正为：{part}）" for part in more)])


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
