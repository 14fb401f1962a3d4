"""效力: derived from the days of a document and from what others did to it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from gongkai.catalogue.enums import RelationKind, Validity
from gongkai.statutes import BeforeTheLaw, in_force

from .declared import kinds

TRIAL = ("暂行", "试行")
_ENDING = {
    RelationKind.REPEALS.value: Validity.REPEALED,
    RelationKind.REPLACES.value: Validity.REPEALED,
    RelationKind.LAPSES.value: Validity.LAPSED,
}


@dataclass(frozen=True)
class Document:
    """What validity goes by."""

    kind: str
    title: str
    genre: str
    signed_on: date | None
    published_on: date | None
    effective_on: date | None
    expires_on: date | None

    @property
    def begins_on(self) -> date | None:
        """Its first day: the day it names, else the day it was published or signed."""
        return self.effective_on or self.published_on or self.signed_on


@dataclass(frozen=True)
class Deed:
    """What another item does to this one, from a day on."""

    kind: str
    on: date


@dataclass(frozen=True)
class Standing:
    """The validity on a day; since when; and the next day on which it must be asked again."""

    validity: Validity
    since: date | None = None
    next_on: date | None = None


def last_day(document: Document) -> date | None:
    """The last day in force: the one it names, else by the default term of its kind; None when it has no end."""
    kind = kinds().get(document.kind)
    if kind is None or not kind.has_validity:
        return None
    if document.expires_on or kind.validity != "term" or document.begins_on is None:
        return document.expires_on
    try:
        years = in_force(_term(document), document.signed_on or document.begins_on).integer
    except BeforeTheLaw:
        return None
    return document.begins_on + relativedelta(years=years) - timedelta(days=1)


def _term(document: Document) -> str:
    """The parameter of the law with the default term: notices to the public, trial documents, the others."""
    if document.genre == "announcement":
        return "normative_validity_notice"
    if any(word in document.title for word in TRIAL):
        return "normative_validity_trial"
    return "normative_validity"


def standing(document: Document, deeds: Iterable[Deed], *, today: date) -> Standing:
    """Where a document stands on a day."""
    kind = kinds().get(document.kind)
    known = sorted(deeds, key=lambda deed: deed.on)
    if kind is None or (not kind.has_validity and not any(deed.kind in _ENDING for deed in known)):
        return Standing(Validity.NOT_APPLICABLE)
    begins, ends = document.begins_on, last_day(document)
    coming = [deed.on for deed in known if deed.on > today]
    coming += [begins] if begins and begins > today else []
    coming += [ends + timedelta(days=1)] if ends and ends >= today else []
    next_on = min(coming, default=None)
    ended = [(deed.on, _ENDING[deed.kind]) for deed in known if deed.kind in _ENDING and deed.on <= today]
    ended += [(ends + timedelta(days=1), Validity.LAPSED)] if ends and ends < today else []
    if ended:
        since, validity = min(ended, key=lambda found: found[0])
        return Standing(validity, since, None)
    if begins and begins > today:
        return Standing(Validity.NOT_YET_IN_FORCE, None, next_on)
    amended = [deed.on for deed in known if deed.kind == RelationKind.AMENDS.value and deed.on <= today]
    if amended:
        return Standing(Validity.AMENDED, amended[-1], next_on)
    return Standing(Validity.IN_FORCE, begins, next_on)


def evaluate_from(document: Document) -> date | None:
    """From when a normative document is to be evaluated, before its last day; None for the others."""
    ends = last_day(document)
    kind = kinds().get(document.kind)
    if ends is None or kind is None or kind.validity != "term":
        return None
    try:
        months = in_force("normative_evaluation_lead", document.signed_on or ends).integer
    except BeforeTheLaw:
        return None
    return ends - relativedelta(months=months)
