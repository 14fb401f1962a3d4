"""The dirt is what it says it is; a measure that is itself wrong measures nothing."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reports.tests.dirt import KINDS, LAYOUTS, lossy, make_report, render
from gongkai.reports.tests.dirt_layouts import grid_four, grid_three, grid_two, spread
from gongkai.reports.tests.dirt_truth import GROUPS, KINDS_OF_APPLICANT

seeds = st.integers(min_value=0, max_value=2**32)


@given(seed=seeds)
def test_a_made_report_breaks_no_relation(seed: int) -> None:
    truth = make_report(Random(seed))
    outcomes = [
        row for row in truth.three if row not in {"new_received", "carried_in", "handled_total", "carried_over"}
    ]
    for column in (*KINDS_OF_APPLICANT, "total"):
        cell = {row: truth.three[row][column] for row in truth.three}
        assert cell["new_received"] + cell["carried_in"] == cell["handled_total"] + cell["carried_over"]
        assert sum(cell[row] for row in outcomes) == cell["handled_total"]
    for row in truth.three.values():
        assert sum(row[kind] for kind in KINDS_OF_APPLICANT) == row["total"]
    for block in truth.four.values():
        assert sum(block.values()) == 2 * block["total"]
    assert sum(truth.claim(group).value for group in GROUPS) == truth.claim("answered").value


@given(seed=seeds)
def test_the_grids_hold_every_cell_once_and_in_order(seed: int) -> None:
    truth = make_report(Random(seed))
    figures = [
        cell.figure
        for grid in (grid_two(truth), grid_three(truth), grid_four(truth))
        for cells in grid
        for cell in cells
        if cell.figure is not None
    ]
    assert figures == list(truth.cells().values())


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_spread_table_is_a_rectangle_of_the_form(form: str) -> None:
    truth = make_report(Random(1), form=form)
    three, four = spread(grid_three(truth)), spread(grid_four(truth))
    assert {len(row) for row in three} == {10}
    assert len(three) == 3 + {"2019": 23, "2021": 25}[form]
    assert [len(row) for row in four] == [15] * 4


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_seed_makes_the_same_dirt(name: str, layout: str) -> None:
    truth = make_report(Random(3))
    assert render(truth, layout, [name], Random(5)) == render(truth, layout, [name], Random(5))


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_leaves_a_mark_somewhere(name: str) -> None:
    marked = 0
    for seed in range(6):
        truth = make_report(Random(seed))
        for layout in LAYOUTS:
            marked += render(truth, layout, [name], Random(5)) != render(truth, layout, [], Random(5))
    assert marked


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_clean_report_shows_title_and_figures(layout: str) -> None:
    truth = make_report(Random(7))
    text = render(truth, layout, [], Random(7))
    assert isinstance(text, str)
    assert truth.title in text
    assert all(str(figure) in text for figure in truth.cells().values())


@pytest.mark.parametrize(
    ("name", "coding"), [("gb18030", "gb18030"), ("big5", "big5"), ("utf_8_signature", "utf-8-sig")]
)
def test_an_encoded_report_keeps_its_figures(name: str, coding: str) -> None:
    truth = make_report(Random(9))
    coded = render(truth, "tabs", [name], Random(9))
    assert isinstance(coded, bytes)
    assert coded.count(b"?") < 20
    text = coded.decode(coding)
    assert str(truth.claim("received").value) in text
    assert "政府信息公" in text


def test_what_is_destroyed_is_owned_up_to() -> None:
    assert lossy(["zero_blank"], "pdf_lines")
    assert not lossy(["zero_blank", "advertising"], "tabs")


@given(seed=seeds, layout=st.sampled_from(list(LAYOUTS)), names=st.sets(st.sampled_from(list(KINDS)), max_size=8))
def test_any_mixture_of_dirt_can_be_made(seed: int, layout: str, names: set[str]) -> None:
    assert render(make_report(Random(seed)), layout, sorted(names), Random(seed))
