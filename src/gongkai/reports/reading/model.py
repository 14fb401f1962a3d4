"""What reading a report yields: figures, claims and what could not be read, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from gongkai.reports.enums import Block, Chapter, Column, Form, Item, Measure, Result, Row, Scope


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the source text: character offsets, end excluded."""

    start: int
    end: int

    def shifted(self, by: int) -> Span:
        """The same place in a text that begins ``by`` characters earlier."""
        return Span(self.start + by, self.end + by)


class State(StrEnum):
    """How a cell was found."""

    READ = "read"
    BLANK = "blank"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell: its value, or ``None`` with the reason (left blank by the author, or not readable)."""

    value: int | Decimal | None
    state: State = State.READ
    span: Span | None = None
    text: str = ""

    @property
    def amount(self) -> int | Decimal | None:
        """The value for arithmetic: a cell left blank counts as nothing, an unread one is unknown."""
        return 0 if self.state is State.BLANK else self.value


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure stated in words.

    ``kind`` names the quantity (see ``docs/reference/report-form.md``), ``value`` is a count, ``share`` a
    percentage as printed ("47.63"), ``growth`` a signed percentage as printed. ``approximate`` is set by words
    such as 余, 近, 约, 超. ``parts`` holds the members of a list in order: (name, count, share as printed).
    """

    kind: str
    value: Decimal | None
    span: Span | None = None
    share: str | None = None
    share_span: Span | None = None
    growth: str | None = None
    growth_span: Span | None = None
    growth_base: int | None = None
    approximate: str = ""
    scope: Scope | None = None
    detail: str = ""
    parts: tuple[tuple[str, Decimal, str | None], ...] = ()
    exhaustive: bool = True


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that stands in the source, or should, and could not be turned into a figure."""

    what: str
    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter heading as found: its chapter, the numeral printed before it, its place."""

    chapter: Chapter
    numeral: int | None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A fact about the text that the structure checks judge: ``kind`` and its particulars."""

    kind: str
    values: Mapping[str, str | int]
    span: Span | None = None


TableThree = dict[Row, dict[Column, Figure]]
TableFour = dict[Block, dict[Result, Figure]]
TableTwo = dict[Item, dict[Measure, Figure]]


@dataclass(frozen=True)
class Reading:
    """One annual report as read. Offsets count from the start of the file's text."""

    title: str
    organ: str
    year: int | None
    form: Form
    scope: Scope
    three: TableThree = field(default_factory=dict)
    four: TableFour = field(default_factory=dict)
    two: TableTwo = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    headings: tuple[Heading, ...] = ()
    remarks: tuple[Remark, ...] = ()
    unread: tuple[Unread, ...] = ()
    span: Span = Span(0, 0)

    def with_claims(self, claims: tuple[Claim, ...]) -> Reading:
        """The same reading with other claims."""
        return replace(self, claims=claims)


class Unreadable(Exception):
    """A file that holds no readable report. The message is for the person who offered the file."""
