"""The seal's picture, drawn by us: a red ring of 42 mm, the organ's name along the rim, a star of five points."""

from __future__ import annotations

import io
import math
from functools import lru_cache
from html import escape
from typing import Any

from gongkai.papers.rules import clean

SIZE = 42.0  # millimetres
RED = "#d7000f"
RING = 1.1  # width of the line
FONT = '"FangSong", "仿宋_GB2312", "STSong", "Noto Serif CJK SC"'
STAR = 7.0  # radius
STAR_INSIDE = 0.382  # of the points' radius: a regular star
LARGEST, SMALLEST = 5.4, 2.6  # of a character
WIDEST = 250.0  # degrees that the name may take
_MIDDLE = SIZE / 2


def svg(organ: str, *, sample: bool) -> str:
    """The picture of an organ's seal; `sample` writes 示例 into it, so that nobody takes it for a real one."""
    words = _along_the_rim(clean(organ))
    below = (
        f'<text x="{_MIDDLE}" y="{_MIDDLE + 13.2}" font-size="4.6" text-anchor="middle" letter-spacing="1">示例</text>'
        if sample
        else ""
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}mm" height="{SIZE}mm">'
        f'<g fill="{RED}" font-family=\'{FONT}\' font-weight="700">'
        f'<circle cx="{_MIDDLE}" cy="{_MIDDLE}" r="{_MIDDLE - RING}" fill="none" stroke="{RED}" stroke-width="{RING}"/>'
        f'<polygon points="{_star()}"/>{words}{below}</g></svg>'
    )


@lru_cache(maxsize=128)
def page(organ: str, *, sample: bool) -> bytes:
    """The picture as a PDF of one page of its own size: lines and letters, sharp at any size."""
    from weasyprint import HTML  # noqa: PLC0415 - loading it takes half a second, which only papers should pay

    style = f"@page {{ size: {SIZE}mm {SIZE}mm; margin: 0 }} body {{ margin: 0 }} svg {{ display: block }}"
    out = io.BytesIO()
    html = f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>{style}</style>{svg(organ, sample=sample)}</html>'
    HTML(string=html, url_fetcher=_refuse).write_pdf(out)
    return out.getvalue()


def _along_the_rim(name: str) -> str:
    size = max(SMALLEST, min(LARGEST, 78 / max(1, len(name))))
    radius = _MIDDLE - 2 * RING - size
    step = min(math.degrees(size * 1.35 / radius), WIDEST / max(1, len(name) - 1))
    first = -step * (len(name) - 1) / 2
    return "".join(
        f'<text transform="translate({_MIDDLE} {_MIDDLE}) rotate({first + place * step:.2f}) translate(0 {-radius:.2f})" '
        f'font-size="{size:.2f}" text-anchor="middle">{escape(sign)}</text>'
        for place, sign in enumerate(name)
    )


def _star() -> str:
    points = []
    for corner in range(10):
        radius = STAR if corner % 2 == 0 else STAR * STAR_INSIDE
        angle = math.radians(36 * corner - 90)
        points.append(f"{_MIDDLE + radius * math.cos(angle):.3f},{_MIDDLE + radius * math.sin(angle):.3f}")
    return " ".join(points)


def _refuse(url: str, *args: Any, **kwargs: Any) -> Any:
    raise ValueError(f"A seal fetches nothing, and this one asked for {url[:80]}.")
