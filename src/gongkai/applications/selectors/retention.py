"""Which old cases may be forgotten, what keeps the others, and what would go."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications.enums import ENDED, Closing, Disposing
from gongkai.applications.models import (
    Application,
    Consultation,
    Disposal,
    Disposed,
    DisposedRectification,
    Fee,
    Kept,
    Letter,
    Rectification,
)
from gongkai.applications.rules.retention import kept_until
from gongkai.files import selectors as files
from gongkai.privacy.subjects import Hold
from gongkai.statutes import in_force

from .papers import BROUGHT, REDACTED

KEEPERS = (Role.OFFICER, Role.DISCLOSURE_OFFICE)
WATCHERS = (*KEEPERS, Role.AUDITOR)
NOT_OWING = (Closing.NOT_PAID.value, Closing.WITHDRAWN.value)  # given up: nothing is to be paid any more
BATCH = 500
Holds = Callable[[Collection[int]], Mapping[int, Sequence[Hold]]]
Erase = Callable[[int, Callable[[str], str]], int]
_holds: dict[str, Holds] = {}
_erasers: dict[str, Erase] = {}


@dataclass(frozen=True)
class Fallen:
    """Cases whose years are over, by key: those that may be forgotten, and those that are kept, with what keeps them."""

    due: list[int] = field(default_factory=list)
    held: dict[int, list[Hold]] = field(default_factory=dict)
    due_in: frozenset[str] = frozenset()  # the codes of the organs that have one that is due


@dataclass(frozen=True)
class Going:
    """What would go with the people of a case, beside their names and addresses."""

    letters: int = 0
    files: int = 0
    parties: int = 0


def register_retention(name: str, *, holds: Holds | None = None, erase: Erase | None = None) -> None:
    """Have a context above say what keeps which cases, and forget what it holds of their people.

    `holds` is asked about many cases at once. `erase` is given the key of one case and a function that tells a text
    without the people of the case; it runs in the transaction, and returns how many rows it changed.
    """
    if holds is not None:
        _holds[name] = holds
    if erase is not None:
        _erasers[name] = erase


def erasers() -> Iterator[Erase]:
    """What the contexts above forget."""
    yield from (_erasers[name] for name in sorted(_erasers))


def fallen(rows: QuerySet[Application], as_of: date) -> Fallen:
    """Those among `rows` whose years are over on a day, in the order of their numbers."""
    days = [day for day in _closing_days(rows, as_of) if kept_until(day, as_of) < as_of]
    old = Q(closed_on__in=days, state__in=ENDED) | (Q(counted_on__in=days) & ~Q(state__in=ENDED))
    found = rows.filter(old, forgotten_on__isnull=True).order_by("number").values_list("pk", "organ__code")
    organs = dict(found)
    held = holds_of(list(organs))
    due = [key for key in organs if key not in held]
    return Fallen(due, {key: held[key] for key in organs if key in held}, frozenset(organs[key] for key in due))


def fallen_rectifications(as_of: date) -> QuerySet[Rectification]:
    """Requests to put a record right that were answered so long ago that their years are over, in the order of numbers."""
    answered = Rectification.objects.filter(answered_on__lt=as_of, forgotten_on__isnull=True)
    days = {day for day in answered.order_by().values_list("answered_on", flat=True).distinct() if day}
    old = [day for day in days if kept_until(day, as_of) < as_of]
    return answered.filter(answered_on__in=old).select_related("organ").order_by("number")


def rectifications_kept(standing: Standing, as_of: date) -> QuerySet[Rectification]:
    """Those of them of the organs whose files the reader keeps, or watches over."""
    return fallen_rectifications(as_of).filter(organ__code__in=standing.organs_where(*WATCHERS))


def fallen_by_organ(as_of: date) -> dict[str, Any]:
    """The same of every organ that has any, as plain values: numbers of cases, and what keeps which."""
    found = fallen(Application.objects.all(), as_of)
    rows = Application.objects.filter(pk__in=[*found.due, *found.held]).order_by("organ__code", "number")
    organs: dict[str, dict[str, Any]] = {}
    for key, number, organ in rows.values_list("pk", "number", "organ__code"):
        one = organs.setdefault(organ, {"organ": organ, "due": [], "held": {}})
        if key in found.held:
            one["held"][number] = [f"{hold.reason}（{hold.cite}）" for hold in found.held[key]]
        else:
            one["due"].append(number)
    for number, organ in fallen_rectifications(as_of).values_list("number", "organ__code"):
        one = organs.setdefault(organ, {"organ": organ, "due": [], "held": {}})
        one.setdefault("rectifications", []).append(number)
    return {"as_of": as_of.isoformat(), "organs": list(organs.values())}


def _closing_days(rows: QuerySet[Application], as_of: date) -> set[date]:
    old = rows.filter(forgotten_on__isnull=True, counted_on__lt=date(as_of.year, 1, 1)).order_by()
    return {day for pair in old.values_list("counted_on", "closed_on").distinct() for day in pair if day}


def holds_of(keys: Sequence[int]) -> dict[int, list[Hold]]:
    """What keeps which of these cases whole, whatever their age."""
    found: dict[int, list[Hold]] = defaultdict(list)
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        for read in (_open, _owing, _kept, *_holds.values()):
            for key, holds in read(batch).items():
                found[key] += holds
    return dict(found)


def _open(keys: Collection[int]) -> Mapping[int, Sequence[Hold]]:
    cite = in_force("personal_data_kept_by_law", localdate()).cite.text
    rows = Application.objects.filter(pk__in=keys).exclude(state__in=ENDED).values_list("pk", "counted_on")
    return {key: [Hold("正在重新处理，尚未办结" if before else "尚未办结", cite)] for key, before in rows}


def _owing(keys: Collection[int]) -> Mapping[int, Sequence[Hold]]:
    cite = in_force("personal_data_kept_by_law", localdate()).cite.text
    rows = Fee.objects.filter(application__in=keys, paid_on__isnull=True).exclude(application__code__in=NOT_OWING)
    return {key: [Hold("信息处理费尚未缴纳", cite)] for key in rows.values_list("application_id", flat=True)}


def _kept(keys: Collection[int]) -> Mapping[int, Sequence[Hold]]:
    cite = in_force("application_retention", localdate()).basis
    rows = Kept.objects.filter(application__in=keys, lifted_on__isnull=True).values_list("application_id", "reason")
    return {key: [Hold(f"暂缓处置：{reason}", cite)] for key, reason in rows}


def what_goes(keys: Collection[int]) -> dict[int, Going]:
    """What would go with each of these cases; three queries, however many they are."""
    letters = _counted(Letter.objects.filter(application__in=keys))
    parties = _counted(Consultation.objects.filter(application__in=keys, organ__isnull=True))
    owned = files.counts_of((BROUGHT, REDACTED), [str(key) for key in keys])
    return {key: Going(letters[key], owned.get(str(key), 0), parties[key]) for key in keys}


def _counted(rows: QuerySet[Letter] | QuerySet[Consultation]) -> Counter[int]:
    return Counter(dict(rows.order_by().values_list("application_id").annotate(n=Count("pk"))))


def kept_cases(standing: Standing) -> QuerySet[Application]:
    """The cases of the organs whose files the reader keeps, or watches over."""
    return Application.objects.filter(organ__code__in=standing.organs_where(*WATCHERS)).select_related("organ")


def these_cases(keys: Iterable[int]) -> list[Application]:
    """Cases by key, in the order of their numbers."""
    return list(Application.objects.filter(pk__in=list(keys)).select_related("organ").order_by("number"))


def kept_case(standing: Standing, number: str) -> Application | None:
    """One of them by its number."""
    return kept_cases(standing).filter(number=number).first()


def keeping(application: Application) -> Kept | None:
    """Who keeps a case whole beyond its years, if anybody does."""
    return application.kept.filter(lifted_on__isnull=True).select_related("by").first()


def disposals(standing: Standing) -> QuerySet[Disposal]:
    """The lists of the organs whose files the reader keeps, or watches over; the newest first."""
    found = Disposal.objects.filter(organ__code__in=standing.organs_where(*WATCHERS))
    return found.select_related("organ", "proposed_by", "decided_by").annotate(
        total=Count("cases", distinct=True) + Count("rectifications", distinct=True),
        done=Count("cases", filter=Q(cases__done_on__isnull=False), distinct=True)
        + Count("rectifications", filter=Q(rectifications__done_on__isnull=False), distinct=True),
        left=Count("cases", filter=~Q(cases__left_because=""), distinct=True),
    )


def proposable_organs(standing: Standing, due_in: Collection[str]) -> list[str]:
    """Those among these organs whose files the reader keeps, and that have no list that is not settled yet."""
    open_ = Disposal.objects.filter(state__in=(Disposing.PROPOSED.value, Disposing.CARRYING.value))
    return sorted((standing.organs_where(*KEEPERS) & set(due_in)) - set(open_.values_list("organ__code", flat=True)))


def disposal(standing: Standing, pk: int) -> Disposal | None:
    """One of them."""
    return disposals(standing).filter(pk=pk).first()


def disposed(row: Disposal) -> QuerySet[Disposed]:
    """The cases on a list."""
    return row.cases.select_related("application").order_by("application__number")


def disposed_rectifications(row: Disposal) -> QuerySet[DisposedRectification]:
    """The requests to put a record right on a list."""
    return row.rectifications.select_related("rectification").order_by("rectification__number")
