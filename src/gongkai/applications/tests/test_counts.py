"""Cases counted into the third table: each case, each year, and the relation that always holds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.applications.rules import counts
from gongkai.applications.rules.counts import Case
from gongkai.organisations.enums import ApplicantKind
from gongkai.statutes import decisions

PERSON, FIRM = ApplicantKind.NATURAL_PERSON, ApplicantKind.COMMERCIAL_ENTERPRISE
DAY = date


@pytest.mark.parametrize(
    ("case", "year", "rows"),
    [
        (Case(DAY(2025, 3, 3), PERSON, DAY(2025, 3, 20), "G2"), 2025, ("new_received", "granted", "handled_total")),
        (Case(DAY(2025, 12, 31), PERSON, None, ""), 2025, ("new_received", "carried_over")),
        (Case(DAY(2025, 12, 31), PERSON, DAY(2026, 1, 1), "D4"), 2025, ("new_received", "carried_over")),
        (
            Case(DAY(2025, 12, 31), PERSON, DAY(2026, 1, 1), "D4"),
            2026,
            ("carried_in", "withheld_third_party", "handled_total"),
        ),
        (Case(DAY(2024, 12, 2), FIRM, None, ""), 2026, ("carried_in", "carried_over")),
        (
            Case(DAY(2025, 1, 1), FIRM, DAY(2025, 12, 31), "O3"),
            2025,
            ("new_received", "other_remaining", "handled_total"),
        ),
        (Case(DAY(2020, 6, 1), FIRM, DAY(2020, 7, 1), "O1"), 2020, ("new_received", "other_handling", "handled_total")),
        (Case(DAY(2026, 1, 1), FIRM, None, ""), 2025, ()),
        (Case(DAY(2024, 1, 1), FIRM, DAY(2024, 2, 1), "G1"), 2025, ()),
    ],
)
def test_the_rows_of_a_case(case: Case, year: int, rows: tuple[str, ...]) -> None:
    assert counts.rows_of(case, year) == rows


def test_a_narrative_report_has_no_table() -> None:
    with pytest.raises(ValueError, match="no third table"):
        counts.table_three([], 2017)


CODES = [found.code for found in decisions(date(2025, 1, 1))]
DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    received = draw(DAYS)
    closed = draw(st.none() | st.dates(received, date(2027, 6, 30)))
    return Case(
        received, draw(st.sampled_from(list(ApplicantKind))), closed, draw(st.sampled_from(CODES)) if closed else ""
    )


@given(st.lists(cases(), max_size=40), st.integers(2023, 2026))
def test_what_comes_in_goes_out_or_is_carried_over(found: list[Case], year: int) -> None:
    table = counts.table_three(found, year)
    for column in table["new_received"]:
        came = table["new_received"][column] + table["carried_in"][column]
        assert came == table["handled_total"][column] + table["carried_over"][column]
    for row in table.values():
        assert row["total"] == sum(count for column, count in row.items() if column != "total")


@given(st.lists(cases(), max_size=40))
def test_what_is_carried_over_is_carried_in_next_year(found: list[Case]) -> None:
    for year in (2023, 2024, 2025):
        assert counts.table_three(found, year)["carried_over"] == counts.table_three(found, year + 1)["carried_in"]
