"""Terms of answering, table four and the bulletin, as tables."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.applications.rules.remedies import review_first
from gongkai.deadlines.rules import shipped_calendar
from gongkai.disputes.enums import Cause, Kind, Procedure, Result
from gongkai.disputes.rules import bulletin, counts, terms
from gongkai.disputes.rules.bulletin import Told
from gongkai.disputes.rules.counts import Counted
from gongkai.papers import services as papers
from gongkai.statutes import Override, adopt

DAY = date
KINDS, RESULTS = list(Kind), [result.value for result in Result]


@pytest.mark.parametrize(
    ("kind", "procedure", "copy_on", "due_on"),
    [
        (Kind.RECONSIDERATION, Procedure.SIMPLE, DAY(2025, 10, 14), DAY(2025, 10, 21)),
        (Kind.RECONSIDERATION, Procedure.ORDINARY, DAY(2025, 10, 14), DAY(2025, 10, 28)),
        # Over National Day: eight days off, and 28 September and 11 October are worked.
        (Kind.RECONSIDERATION, Procedure.SIMPLE, DAY(2025, 9, 26), DAY(2025, 10, 10)),
        (Kind.DIRECT, Procedure.ORDINARY, DAY(2025, 10, 14), DAY(2025, 10, 29)),
        # The fifteenth day is Saturday 25 October: the Monday after.
        (Kind.DIRECT, Procedure.ORDINARY, DAY(2025, 10, 10), DAY(2025, 10, 27)),
        (Kind.AFTER_RECONSIDERATION, Procedure.SIMPLE, DAY(2025, 9, 20), DAY(2025, 10, 9)),
    ],
)
def test_the_last_day_to_answer(kind: Kind, procedure: Procedure, copy_on: date, due_on: date) -> None:
    assert terms.answer_due(kind, procedure, copy_on, shipped_calendar()).due_on == due_on


def test_there_was_no_simple_procedure_before_the_law_that_made_it() -> None:
    with pytest.raises(terms.NoSuchTerm, match="2023-12-29"):
        terms.answer_due(Kind.RECONSIDERATION, Procedure.SIMPLE, DAY(2023, 12, 29), shipped_calendar())


@pytest.mark.parametrize(
    ("code", "day", "first"),
    [
        ("D4", DAY(2025, 9, 29), True),
        ("P", DAY(2024, 1, 1), True),
        ("D4", DAY(2023, 12, 31), False),
        ("N1", DAY(2025, 9, 29), False),
        ("D8", DAY(2025, 9, 29), False),
    ],
)
def test_which_outcomes_go_to_reconsideration_first(code: str, day: date, first: bool) -> None:
    assert bool(terms.reconsideration_first(code, day)) is first


def test_a_query_goes_the_way_that_the_house_has_set_and_its_letters_name() -> None:
    adopt({"reconsideration_first_for_query": Override("reconsideration_first_for_query", True, "示例决定", None)})
    try:
        assert review_first("D8", DAY(2025, 9, 29)) is True
        assert terms.reconsideration_first("D8", DAY(2025, 9, 29)) != ""
    finally:
        adopt()
    assert terms.reconsideration_first("D8", DAY(2025, 9, 29)) == ""


@pytest.mark.parametrize(
    ("found", "year", "columns"),
    [
        (Counted(Kind.DIRECT, DAY(2025, 3, 3), "upheld", DAY(2025, 6, 1)), 2025, ("upheld", "total")),
        (Counted(Kind.DIRECT, DAY(2025, 12, 31), "", None), 2025, ("pending", "total")),
        (Counted(Kind.DIRECT, DAY(2025, 12, 31), "corrected", DAY(2026, 1, 1)), 2025, ("pending", "total")),
        (Counted(Kind.DIRECT, DAY(2025, 12, 31), "corrected", DAY(2026, 1, 1)), 2026, ("corrected", "total")),
        (Counted(Kind.DIRECT, DAY(2024, 5, 5), "", None), 2026, ("pending", "total")),
        (Counted(Kind.DIRECT, DAY(2026, 1, 1), "", None), 2025, ()),
        (Counted(Kind.DIRECT, DAY(2024, 5, 5), "other_result", DAY(2024, 12, 31)), 2025, ()),
    ],
)
def test_the_columns_of_a_dispute(found: Counted, year: int, columns: tuple[str, ...]) -> None:
    assert counts.columns_of(found, year) == columns


@st.composite
def disputes(draw: st.DrawFn) -> Counted:
    filed = draw(st.dates(DAY(2023, 1, 1), DAY(2026, 12, 31)))
    ended = draw(st.none() | st.dates(filed, DAY(2027, 6, 30)))
    return Counted(draw(st.sampled_from(KINDS)), filed, draw(st.sampled_from(RESULTS)) if ended else "", ended)


@given(st.lists(disputes(), max_size=40), st.integers(2023, 2026))
def test_the_total_of_a_block_is_the_sum_of_its_columns(found: list[Counted], year: int) -> None:
    for cells in counts.table_four(found, year).values():
        assert cells["total"] == sum(count for column, count in cells.items() if column != "total")


@given(st.lists(disputes(), max_size=40))
def test_what_is_pending_is_counted_again_next_year(found: list[Counted]) -> None:
    for year in (2023, 2024, 2025):
        pending = counts.table_four(found, year)
        after = counts.table_four([row for row in found if row.filed_on.year <= year], year + 1)
        assert {block: cells["pending"] for block, cells in pending.items()} == {
            block: cells["total"] for block, cells in after.items()
        }


def told(organ: str, cause: Cause, filed: date, result: str = "", ended: date | None = None, lesson: str = "") -> Told:
    return Told(f"示例{filed}", organ, Kind.RECONSIDERATION, cause, filed, result, ended, lesson)


FOUND = [
    told("甲局", Cause.WITHHELD, DAY(2025, 7, 1), "corrected", DAY(2025, 9, 30), "检索应当留痕。"),
    told("乙局", Cause.SILENCE, DAY(2025, 6, 30), "upheld", DAY(2025, 7, 1)),
    told("乙局", Cause.SILENCE, DAY(2025, 10, 1)),
    told("甲局", Cause.WITHHELD, DAY(2025, 1, 1), "upheld", DAY(2025, 6, 30), "上一季度的事。"),
]


def test_a_bulletin_tells_of_its_quarter_and_of_nothing_else() -> None:
    found = bulletin.bulletin(FOUND, 2025, 3)
    assert found.total == bulletin.Line("合计", 1, 2, 1)
    assert found.by_cause == (
        bulletin.Line(Cause.WITHHELD.label, 1, 1, 1),
        bulletin.Line(Cause.SILENCE.label, 0, 1, 0),
    )
    assert found.by_organ == (bulletin.Line("甲局", 1, 1, 1), bulletin.Line("乙局", 0, 1, 0))
    assert found.lessons == (("示例2025-07-01", "检索应当留痕。"),)


@pytest.mark.parametrize(
    ("quarter", "days"),
    [(1, (DAY(2025, 1, 1), DAY(2025, 3, 31))), (4, (DAY(2025, 10, 1), DAY(2025, 12, 31)))],
)
def test_the_days_of_a_quarter(quarter: int, days: tuple[date, date]) -> None:
    assert bulletin.span(2025, quarter) == days


def test_the_bulletin_is_a_paper() -> None:
    paper = bulletin.paper(bulletin.bulletin(FOUND, 2025, 3), organ="上海市虹口区人民政府办公室", on=DAY(2025, 10, 9))
    assert paper.title == "2025年第三季度政府信息公开行政复议、行政诉讼情况通报"
    assert "新收1件，审结2件，其中结果纠正1件" in paper.body[1].text
    assert papers.docx(paper)[:2] == b"PK"
