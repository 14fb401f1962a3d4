"""The words that stay, laid invisibly over the picture of their page: searched, copied and read aloud as before.

The font has empty glyphs and says which character each stands for, so that no font need be carried.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from gongkai.screening.inspection.letters import Letter
from gongkai.screening.rules.boxes import Box

_CODES = 255  # characters of one font
_EM = 1000
_NEAR, _FAR = 0.9, 2.5  # of a letter's height: nearer letters are set together, without a blank and with one
_LEAST = 1.0  # points of a letter


@dataclass
class _Piece:
    """Letters set side by side, each with its width; in points from the lower left corner."""

    letters: list[tuple[str, float]]
    left: float
    bottom: float
    right: float
    top: float


@dataclass
class Layer:
    """Makes the text layer of one page."""

    width: float
    height: float
    labels: Mapping[Box, str]
    _codes: dict[str, int] = field(default_factory=dict)

    def content(self, kept: Sequence[Letter | Box | None]) -> bytes:
        """The operators that set the words."""
        lines = ["BT", "3 Tr"]
        for piece in self._pieces(kept):
            lines.append(f"1 0 0 1 {piece.left:.3f} {piece.bottom:.3f} Tm")
            lines += self._shown(piece.letters, max(piece.top - piece.bottom, _LEAST))
        return "\n".join([*lines, "ET"]).encode("ascii")

    def fonts(self, writer: PdfWriter) -> DictionaryObject:
        """The fonts for what was set so far."""
        chars = list(self._codes)
        made = DictionaryObject()
        for number in range(0, len(chars), _CODES):
            made[NameObject(f"/F{number // _CODES}")] = _font(writer, chars[number : number + _CODES])
        return made

    def _shown(self, letters: list[tuple[str, float]], size: float) -> list[str]:
        """Each letter stretched to its own width; a change of stretch ends a run."""
        lines: list[str] = []
        before = (-1, "")
        for char, width in letters:
            font, code = divmod(self._codes.setdefault(char, len(self._codes)), _CODES)
            stretch = f"{max(100 * width / size, 0.1):.2f}"
            if font != before[0]:
                lines.append(f"/F{font} {size:.3f} Tf")
            if stretch != before[1]:
                lines.append(f"{stretch} Tz")
            lines.append(f"<{code + 1:02X}> Tj")
            before = (font, stretch)
        return lines

    def _pieces(self, kept: Sequence[Letter | Box | None]) -> list[_Piece]:
        pieces: list[_Piece] = []
        last: Letter | None = None
        blank = False
        for item in kept:
            if isinstance(item, Letter):
                self._set(item, last, blank, pieces)
                last, blank = item, False
            elif isinstance(item, Box):
                if label := self.labels.get(item):
                    pieces.append(self._placed(f"〔{label}〕", item.left, item.top, item.right, item.bottom))
                last, blank = None, False
            else:
                blank = True
        return pieces

    def _set(self, letter: Letter, last: Letter | None, blank: bool, pieces: list[_Piece]) -> None:
        """Set a letter beside the one before it, which reaches up to it; or begin afresh elsewhere on the page."""
        new = self._placed(letter.char, letter.left, letter.top, letter.right, letter.bottom)
        if last is not None:
            piece = pieces[-1]
            start = last.left * self.width
            beside = last.top < letter.bottom and letter.top < last.bottom and new.left > start
            if beside and new.left - piece.right < (_FAR if blank else _NEAR) * max(
                new.top - new.bottom, piece.top - piece.bottom
            ):
                own = last.right * self.width - start
                reach = new.left - start
                piece.letters[-1] = (last.char, min(own, reach) if blank else reach)
                piece.letters += [(" ", reach - min(own, reach))] if blank else []
                piece.letters += new.letters
                piece.right = new.right
                piece.bottom, piece.top = min(piece.bottom, new.bottom), max(piece.top, new.top)
                return
        pieces.append(new)

    def _placed(self, text: str, left: float, top: float, right: float, bottom: float) -> _Piece:
        start, end = left * self.width, right * self.width
        width = max((end - start) / len(text), 0.01)
        return _Piece([(char, width) for char in text], start, (1 - bottom) * self.height, end, (1 - top) * self.height)


def _font(writer: PdfWriter, chars: list[str]) -> Any:
    glyph = DecodedStreamObject()
    glyph.set_data(f"{_EM} 0 0 0 {_EM} {_EM} d1".encode("ascii"))
    table = DecodedStreamObject()
    table.set_data(_to_unicode(chars))
    last = len(chars)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type3"),
            NameObject("/FontBBox"): _numbers(0, 0, _EM, _EM),
            NameObject("/FontMatrix"): ArrayObject([FloatObject(number) for number in (0.001, 0, 0, 0.001, 0, 0)]),
            NameObject("/CharProcs"): DictionaryObject({NameObject("/g"): writer._add_object(glyph)}),  # noqa: SLF001 - pypdf has no other door
            NameObject("/Encoding"): DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Encoding"),
                    NameObject("/Differences"): ArrayObject([NumberObject(1), *[NameObject("/g")] * last]),
                }
            ),
            NameObject("/FirstChar"): NumberObject(1),
            NameObject("/LastChar"): NumberObject(last),
            NameObject("/Widths"): _numbers(*[_EM] * last),
            NameObject("/Resources"): DictionaryObject(),
            NameObject("/ToUnicode"): writer._add_object(table),  # noqa: SLF001 - as above
        }
    )
    return writer._add_object(font)  # noqa: SLF001 - as above


def _to_unicode(chars: list[str]) -> bytes:
    head = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Words def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
    )
    rows = [f"<{code:02X}> <{char.encode('utf-16-be').hex().upper()}>" for code, char in enumerate(chars, 1)]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (head + body + "endcmap\nend\nend\n").encode("ascii")


def _numbers(*values: int) -> ArrayObject:
    return ArrayObject([NumberObject(value) for value in values])


def compressed(data: bytes) -> StreamObject:
    """Operators as a stream, packed."""
    plain = DecodedStreamObject()
    plain.set_data(data)
    packed: StreamObject = plain.flate_encode()
    return packed
