"""Art. 36: what a reply says. The sentences are data (`data/letters.yaml`); here they are put together. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from gongkai.papers.rules import Paper, Paragraph
from gongkai.statutes import Decision, decision, in_force, law
from gongkai.statutes.values import UNCONFIRMED, cited

DATA = Path(__file__).resolve().parent.parent / "data" / "letters.yaml"
LONGEST = 4000  # characters of one field
FULL_WIDTH = str.maketrans("()", "（）")
_FORMATTER = Formatter()


class Incomplete(Exception):
    """A reply that lacks what the law wants in it; `faults` maps a field to the sentence about it."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("；".join(faults.values()))
        self.faults = dict(faults)


@dataclass(frozen=True)
class Field:
    """One thing an officer must write, and which demands of the law it answers."""

    name: str
    label: str
    hint: str
    covers: tuple[str, ...]


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
class Remedy:
    """The clause on remedies: to which authority, before which court, and whether review must come first."""

    authority: str
    court: str
    review_first: bool
    text: str


@dataclass(frozen=True)
class Asked:
    """What the letter repeats of the application."""

    organ: str
    applicant: str
    received_on: date
    wanted: str
    number: str


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of reply, by name, in the order of the national table."""
    content: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))["letters"]
    return {
        name: Kind(
            name=name,
            label=entry["label"],
            code=entry["code"],
            fields=tuple(
                Field(key, given["label"], given.get("hint", ""), tuple(given["covers"]))
                for key, given in entry["fields"].items()
            ),
            text=tuple(entry["text"]),
            basis=tuple(entry.get("basis", ())),
            **({"title": entry["title"]} if "title" in entry else {}),
        )
        for name, entry in content.items()
    }


def complete(kind: Kind, contents: Mapping[str, str]) -> dict[str, str]:
    """What was written, trimmed; Incomplete when something that the law wants is missing or far too long."""
    given = {field.name: str(contents.get(field.name, "")).strip() for field in kind.fields}
    faults = {}
    for field in kind.fields:
        if not given[field.name]:
            faults[field.name] = f"请填写{field.label}：“{kind.label}”的答复书应当载明。"
        elif sentence := too_long(field, given[field.name]):
            faults[field.name] = sentence
    if faults:
        raise Incomplete(faults)
    return given


def too_long(field: Field, text: str) -> str:
    """The sentence about a text that is too long for a letter; empty when it is not."""
    return f"{field.label}共 {len(text)} 字，最多 {LONGEST} 字。请把长的内容作为附件。" if len(text) > LONGEST else ""


def remedy(code: str, day: date, *, authority: str) -> Remedy:
    """The clause for an outcome on a day: 60 days to the reviewing authority, first where the law says first."""
    first = code in in_force("remedy_by_result", day).table["reconsideration_first"]
    court = in_force("administrative_court", day).text
    days = in_force("reconsideration_limit", day).integer
    if first:
        after = in_force("litigation_after_reconsideration_limit", day).integer
        text = (
            f"如不服本答复，应当自收到本答复书之日起{days}日内先向{authority}申请行政复议；对行政复议决定不服的，"
            f"可以自收到行政复议决定书之日起{after}日内向{court}提起行政诉讼。"
        )
    else:
        months = in_force("litigation_direct_limit", day).integer
        text = (
            f"如不服本答复，可以自收到本答复书之日起{days}日内向{authority}申请行政复议，"
            f"或者自收到本答复书之日起{months}个月内向{court}提起行政诉讼。"
        )
    return Remedy(authority, court, first, text)


def letter(
    kind: Kind, contents: Mapping[str, str], asked: Asked, *, number: str, signed_on: date, authority: str
) -> Paper:
    """The whole reply as a paper in the official layout. Raises Incomplete."""
    given = complete(kind, contents)
    words = {**given, "basis": kind.basis_text(signed_on), "wanted": asked.wanted}
    day = f"{asked.received_on.year}年{asked.received_on.month}月{asked.received_on.day}日"
    opening = (
        f"您（单位）提出的政府信息公开申请（编号：{asked.number}），本机关于{day}收到。"
        f"您（单位）要求获取：{asked.wanted}"
    )
    body = [opening, *(fill(sentence, words) for sentence in kind.text)]
    if contents.get("redactions"):
        body.append(f"随附文件中不予公开的内容已作遮盖：{contents['redactions']}。")
    body.append(remedy(kind.code, signed_on, authority=authority).text)
    return Paper(
        organ=asked.organ,
        number=number,
        title=kind.title,
        addressee=asked.applicant,
        body=tuple(Paragraph(line) for text in body for line in text.splitlines() if line.strip()),
        signed_on=signed_on,
    )


def fill(sentence: str, words: Mapping[str, str]) -> str:
    """A sentence with its {names} filled in one pass: braces in what was filled in stay as they are."""
    parts = []
    for literal, name, _spec, _conversion in _FORMATTER.parse(sentence):
        parts.append(literal)
        if name is not None:
            parts.append(words[name])
    text = "".join(parts)
    return text if text.endswith(("。", "！", "？", "；", "\n", ")", "）")) else f"{text}。"
