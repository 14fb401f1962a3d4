"""One comparison, whether it holds or not, with its sentence for the clerk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from gongkai.reports.enums import Relation, Severity
from gongkai.reports.reading.model import Span

Side = int | Decimal | str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A relation checked at one place.

    ``left`` and ``right`` are the two sides as compared (shares as printed: "47.68"). ``severity`` is set when the
    relation fails. ``text`` is the sentence a clerk would write, ``cause`` the likely reason when the arithmetic
    suggests one.
    """

    relation: Relation
    where: Mapping[str, str | int]
    left: Side
    right: Side
    holds: bool
    text: str
    severity: Severity | None = None
    cause: str = ""
    span: Span | None = None

    @property
    def difference(self) -> Decimal | None:
        """Left less right, when both are numbers."""
        try:
            return Decimal(str(self.left)) - Decimal(str(self.right))
        except ArithmeticError:
            return None

    def because(self, cause: str) -> Finding:
        """The same finding with its likely cause."""
        return replace(self, cause=cause)

    def at(self, span: Span | None) -> Finding:
        """The same finding at a place in the source."""
        return replace(self, span=span)


def compare(
    relation: Relation,
    where: Mapping[str, str | int],
    left: Side,
    right: Side,
    text: str,
    *,
    severity: Severity = Severity.ERROR,
    span: Span | None = None,
) -> Finding:
    """A comparison for equality; ``severity`` counts only when the sides differ."""
    holds = left == right
    return Finding(relation, where, left, right, holds, text, None if holds else severity, "", span)


def percentage(part: Decimal, whole: Decimal, printed: str) -> str:
    """``part`` of ``whole`` in per cent with as many decimals as ``printed``, rounded half up."""
    return str(_rounded(part * 100 / whole, printed, ROUND_HALF_UP))


def truncated(part: Decimal, whole: Decimal, printed: str) -> str:
    """The same with the further decimals cut off."""
    return str(_rounded(part * 100 / whole, printed, ROUND_DOWN))


def last_place(printed: str) -> Decimal:
    """One unit in the last decimal printed."""
    return Decimal(1).scaleb(-len(printed.partition(".")[2]))


def _rounded(value: Decimal, printed: str, way: str) -> Decimal:
    return value.quantize(last_place(printed), rounding=way)


def number(value: Side) -> str:
    """A number as a reader expects it: thousands parted by commas."""
    if isinstance(value, int | Decimal):
        return f"{value:,}"
    return "（空）" if value is None else str(value)
