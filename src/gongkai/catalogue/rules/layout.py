"""The text of an item in the pieces that a page draws. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import body

_DAY = re.compile(r"(?:二[〇零]|\d{2})[〇零一二三四五六七八九\d]{2}年.{1,3}月.{1,3}日")
_SIGNATURE = 40  # characters of an organ's name at the foot


@dataclass(frozen=True)
class Block:
    """A piece of the text as the page draws it: a paragraph, or items of one list together."""

    kind: str
    paragraph: body.Paragraph | None = None
    items: tuple[body.Paragraph, ...] = ()


def blocks(found: Sequence[body.Paragraph]) -> list[Block]:
    """The text in what a page draws; the organ and day at its foot stand apart."""
    whole: list[Block] = []
    foot = _foot(found)
    for place, one in enumerate(found):
        if one.kind == "item":
            if whole and whole[-1].kind == "list":
                whole[-1] = Block("list", items=(*whole[-1].items, one))
            else:
                whole.append(Block("list", items=(one,)))
        else:
            whole.append(Block("sign" if place >= foot else one.kind, one))
    return whole


def _foot(found: Sequence[body.Paragraph]) -> int:
    """Where the signature begins; past the end where there is none."""
    if not found or not _DAY.fullmatch("".join(found[-1].text.split())):
        return len(found)
    before = found[-2] if len(found) > 1 else None
    signed = before is not None and before.kind == "text" and len(before.text) <= _SIGNATURE
    return len(found) - (2 if signed and not (before and before.text.endswith("。")) else 1)
