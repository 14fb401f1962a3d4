"""A reading as plain data and back: kept in the database, and as YAML for the figures that the project carries."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from gongkai.reports.enums import Block, Chapter, Column, Form, Item, Measure, Result, Row, Scope
from gongkai.reports.reading.model import Claim, Figure, Heading, Reading, Remark, Span, State, Unread

_TABLES: dict[str, tuple[type, type]] = {
    "three": (Row, Column),
    "four": (Block, Result),
    "two": (Item, Measure),
}


def to_data(reading: Reading) -> dict[str, Any]:
    """The reading as lists, mappings, strings and numbers; ``from_data`` gives an equal reading back."""
    return {
        "title": reading.title,
        "organ": reading.organ,
        "year": reading.year,
        "form": reading.form.value,
        "scope": reading.scope.value,
        "tables": {
            name: {str(row): {str(c): _figure(f) for c, f in cells.items()} for row, cells in _table(reading, name)}
            for name in _TABLES
        },
        "claims": [_claim(c) for c in reading.claims],
        "headings": [[h.chapter.value, h.numeral, _span(h.span)] for h in reading.headings],
        "remarks": [[r.kind, dict(r.values), _span(r.span)] for r in reading.remarks],
        "unread": [[u.what, u.text, _span(u.span)] for u in reading.unread],
        "span": _span(reading.span),
    }


def from_data(data: Mapping[str, Any]) -> Reading:
    """The reading that ``to_data`` made plain. Raises ``KeyError`` or ``ValueError`` for other data."""
    tables = {name: _table_back(data["tables"].get(name, {}), *words) for name, words in _TABLES.items()}
    return Reading(
        title=data["title"],
        organ=data["organ"],
        year=data["year"],
        form=Form(data["form"]),
        scope=Scope(data["scope"]),
        claims=tuple(_claim_back(c) for c in data.get("claims", ())),
        headings=tuple(Heading(Chapter(c), n, _span_back(s)) for c, n, s in data.get("headings", ())),
        remarks=tuple(Remark(kind, values, _span_back(s)) for kind, values, s in data.get("remarks", ())),
        unread=tuple(Unread(what, text, _span_back(s)) for what, text, s in data.get("unread", ())),
        span=_span_back(data.get("span")) or Span(0, 0),
        **tables,
    )


def same_figures(one: Reading, other: Reading) -> bool:
    """Whether two readings say the same, wherever in whichever text it stands."""
    return bool(_essence(one) == _essence(other))


def _essence(reading: Reading) -> Any:
    tables = [
        {(str(row), str(c)): f.value for row, cells in _table(reading, name) for c, f in cells.items()}
        for name in _TABLES
    ]
    claims = [
        (c.kind, c.value, c.share, c.growth, tuple((count, share) for _, count, share in c.parts))
        for c in reading.claims
    ]
    return (reading.organ, reading.year, reading.form, reading.scope, tables, claims)


def _table(reading: Reading, name: str) -> Any:
    return getattr(reading, name).items()


def _span(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _span_back(pair: Any) -> Span | None:
    return Span(pair[0], pair[1]) if pair else None


def _number(value: int | Decimal | None) -> int | str | None:
    return str(value) if isinstance(value, Decimal) else value


def _number_back(value: int | str | None) -> int | Decimal | None:
    return Decimal(value) if isinstance(value, str) else value


def _figure(figure: Figure) -> Any:
    """A plain number where that says all; else [value, state, place, text]."""
    plain = figure.state is State.READ and figure.span is None and not figure.text
    value = _number(figure.value)
    return value if plain else [value, figure.state.value, _span(figure.span), figure.text]


def _figure_back(data: Any) -> Figure:
    if not isinstance(data, list):
        return Figure(_number_back(data), State.BLANK if data is None else State.READ)
    value, state, span, text = data
    return Figure(_number_back(value), State(state), _span_back(span), text)


def _table_back(data: Mapping[str, Any], rows: type, columns: type) -> Any:
    return {rows(row): {columns(c): _figure_back(f) for c, f in cells.items()} for row, cells in data.items()}


def _claim(claim: Claim) -> dict[str, Any]:
    """Only what differs from an empty claim, so that the data reads well."""
    data: dict[str, Any] = {"kind": claim.kind, "value": None if claim.value is None else str(claim.value)}
    data |= {
        "span": _span(claim.span),
        "share": claim.share,
        "share_span": _span(claim.share_span),
        "growth": claim.growth,
        "growth_span": _span(claim.growth_span),
        "growth_base": claim.growth_base,
        "approximate": claim.approximate,
        "scope": claim.scope.value if claim.scope else None,
        "detail": claim.detail,
        "parts": [[name, str(count), share] for name, count, share in claim.parts],
        "exhaustive": None if claim.exhaustive else False,
    }
    return {key: value for key, value in data.items() if value not in (None, "", []) or key == "kind"}


def _claim_back(data: Mapping[str, Any]) -> Claim:
    value = data.get("value")
    return Claim(
        kind=data["kind"],
        value=None if value is None else Decimal(str(value)),
        span=_span_back(data.get("span")),
        share=data.get("share"),
        share_span=_span_back(data.get("share_span")),
        growth=data.get("growth"),
        growth_span=_span_back(data.get("growth_span")),
        growth_base=data.get("growth_base"),
        approximate=data.get("approximate", ""),
        scope=Scope(data["scope"]) if data.get("scope") else None,
        detail=data.get("detail", ""),
        parts=tuple((name, Decimal(str(count)), share) for name, count, share in data.get("parts", ())),
        exhaustive=data.get("exhaustive", True),
    )
