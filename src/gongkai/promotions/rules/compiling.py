"""A year's cases as a paper. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.papers.rules import Paper, Paragraph


@dataclass(frozen=True)
class Told:
    """One case as everybody may read it."""

    question: str
    outcome: str
    articles: str
    lesson: str


def title(year: int) -> str:
    """What the compilation of a year is called."""
    return f"{year}年依申请公开典型案例"


def paper(rows: Sequence[Told], *, year: int, organ: str, on: date) -> Paper:
    """The compilation in the layout of official papers."""
    body: list[Paragraph] = []
    for place, row in enumerate(rows, 1):
        body += [
            Paragraph(f"案例{place}", 1),
            Paragraph(f"申请情况：{row.question}"),
            Paragraph(f"办理结果：{row.outcome}。"),
            Paragraph(f"依据：{row.articles}。"),
            Paragraph(f"办理与启示：{row.lesson}"),
        ]
    return Paper(organ, "", title(year), "", tuple(body), on)
