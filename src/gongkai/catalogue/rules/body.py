"""正文: paragraphs with their structure, each with an anchor that stays when the text around it changes. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import count

_NUMERAL = "零〇一二三四五六七八九十百千0-9"
_CHAPTER = re.compile(rf"第[{_NUMERAL}]{{1,6}}[编章]")
_SECTION = re.compile(rf"第[{_NUMERAL}]{{1,6}}节")
_ARTICLE = re.compile(rf"(第[{_NUMERAL}]{{1,6}}条(?:之[{_NUMERAL}]{{1,3}})?)[\s　]*")
_FIRST = re.compile(r"[一二三四五六七八九十百]{1,4}、")
_SECOND = re.compile(r"[（(][一二三四五六七八九十]{1,4}[)）]")
_THIRD = re.compile(r"\d{1,2}[.．、](?!\d)")
_LONGEST_HEADING = 40
_ALIKE = 0.6


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: heading (level 1 or 2), article (its number in `lead`), point, item of a list, table, or plain text.

    A table has its rows in `cells`. `anchor` names it in addresses for as long as it is in the text.
    """

    kind: str
    text: str
    anchor: str = ""
    level: int = 0
    lead: str = ""
    cells: tuple[tuple[str, ...], ...] = ()

    @property
    def rest(self) -> str:
        """The text after its lead."""
        return self.text[len(self.lead) :].strip() if self.lead else self.text


def blocks(text: str) -> list[str]:
    """The text in its paragraphs: one a line, but for the rows of a table, which are one."""
    found: list[str] = []
    in_table = False
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = raw.strip(" \t　")
        if not line:
            in_table = False
        elif line.startswith("|") and line.endswith("|") and len(line) > 2:
            found[len(found) - 1 :] = [f"{found[-1]}\n{line}"] if in_table else [*found[-1:], line]
            in_table = True
        else:
            found.append(line)
            in_table = False
    return found


def paragraphs(text: str, anchors: Sequence[str] = ()) -> list[Paragraph]:
    """The structure of a text; the anchors are those given to its blocks, in order."""
    whole = blocks(text)
    names = list(anchors) if len(anchors) == len(whole) else anchored(text)
    return [_read(block, anchor) for block, anchor in zip(whole, names, strict=True)]


def headings(found: Sequence[Paragraph]) -> list[Paragraph]:
    """What a list of contents shows: the headings, or the articles of a text that has no headings."""
    heads = [one for one in found if one.kind == "heading"]
    return heads or [one for one in found if one.kind == "article"]


def anchored(text: str, before: Sequence[tuple[str, str]] = ()) -> list[str]:
    """An anchor for each block. `before` are the blocks of the last text with theirs: what is still there keeps its own.

    A paragraph that was changed a little keeps its anchor too; a new one gets a number that was never used.
    """
    whole = blocks(text)
    kept: dict[int, str] = {}
    old = [block for block, _anchor in before]
    matcher = SequenceMatcher(None, old, whole, autojunk=False)
    for act, first, last, start, end in matcher.get_opcodes():
        if act == "equal":
            kept |= {start + step: before[first + step][1] for step in range(last - first)}
        elif act == "replace":
            kept |= {place: before[was][1] for was, place in _alike(old, whole, range(first, last), range(start, end))}
    used = [int(anchor[1:]) for _block, anchor in before if re.fullmatch(r"p\d+", anchor)]
    numbers = count(max(used, default=0) + 1)
    return [kept.get(place) or f"p{next(numbers)}" for place in range(len(whole))]


def _alike(old: Sequence[str], new: Sequence[str], was: range, now: range) -> Iterator[tuple[int, int]]:
    """Pairs of changed paragraphs, in order, each old one once."""
    first = was.start
    for place in now:
        for candidate in range(first, was.stop):
            if likeness(old[candidate], new[place]) >= _ALIKE:
                yield candidate, place
                first = candidate + 1
                break


def likeness(one: str, other: str) -> float:
    """How much of two paragraphs is the same, 0 to 1; long ones are compared by their beginnings."""
    matcher = SequenceMatcher(None, one[:2000], other[:2000], autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE else 0.0


def _read(block: str, anchor: str) -> Paragraph:
    if block.startswith("|"):
        return Paragraph("table", block, anchor, cells=_cells(block))
    if match := re.match(r"(#{1,3}) +(.+)", block):
        return Paragraph("heading", match[2].strip(), anchor, level=min(len(match[1]), 2))
    if block.startswith("- "):
        return Paragraph("item", block[2:].strip(), anchor)
    if match := _ARTICLE.match(block):
        return Paragraph("article", block, anchor, lead=match[1])
    short = len(block) <= _LONGEST_HEADING and not block.endswith(("。", "；", "，", "：", ";", "."))
    if short and (_CHAPTER.match(block) or _FIRST.match(block)):
        return Paragraph("heading", block, anchor, level=1)
    if short and (_SECTION.match(block) or _SECOND.match(block)):
        return Paragraph("heading", block, anchor, level=2)
    for pattern in (_FIRST, _SECOND, _THIRD):
        if match := pattern.match(block):
            return Paragraph("point", block, anchor, lead=match[0])
    return Paragraph("text", block, anchor)


def _cells(block: str) -> tuple[tuple[str, ...], ...]:
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in block.split("\n")]
    rows = [row for row in rows if not all(re.fullmatch(r":?-{2,}:?", cell) for cell in row)]
    widest = max((len(row) for row in rows), default=0)
    return tuple(row + ("",) * (widest - len(row)) for row in rows)


@dataclass(frozen=True)
class Change:
    """One line of a difference: same, added, removed, or changed; the pieces of a changed one tell what."""

    kind: str
    before: str = ""
    after: str = ""
    pieces: tuple[tuple[str, str], ...] = ()


def difference(before: str, after: str) -> list[Change]:
    """What became of the paragraphs of a text, in the order of reading."""
    old, new = blocks(before), blocks(after)
    found: list[Change] = []
    for act, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act == "equal":
            found += [Change("same", block, block) for block in new[start:end]]
            continue
        pairs = dict(_alike(old, new, range(first, last), range(start, end)))
        place = start
        for was in range(first, last):
            if was in pairs:
                found += [Change("added", "", block) for block in new[place : pairs[was]]]
                found.append(_changed(old[was], new[pairs[was]]))
                place = pairs[was] + 1
            else:
                found.append(Change("removed", old[was]))
        found += [Change("added", "", block) for block in new[place:end]]
    return found


def _changed(before: str, after: str) -> Change:
    pieces: list[tuple[str, str]] = []
    for act, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if act == "equal":
            pieces.append(("same", after[start:end]))
            continue
        pieces += [("removed", before[first:last])] if last > first else []
        pieces += [("added", after[start:end])] if end > start else []
    return Change("changed", before, after, tuple(pieces))
