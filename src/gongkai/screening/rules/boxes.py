"""Boxes drawn over what must not leave: where, and on which ground. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.files.rules import marked as _
from gongkai.screening.enums import Ground
from gongkai.statutes import in_force

LEAST = 0.001  # of the page's width or height; less is a slip of the hand


class UnfitBox(ValueError):
    """A box that stands nowhere on a page; `str()` says what is wrong with it."""


@dataclass(frozen=True)
class Box:
    """A place on a page as it is shown (turned and cropped), in fractions from its left and upper edge."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    ground: Ground

    def __post_init__(self) -> None:
        edges = (self.left, self.top, self.right, self.bottom)
        if self.page < 1:
            raise UnfitBox(_("页码从 1 开始，请改正后再提交。"))
        if not all(math.isfinite(edge) and 0 <= edge <= 1 for edge in edges):
            raise UnfitBox(_("遮盖框超出了页面。四条边都应在页面以内，请重新画框。"))
        if self.right - self.left < LEAST or self.bottom - self.top < LEAST:
            raise UnfitBox(_("遮盖框太小，什么也盖不住。请重新画框。"))

    def touches(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether it covers any part of a rectangle of the page."""
        return self.left < right and left < self.right and self.top < bottom and top < self.bottom

    def as_json(self) -> dict[str, Any]:
        """Plain values, for a column or for the way between processes."""
        return {
            "page": self.page,
            "left": self.left,
            "top": self.top,
            "right": self.right,
            "bottom": self.bottom,
            "ground": self.ground.value,
        }


def box_from_json(data: Mapping[str, Any]) -> Box:
    """What `as_json` made. Raises UnfitBox."""
    return Box(**{**data, "ground": Ground(data["ground"])})


@dataclass(frozen=True)
class Basis:
    """A ground as the law has it on a day: what is written into the box, and the article for the letter."""

    short: str
    label: str
    article: str


def basis(ground: Ground, day: date) -> Basis:
    """Art. 14 to 16, 37: what a ground rests on."""
    value = in_force(f"redaction_{ground.value}", day)
    return Basis(short=value.table["short"], label=ground.label, article=value.cite.text)


@dataclass(frozen=True)
class Row:
    """One line of the list in the letter: what was blacked out on a page on one ground, and how often."""

    page: int
    ground: Ground
    count: int
    article: str


def redaction_list(boxes: Iterable[Box], day: date) -> list[Row]:
    """Art. 37: by page and ground, for the reply that says which parts are withheld and why."""
    counted = Counter((box.page, box.ground) for box in boxes)
    order = list(Ground)
    return [
        Row(page, ground, count, basis(ground, day).article)
        for (page, ground), count in sorted(counted.items(), key=lambda one: (one[0][0], order.index(one[0][1])))
    ]
