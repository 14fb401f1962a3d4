"""The analysis: subjects by their words, days and shares, and the cases behind each figure."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.applications.rules import analysis
from gongkai.applications.rules.analysis import By, Case, Measure
from gongkai.deadlines.enums import Channel
from gongkai.deadlines.rules import shipped_calendar

DAY = date
TODAY = DAY(2025, 12, 31)
CALENDAR = shipped_calendar()


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("2024年居家养老补贴发放标准", "welfare"),
        ("某地块的房屋征收补偿安置方案", "housing"),
        ("建设工程规划许可", "land"),
        ("您好", "other"),
        ("", "other"),
        ("征收土地", "housing"),  # one word of each: the first in the file
    ],
)
def test_the_subject_of_a_text(text: str, subject: str) -> None:
    assert analysis.subject_of(text) == subject


def test_no_word_speaks_for_two_subjects() -> None:
    words = [word for subject in analysis.subjects() for word in subject.words]
    assert sorted(words) == sorted(set(words))


def case(pk: int, received: date, closed: date | None = None, code: str = "G2", **changes: object) -> Case:
    facts: dict[str, object] = {
        "organ": "civil-affairs",
        "channel": Channel.INTERNET.value,
        "subject": "welfare",
        "due_on": DAY(2025, 10, 20),
    }
    return Case(pk=pk, received_on=received, closed_on=closed, code=code if closed else "", **{**facts, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "measures"),
    [
        (case(1, DAY(2025, 9, 15), DAY(2025, 9, 29)), {"received", "closed", "in_time", "granted"}),
        (case(1, DAY(2025, 9, 15), DAY(2025, 10, 20), "D4"), {"received", "closed", "in_time"}),
        (case(1, DAY(2025, 9, 15), DAY(2025, 10, 21), "P"), {"received", "closed", "late", "granted"}),
        (case(1, DAY(2025, 9, 15)), {"received", "open", "late"}),
        (case(1, DAY(2025, 12, 15), due_on=DAY(2026, 1, 13)), {"received", "open"}),
    ],
)
def test_what_a_case_counts_in(found: Case, measures: set[str]) -> None:
    assert analysis.measures_of(found, TODAY) == measures


def test_days_are_working_days_and_national_day_is_none() -> None:
    closed = [DAY(2025, 9, 16), DAY(2025, 9, 28), DAY(2025, 10, 9)]  # 1, 10 (28 September is worked) and 13
    found = analysis.line(
        "", "", [case(n, DAY(2025, 9, 15), day) for n, day in enumerate(closed)], calendar=CALENDAR, today=TODAY
    )
    assert (found.half, found.most, found.in_time) == (10.0, 13, 100.0)


@pytest.mark.parametrize(("days", "ninety"), [([5], 5), (list(range(1, 11)), 9), (list(range(1, 101)), 90)])
def test_nine_in_ten(days: list[int], ninety: int) -> None:
    assert analysis.percentile(days, 90) == ninety


CODES = ["G1", "G2", "P", "D1", "N1", "X1", "O3"]


@st.composite
def cases(draw: st.DrawFn) -> list[Case]:
    found = []
    for pk in range(draw(st.integers(0, 30))):
        received = draw(st.dates(DAY(2025, 1, 1), DAY(2025, 12, 31)))
        closed = draw(st.none() | st.dates(received, DAY(2026, 3, 1)))
        code, channel = draw(st.sampled_from(CODES)), draw(st.sampled_from(list(Channel))).value
        due, subject = draw(st.dates(received, DAY(2026, 3, 1))), draw(st.sampled_from(["welfare", "other"]))
        found.append(case(pk, received, closed, code, channel=channel, due_on=due, subject=subject))
    return found


@given(cases())
def test_every_figure_is_the_number_of_the_cases_it_opens_and_every_table_holds_all(found: list[Case]) -> None:
    for by in By:
        names = analysis.labels(by, {"civil-affairs": "区民政局"}, 2025)
        lines = analysis.lines(found, by, names, calendar=CALENDAR, today=TODAY)
        for measure in Measure:
            for line in lines:
                opened = analysis.chosen(found, by=by, key=line.key, measure=measure, today=TODAY)
                assert len(opened) == line.counts[measure.value]
            whole = analysis.chosen(found, by=None, key="", measure=measure, today=TODAY)
            assert sum(line.counts[measure.value] for line in lines) == len(whole)
