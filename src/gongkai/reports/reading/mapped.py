"""Text that remembers where each of its characters came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gongkai.reports.reading.model import Span


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text and, for each character, its offset in the source."""

    text: str
    at: tuple[int, ...] | range

    @classmethod
    def of(cls, text: str, offset: int = 0) -> Mapped:
        """The source itself."""
        return cls(text, range(offset, offset + len(text)))

    def __len__(self) -> int:
        return len(self.text)

    def slice(self, start: int, end: int) -> Mapped:
        """A part of the text."""
        return Mapped(self.text[start:end], self.at[start:end])

    def span(self, start: int, end: int) -> Span:
        """The place in the source of ``text[start:end]``; an empty part has an empty place."""
        if not self.at:
            return Span(0, 0)
        if start >= end:
            here = self.at[min(start, len(self.at) - 1)]
            return Span(here, here)
        return Span(self.at[start], self.at[end - 1] + 1)

    def replaced(self, text: str) -> Mapped:
        """The same places under another text of the same length."""
        if len(text) != len(self.text):
            raise ValueError("a replacement keeps the length")
        return Mapped(text, self.at)

    def without(self, spans: Iterable[tuple[int, int]]) -> Mapped:
        """The text with the given parts (in order, not overlapping) left out."""
        pieces: list[str] = []
        places: list[int] = []
        last = 0
        for start, end in spans:
            pieces.append(self.text[last:start])
            places.extend(self.at[last:start])
            last = end
        if not last:
            return self
        pieces.append(self.text[last:])
        places.extend(self.at[last:])
        return Mapped("".join(pieces), tuple(places))

    def drop(self, pattern: re.Pattern[str], keep: Callable[[re.Match[str]], bool] | None = None) -> Mapped:
        """The text without the matches of ``pattern`` (those for which ``keep`` is false)."""
        found = (m.span() for m in pattern.finditer(self.text) if keep is None or not keep(m))
        return self.without(found)

    def compact(self) -> Mapped:
        """Without white space, except one space kept between two digits."""
        return self.drop(
            re.compile(r"\s+"),
            keep=lambda m: bool(
                m.end() - m.start() == 1
                and m.start()
                and self.text[m.start() - 1].isdigit()
                and self.text[m.end() : m.end() + 1].isdigit()
            ),
        )
