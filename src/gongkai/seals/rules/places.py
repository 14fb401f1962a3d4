"""Where the seal goes: over the organ's name and the day, which stand a little below its middle (GB/T 9704, 7.3.5)."""

from __future__ import annotations

from gongkai.papers.rules import Spot

POINTS = 72 / 25.4  # of a millimetre
DIAMETER = 42 * POINTS
BELOW_MIDDLE = 4 * POINTS  # how far under the seal's middle the two lines have theirs
MARGIN = 5 * POINTS  # from the page's edge at least
Box = tuple[int, int, int, int]


def box_of(spot: Spot | None, *, width: float, height: float) -> Box:
    """Left, bottom, right and top of the seal on a page of this size; without a spot, at the lower right."""
    if spot is None:
        x, y = width - MARGIN - DIAMETER, 4 * MARGIN + DIAMETER / 2
    else:
        x, y = spot.centre
        y += BELOW_MIDDLE
    half = DIAMETER / 2
    x = min(max(x, half + MARGIN), width - half - MARGIN)
    y = min(max(y, half + MARGIN), height - half - MARGIN)
    return round(x - half), round(y - half), round(x + half), round(y + half)
