"""Bar charts: arithmetic on the server."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.ui.charts import HEIGHT, TOP, WIDTH, bar_chart


def test_bars_stand_on_the_base_and_the_newest_is_hot() -> None:
    chart = bar_chart([("2017", 1799), ("2018", 1100)], title="t", caption="c", hot="2018")
    assert [(bar.label, bar.shown, bar.hot) for bar in chart.bars] == [
        ("2017", "1,799", False),
        ("2018", "1,100", True),
    ]
    assert [tick.shown for tick in chart.ticks] == ["0", "500", "1,000", "1,500", "2,000"]
    assert all(bar.y + bar.height == pytest.approx(HEIGHT - 48) for bar in chart.bars)


@given(st.lists(st.floats(0, 10**9, allow_nan=False), max_size=30))
def test_no_bar_leaves_the_picture(values: list[float]) -> None:
    chart = bar_chart([(str(n), value) for n, value in enumerate(values)], title="t", caption="c")
    for bar in chart.bars:
        assert TOP - 0.1 <= bar.y <= HEIGHT
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH
