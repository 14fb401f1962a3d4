"""The public list: what was asked for, how many there are of each, one page of them. Counts are counted, never guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongkai.catalogue.enums import Level, Validity
from gongkai.catalogue.models import Item, Tag
from gongkai.catalogue.rules import declared, numbers
from gongkai.organisations import selectors as organisations

from . import public

# Each facet and the column it counts; several values of one facet are one or the other, several facets are all.
FACETS = {
    "validity": "validity",
    "kind": "kind",
    "organ": "organ__code",
    "theme": "theme",
    "year": "year",
    "level": "level",
    "tag": "tags__code",
}
COLUMNS = ("validity", "kind", "organ", "theme", "year", "level")  # of an item itself
MOST = 12  # options of a facet; those chosen are always shown
LONGEST = 60
CARRIED = 2000  # items found by words once, and then counted by facets


@dataclass(frozen=True)
class Option:
    """One value of a facet: how many items have it beside all that the other facets ask for."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Asked:
    """What a reader asks for: chosen values by facet, and words that stand in title or number."""

    chosen: Mapping[str, tuple[str, ...]]
    words: str = ""
    named: tuple[int, ...] | None = None  # the items that the words name, unless they are too many to carry

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not self.words and not any(self.chosen.values())


def asked(values: Mapping[str, Sequence[str]], words: str = "") -> Asked:
    """What of an address can be asked for; a year that is none is left out. Words are looked up once, here."""
    chosen = {name: tuple(dict.fromkeys(one[:60] for one in values.get(name, ()) if one))[:40] for name in FACETS}
    chosen["year"] = tuple(one for one in chosen["year"] if one.isascii() and one.isdigit() and len(one) == 4)
    plain = words.replace("\0", "").strip()[:LONGEST]
    if not plain:
        return Asked(chosen)
    pks = tuple(public().filter(_named(plain)).order_by().values_list("pk", flat=True)[: CARRIED + 1])
    return Asked(chosen, plain, pks if len(pks) <= CARRIED else None)


def found(what: Asked, *, without: str = "") -> QuerySet[Item]:
    """The public items that are asked for; `without` leaves one facet aside, to count its options."""
    items = public()
    for name, values in what.chosen.items():
        if not values or name == without:
            continue
        tagged = Q(pk__in=Tag.objects.filter(code__in=values).values("item"))
        items = items.filter(tagged if name == "tag" else Q(**{f"{FACETS[name]}__in": values}))
    if what.named is not None:
        return items.filter(pk__in=what.named)
    return items.filter(_named(what.words)) if what.words else items


def _named(words: str) -> Q:
    """Title, document number in any spelling, or index number."""
    number = numbers.parse(words)
    if number is not None and number.word:
        return Q(number_key=number.key)
    if numbers.parse_index(words) is not None:
        return Q(index_number=words)
    wanted = Q(title__icontains=words)
    return wanted | Q(number_key__endswith=number.key) if number else wanted


def options(what: Asked) -> dict[str, list[Option]]:
    """Every facet with its options, the most frequent first; years from the latest on."""
    names = _labels()
    counted = _counted(what)
    return {name: _options(what, name, counted[name], names[name]) for name in FACETS}


def options_of(what: Asked, name: str) -> list[Option]:
    """One facet alone."""
    return _options(what, name, _counts(what, name), {})


def _counted(what: Asked) -> dict[str, dict[str, int]]:
    """The counts of every facet: where several are chosen, those of the columns in one pass."""
    if what.is_empty:
        return _whole()
    together = _together(what) if sum(bool(what.chosen[name]) for name in COLUMNS) > 1 else {}
    return together | {name: _counts(what, name) for name in FACETS if name not in together}


def _together(what: Asked) -> dict[str, dict[str, int]]:
    """The counts of the facets that are columns, in one pass over what all of them but one at most ask for."""
    codes = {organ.code: organ.pk for organ in organisations.organs()}
    wanted: dict[str, set[Any]] = {name: set(what.chosen[name]) for name in COLUMNS if what.chosen[name]}
    if "organ" in wanted:
        wanted["organ"] = {codes.get(code) for code in wanted["organ"]}
    if "year" in wanted:
        wanted["year"] = {int(year) for year in wanted["year"]}
    some = Q()
    for left in wanted:
        some |= Q(**{f"{name}__in": list(values) for name, values in wanted.items() if name != left})
    rows: Any = found(Asked({"tag": what.chosen["tag"]}, what.words, what.named)).filter(some).order_by()
    counts: dict[str, Counter[Any]] = {name: Counter() for name in COLUMNS}
    for *values, n in rows.values_list(*COLUMNS).annotate(n=Count("pk")):
        row = dict(zip(COLUMNS, values, strict=True))
        missed = [name for name in wanted if row[name] not in wanted[name]]
        for name in missed or COLUMNS:
            counts[name][row[name]] += n
    return {name: _named_counts(name, counted) for name, counted in counts.items()}


def _whole() -> dict[str, dict[str, int]]:
    """The counts of the whole library, kept for as long as nothing in it has changed."""
    everything = Asked(dict.fromkeys(FACETS, ()))
    # The last change by the end of its index; with the count in one question, every row would be read.
    mark = (public().count(), *public().order_by("-changed_at").values_list("changed_at", flat=True)[:1])
    if _kept.get("mark") != mark:
        _kept.update(mark=mark, counts={name: _counts(everything, name) for name in FACETS})
    found: dict[str, dict[str, int]] = _kept["counts"]
    return found


_kept: dict[str, Any] = {}  # of this process; known by how many there are and by the moment of the last change


def _counts(what: Asked, name: str) -> dict[str, int]:
    rows: Any
    if name == "tag":
        rows = Tag.objects.filter(item__in=found(what, without=name)).order_by().values_list("code")
    else:
        rows = found(what, without=name).order_by().values_list("organ" if name == "organ" else name)
    return _named_counts(name, dict(rows.annotate(n=Count("pk"))))


def _named_counts(name: str, counts: Mapping[Any, int]) -> dict[str, int]:
    """By what an address calls each value."""
    if name == "organ":
        codes = {organ.pk: organ.code for organ in organisations.organs()}
        return {codes[value]: n for value, n in counts.items()}
    return {str(value): n for value, n in counts.items() if value is not None}


def _options(what: Asked, name: str, counts: Mapping[str, int], labels: Mapping[str, str]) -> list[Option]:
    chosen = what.chosen[name]
    whole = {**dict.fromkeys(chosen, 0), **counts}
    ranked = sorted(whole, key=lambda value: (-whole[value], value))
    ranked = sorted(whole, reverse=True) if name == "year" else ranked
    shown = [value for place, value in enumerate(ranked) if place < MOST or value in chosen]
    return [Option(value, labels.get(value, value), whole[value], value in chosen) for value in shown]


def _labels() -> dict[str, Mapping[str, str]]:
    return {
        "validity": dict(Validity.choices()),
        "kind": {kind.code: kind.label for kind in declared.kinds().values()},
        "organ": {organ.code: organ.name_for_reader for organ in organisations.organs()},
        "theme": declared.themes(),
        "year": {},
        "level": dict(Level.choices()),
        "tag": declared.features(),
    }


def counts_by_entry() -> dict[str, int]:
    """How many public items each entry of the disclosed contents has; those with none are nought."""
    rows = public().order_by().values_list("kind").annotate(n=Count("pk"))
    totals = {kind.item: 0 for kind in declared.kinds().values()}
    for code, n in rows:
        kind = declared.kinds().get(code)
        if kind is not None:
            totals[kind.item] += n
    return totals


def of_entry(item: str) -> QuerySet[Item]:
    """The public items of one entry of the disclosed contents, the newest first."""
    kinds = declared.kinds_of(item)
    return public().filter(kind__in=kinds).select_related("organ").defer("body", "anchors")
