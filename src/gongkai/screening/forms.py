"""The boxes that a form sends, whether they were drawn or typed."""

from __future__ import annotations

from django.http import QueryDict

from gongkai.files.rules import marked as _

from .enums import Ground
from .rules.boxes import Box, UnfitBox

NO_NUMBER = _("遮盖框的位置要用数字填写（占页面的百分比），请改正后再提交。")
NO_GROUND = _("请为每个遮盖框选择理由。")
_FIELDS = ("page", "left", "top", "width", "height", "ground")


def boxes_of(data: QueryDict, name: str = "box") -> list[Box]:
    """The boxes of `components/_redact.html`; a row without a page is none. Raises UnfitBox with a sentence."""
    columns = [data.getlist(f"{name}-{field}") for field in _FIELDS]
    if len({len(column) for column in columns}) != 1:
        raise UnfitBox(NO_NUMBER)
    return [_box(*row) for row in zip(*columns, strict=True) if row[0].strip()]


def _box(page: str, left: str, top: str, width: str, height: str, ground: str) -> Box:
    try:
        sides = [float(text) / 100 for text in (left, top, width, height)]
        number = int(page)
    except ValueError as error:
        raise UnfitBox(NO_NUMBER) from error
    if ground not in {member.value for member in Ground}:
        raise UnfitBox(NO_GROUND)
    right, bottom = (
        min(start + size, 1.0) if start <= 1 else start + size for start, size in zip(sides[:2], sides[2:], strict=True)
    )
    return Box(number, sides[0], sides[1], right, bottom, Ground(ground))
