"""Known reports, made dirty and read again: no figure is ever read as another, and what can be read is read.

`python -m gongkai.reports.tests.round_trip` prints the share of cells recovered for each kind of dirt and layout.
"""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.reports.rules.check import check, failing
from gongkai.reports.tests.dirt import KINDS, LAYOUTS, lossy, make_report, render
from gongkai.reports.tests.dirt_files import BARE, RULED, docx_of, html_of, pdf_of
from gongkai.reports.tests.dirt_truth import Truth
from gongkai.reports.tests.round_trip import Tally, read_bytes, travel

FLOOR_WHERE_BLANKS_ARE_LOST = 0.05
FLOOR_WITHOUT_RULES = 0.8
seeds = st.integers(min_value=0, max_value=2**32)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_dirt_hides_no_figure_and_changes_none(name: str, layout: str) -> None:
    tally = travel(layout, [name], range(2))
    assert tally.wrong == []
    if lossy([name], layout):
        assert tally.recovered >= FLOOR_WHERE_BLANKS_ARE_LOST
    else:
        assert (tally.recovered, tally.claims["unread"]) == (1.0, 0)


@settings(max_examples=60)
@given(seed=seeds, layout=st.sampled_from(list(LAYOUTS)), names=st.sets(st.sampled_from(list(KINDS)), max_size=6))
def test_no_mixture_of_dirt_changes_a_figure(seed: int, layout: str, names: set[str]) -> None:
    assert travel(layout, sorted(names), [seed]).wrong == []


FILES: dict[str, Callable[[Truth], bytes]] = {
    "docx": docx_of,
    "html": lambda truth: html_of(truth, RULED).encode(),
    "gb18030 html": lambda truth: html_of(truth, RULED).replace("utf-8", "gb2312").encode("gb18030"),
    "ruled pdf": pdf_of,
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_gives_back_every_cell(name: str) -> None:
    tally = Tally()
    for seed in range(2):
        truth = make_report(Random(seed))
        tally.add(truth, read_bytes(FILES[name](truth)))
    assert (tally.wrong, tally.recovered, tally.claims["unread"]) == ([], 1.0, 0)


@pytest.mark.parametrize("style", [BARE, RULED + "td{width:30pt;font-size:7pt}", RULED + "td{font-size:15pt}"])
def test_a_row_torn_by_a_page_end_is_left_unread_at_worst(style: str) -> None:
    truth = make_report(Random(0))
    tally = Tally()
    tally.add(truth, read_bytes(pdf_of(truth, style)))
    assert tally.wrong == []
    assert tally.recovered >= FLOOR_WITHOUT_RULES


@settings(max_examples=40)
@given(seed=seeds, layout=st.sampled_from(list(LAYOUTS)))
def test_a_report_without_mistakes_gets_no_error_and_no_warning(seed: int, layout: str) -> None:
    text = render(make_report(Random(seed)), layout, [], Random(seed))
    assert isinstance(text, str)
    (reading,) = read_bytes(text.encode())
    assert [f.text for f in failing(check(reading)) if f.severity in ("error", "warning")] == []
