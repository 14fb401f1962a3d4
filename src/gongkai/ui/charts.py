"""Bar charts drawn on the server as SVG: pure arithmetic, no script. Each is shown with its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 300
LEFT, TOP, BOTTOM = 44, 32, 48
STEPS = (1, 2, 2.5, 5, 10)
SMALLEST = 1e-6  # nothing that is counted is smaller


@dataclass(frozen=True)
class Bar:
    """One column of the chart, in the units of its view box."""

    label: str
    value: float
    shown: str
    x: float
    y: float
    width: float
    height: float
    middle: float
    value_y: float
    hot: bool


@dataclass(frozen=True)
class Tick:
    """One line of the grid."""

    shown: str
    y: float
    text_y: float
    base: bool


@dataclass(frozen=True)
class BarChart:
    """A chart and, in the same rows, its table."""

    title: str
    caption: str
    heading: str
    unit: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    label_y: int = HEIGHT - BOTTOM + 24
    labels_lang: str = ""  # when the labels are names in another language than the page


def bar_chart(
    rows: Sequence[tuple[str, float]],
    *,
    title: str,
    caption: str,
    heading: str = "",
    unit: str = "",
    hot: str = "",
    labels_lang: str = "",
) -> BarChart:
    """Bars for the rows in their order; `hot` names the one to point at."""
    top = _round_up(max((value for _label, value in rows), default=0))
    base = HEIGHT - BOTTOM
    scale = (base - TOP) / top
    slot = (WIDTH - LEFT) / max(len(rows), 1)
    width = min(72.0, slot * 0.56)
    bars = []
    for place, (label, value) in enumerate(rows):
        middle = round(LEFT + slot * (place + 0.5), 1)
        y = round(base - value * scale, 1)
        bars.append(
            Bar(
                label=label,
                value=value,
                shown=f"{value:,g}",
                x=round(middle - width / 2, 1),
                y=y,
                width=round(width, 1),
                height=round(base - y, 1),
                middle=middle,
                value_y=round(y - 8, 1),
                hot=label == hot,
            )
        )
    ticks = _ticks(top, base, scale)
    return BarChart(title, caption, heading, unit, tuple(bars), ticks, labels_lang=labels_lang)


def _ticks(top: float, base: float, scale: float) -> tuple[Tick, ...]:
    ticks = []
    for part in range(5):
        value = top * part / 4
        y = round(base - value * scale, 1)
        ticks.append(Tick(f"{value:,g}", y, y + 4, part == 0))
    return tuple(ticks)


def _round_up(value: float) -> float:
    """The least 1, 2, 2.5 or 5 times a power of ten that is not below the value, times four quarters."""
    if value < SMALLEST:
        return 4
    quarter, power = value / 4, 1.0
    while power * 10 <= quarter:
        power *= 10
    while power > quarter:
        power /= 10
    return 4 * next(step * power for step in STEPS if step * power >= quarter)
