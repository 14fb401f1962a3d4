"""The papers of a case other than its reply: what each says. The sentences are data (`data/notices.yaml`). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.kernel.labelled import Labelled
from gongkai.kernel.written import from_yaml
from gongkai.papers.rules import Paper, Paragraph, Row, Slip
from gongkai.statutes import law
from gongkai.statutes.values import UNCONFIRMED, cited

from .remedies import Forum, clause
from .reply import FULL_WIDTH, Field, Incomplete, fill, filled, too_long

DATA = Path(__file__).resolve().parent.parent / "data" / "notices.yaml"
SLIP_LONGEST = 40  # characters


class Addressee(Labelled):
    """Whom a paper is written to."""

    APPLICANT = "applicant", "申请人"
    THIRD_PARTY = "third_party", "第三方"
    ORGAN = "organ", "机关"


@dataclass(frozen=True)
class Notice:
    """One kind of paper: its title, to whom, its articles, what must be written, the sentences.

    `remedy_of`: the outcome whose clause on remedies it carries; "" for the papers of procedure, which carry none.
    `against`: what the clause is against, and what the paper calls itself.
    """

    name: str
    place: str
    label: str
    title: str
    to: Addressee
    basis: tuple[str, ...]
    fields: tuple[Field, ...]
    text: tuple[str, ...]
    remedy_of: str = ""
    against: tuple[str, str] = ("答复", "答复书")
    slip: str = ""  # the paper on which it is answered, a page of its own behind it
    rows: tuple[Row, ...] = ()  # of a slip: what is asked there
    online: str = ""  # what is added where it can be answered on the portal: {place} and {code}

    @property
    def basis_text(self) -> str:
        """The articles as a letter prints them."""
        text = cited([law().cite(place) for place in self.basis])
        return text.replace(f" {UNCONFIRMED}", "").translate(FULL_WIDTH)


@cache
def notices() -> Mapping[str, Notice]:
    """Every kind of paper but the replies, by name."""
    content: dict[str, Any] = from_yaml(DATA.read_text(encoding="utf-8"))["notices"]
    return {
        name: Notice(
            name=name,
            place=entry["place"],
            label=entry["label"],
            title=entry["title"],
            to=Addressee(entry["to"]),
            basis=tuple(entry["basis"]),
            fields=tuple(
                Field(key, given["label"], given.get("hint", ""), (), numbers=bool(given.get("numbers")))
                for key, given in entry.get("fields", {}).items()
            ),
            text=tuple(entry["text"]),
            remedy_of=entry.get("remedy", ""),
            **({"against": tuple(entry["against"])} if "against" in entry else {}),
            online=entry.get("online", ""),
            slip=entry.get("slip", ""),
            rows=tuple(Row(**row) for row in entry.get("rows", ())),
        )
        for name, entry in content.items()
    }


def complete(notice: Notice, contents: Mapping[str, str]) -> dict[str, str]:
    """What was written, trimmed. Raises `Incomplete`, field by field."""
    given = {field.name: str(contents.get(field.name, "")).strip() for field in notice.fields}
    faults = {name: sentence for field in notice.fields for name, sentence in _fault(notice, field, given[field.name])}
    if faults:
        raise Incomplete(faults)
    return given


def _fault(notice: Notice, field: Field, text: str) -> list[tuple[str, str]]:
    if not text:
        return [(field.name, f"请填写{field.label}：{notice.label}应当写明（{notice.basis_text}）。")]
    sentence = too_long(field, text)
    return [(field.name, sentence)] if sentence else []


def paper(
    notice: Notice, contents: Mapping[str, str], *, organ: str, number: str, addressee: str, on: date, where: Forum
) -> Paper:
    """The paper in the official layout; `contents` holds what was written and what the case gave."""
    words = {**contents, "basis": notice.basis_text, "letter": number}
    slip = _slip(notices()[notice.slip], words) if notice.slip else None
    body = [fill(sentence, words) for sentence in notice.text]
    if notice.online and words.get("code"):
        body.append(fill(notice.online, words))
    if notice.remedy_of:
        against, itself = notice.against
        body.append(clause(notice.remedy_of, on, where, against=against, paper=itself))
    return Paper(
        organ=organ,
        number=number,
        title=notice.title,
        addressee=addressee,
        body=tuple(Paragraph(line) for text in body for line in text.splitlines() if line.strip()),
        signed_on=on,
        slip=slip,
    )


def _slip(notice: Notice, words: Mapping[str, str]) -> Slip:
    rows = tuple(Row(row.label, _shortened(filled(row.text, words)), row.lines) for row in notice.rows)
    return Slip(notice.title, rows, tuple(fill(sentence, words) for sentence in notice.text))


def _shortened(text: str) -> str:
    """What fits on one page with the rest of the slip; the whole stands in the paper before it."""
    return text if len(text) <= SLIP_LONGEST else f"{text[:SLIP_LONGEST]}……（全文见征求意见书）"
