"""Figures of a year: normative documents for table two, and how much of what was made is public."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.catalogue.enums import EFFECTIVE, PUBLIC, DisclosureClass, State, Validity
from gongkai.catalogue.models import Item, Relation
from gongkai.catalogue.rules import declared
from gongkai.catalogue.rules.validity import Deed, Document, standing
from gongkai.statutes import in_force

from . import in_effect

# Table two counts them as its form does: what is issued and not yet in force stands among what is valid.
VALID = (Validity.IN_FORCE, Validity.AMENDED, Validity.NOT_YET_IN_FORCE)
_COLUMNS = ("kind", "title", "genre", "signed_on", "published_on", "effective_on", "expires_on")
DECIDED = (*PUBLIC, State.FILED.value)
FIRST = date(2018, 12, 31)  # the first year with a target


@dataclass(frozen=True)
class YearOf:
    """Documents of one kind in a year: issued, ended, valid at its end; and the items behind each number."""

    issued: tuple[int, ...]
    ended: tuple[int, ...]
    valid: tuple[int, ...]


def year_of(kind: str, organs: Collection[str], year: int, *, today: date) -> YearOf:
    """What table two asks of a kind. Valid now = valid before + issued - ended, because each is derived from its days.

    For a year that is not over, as it stands today.
    """
    end, before = min(date(year, 12, 31), today), date(year - 1, 12, 31)
    rows = _texts(organs).filter(kind=kind, state__in=EFFECTIVE, published_on__lte=end)
    documents = {pk: Document(*rest) for pk, *rest in rows.values_list("pk", *_COLUMNS)}
    deeds = _deeds(documents)

    def valid_on(pk: int, day: date) -> bool:
        published = documents[pk].published_on
        if published is None or published > day:
            return False
        return standing(documents[pk], deeds.get(pk, []), today=day).validity in VALID

    was = {pk for pk in documents if valid_on(pk, before)}
    valid = {pk for pk in documents if valid_on(pk, end)}
    days = {pk: one.published_on for pk, one in documents.items() if one.published_on is not None}
    issued = {pk for pk, day in days.items() if before < day <= end}
    return YearOf(*(tuple(sorted(found)) for found in (issued, (was | issued) - valid, valid)))


def _texts(organs: Collection[str]) -> QuerySet[Item]:
    """Documents of these organs; a translation is none of its own."""
    return Item.objects.filter(organ__code__in=organs, translation_of__isnull=True)


def _deeds(pks: Collection[int]) -> dict[int, list[Deed]]:
    found: dict[int, list[Deed]] = {}
    kinds = ("repeals", "replaces", "lapses", "amends")
    rows = Relation.objects.filter(in_effect("source__"), target__isnull=False, kind__in=kinds)
    for target, kind, effective, published in rows.values_list(
        "target_id", "kind", "source__effective_on", "source__published_on"
    ):
        day = effective or published
        if target in pks and day is not None:
            found.setdefault(target, []).append(Deed(kind, day))
    return found


@dataclass(frozen=True)
class Rate:
    """How much of what an organ made in a year is public, against the target. Joint party papers stand apart."""

    made: int
    public: int
    target: int
    joint: int

    @property
    def percent(self) -> float | None:
        """Of a hundred, with two decimals; None where nothing was made."""
        return round(self.public * 100 / self.made, 2) if self.made else None

    @property
    def reached(self) -> bool:
        """Whether the target is reached; where nothing was made there is nothing to reach."""
        return self.percent is None or self.percent >= self.target


def rates(organs: Collection[str], year: int) -> dict[str, Rate]:
    """Of documents, and of everything: those whose class was decided, by the day they were signed."""
    counts, kinds = _counts(organs, year), declared.kinds().values()
    documents = [counts[kind.code] for kind in kinds if kind.target == "documents" and kind.code in counts]
    counted = [counts[kind.code] for kind in kinds if kind.target != "absent" and kind.code in counts]
    return {
        "documents": _rate(documents, year, "disclosure_rate_documents"),
        "all": _rate(counted, year, "disclosure_rate_all"),
    }


def by_kind(organs: Collection[str], year: int) -> dict[str, Rate]:
    """The same for each kind of which anything was made."""
    counts = _counts(organs, year)
    return {kind: _rate([counts[kind]], year, "disclosure_rate_all") for kind in declared.kinds() if kind in counts}


def _rate(counts: Collection[tuple[int, int, int]], year: int, target: str) -> Rate:
    made, public, joint = (sum(one[place] for one in counts) for place in range(3))
    wanted = in_force(target, max(date(year, 12, 31), FIRST)).integer
    return Rate(made, public, wanted, joint)


def _counts(organs: Collection[str], year: int) -> dict[str, tuple[int, int, int]]:
    """Of each kind of which anything was made: made, of these public, joint party papers; in one look."""
    days = Q(signed_on__year=year) | Q(signed_on__isnull=True, published_on__year=year)
    own = Q(joint_party=False)
    public = own & Q(disclosure_class=DisclosureClass.PROACTIVE.value, state__in=PUBLIC)
    rows = _texts(organs).filter(days, state__in=DECIDED).order_by().values_list("kind")
    counted = rows.annotate(
        made=Count("pk", filter=own), shown=Count("pk", filter=public), joint=Count("pk", filter=~own)
    )
    return {kind: (made, shown, joint) for kind, made, shown, joint in counted}
