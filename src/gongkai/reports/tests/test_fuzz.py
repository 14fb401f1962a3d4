"""Layouts changed at random: the reader never fails, and never changes a figure without saying so.

GONGKAI_FUZZ names how many changed texts are read: 2,000 in CI (once: no database is asked), fewer on a desk.
"""

import os
from functools import cache
from random import Random

import pytest

from gongkai.reports.enums import Relation
from gongkai.reports.reading.files import open_document
from gongkai.reports.reading.model import Figure, Reading
from gongkai.reports.reading.read import read_text
from gongkai.reports.rules.check import check
from gongkai.reports.rules.finding import Finding
from gongkai.reports.tests.dirt import make_report, render
from gongkai.reports.tests.mutations import mutate
from gongkai.reports.tests.test_truth import SEEDS, TABLES

BATCHES = 20
WHOLE = 1_200 if os.environ.get("CI") and not os.environ.get("DATABASE_URL") else 600
MANY = int(os.environ.get("GONGKAI_FUZZ", WHOLE))
LAYOUTS = ("cells_by_line", "tabs", "markdown", "pdf_lines")
ARITHMETIC = frozenset({Relation.R1, Relation.R2, Relation.R3, Relation.R4, Relation.R9})
Place = tuple[str, str, str]


@cache
def texts() -> tuple[str, ...]:
    """The layouts to change: the seeds where they are, each report for itself, and made ones."""
    names = sorted({table["seed"] for table in TABLES.values()})
    seeds = [open_document(SEEDS / name).text for name in names if (SEEDS / name).is_file()]
    own = [text[r.span.start : r.span.end] for text in seeds for r in read_text(text)]
    made = [
        render(make_report(Random(seed)), layout, dirts, Random(seed))
        for seed in range(3)
        for layout in LAYOUTS
        for dirts in ([], ["zero_blank"])
    ]
    return (*own, *(text for text in made if isinstance(text, str)))


@cache
def original(at: int) -> Reading:
    (reading,) = read_text(texts()[at])
    return reading


def cells(reading: Reading) -> dict[Place, Figure]:
    tables = (("two", reading.two), ("three", reading.three), ("four", reading.four))
    return {
        (name, str(row), str(column)): figure
        for name, table in tables
        for row, columns in table.items()
        for column, figure in columns.items()
    }


def changed(reading: Reading, before: Reading) -> list[str]:
    """Figures that were read, and not as they stand in the original."""
    printed = {place: figure.value or 0 for place, figure in cells(before).items() if figure.state != "unread"}
    return [
        f"{place}: {printed[place]} read as {figure.value}"
        for place, figure in cells(reading).items()
        if figure.state != "unread" and place in printed and (figure.value or 0) != printed[place]
    ]


def says_so(reading: Reading, before: Reading) -> bool:
    """Whether the reading names something it could not place, or a sum of the form no longer holds."""
    known = {_place(f) for f in check(before) if not f.holds}
    new = [f for f in check(reading) if not f.holds and f.relation in ARITHMETIC and _place(f) not in known]
    printed = {unread.text for unread in before.unread}
    return bool(new) or any(unread.text and unread.text not in printed for unread in reading.unread)


def _place(finding: Finding) -> tuple[str, str]:
    where = {key: value for key, value in finding.where.items() if key != "place"}
    return (finding.relation.value, str(sorted(where.items())))


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_change_of_layout_changes_a_figure_in_silence(batch: int) -> None:
    silent: dict[int, list[str]] = {}
    for seed in range(batch, MANY, BATCHES):
        rng = Random(seed)
        at = rng.randrange(len(texts()))
        for reading in read_text(mutate(texts()[at], rng)):
            before = original(at)
            if (reading.organ, reading.year) != (before.organ, before.year):
                continue
            wrong = changed(reading, before)
            if wrong and not says_so(reading, before):
                silent[seed] = wrong[:3]
    assert silent == {}
