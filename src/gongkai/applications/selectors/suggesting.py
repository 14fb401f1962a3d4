"""What may be public already: published items near what is asked, and earlier replies that said where to find it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from gongkai.applications.models import Letter, Suggestion
from gongkai.applications.rules.nearness import Candidate, nearest
from gongkai.screening.rules.personal import find

Source = Callable[[str], Iterable[Candidate]]
_sources: list[Source] = []
EARLIER = "earlier"
MOST_EARLIER = 200
SHORTEST = 4  # signs of what is asked, below which nothing is near
LONGEST = 300


@dataclass(frozen=True)
class Figures:
    """What came of suggestions in a time: how often any was shown, opened, submitted all the same or not."""

    shown: int
    opened: int
    submitted: int
    not_submitted: int
    enough: int


def register_source(source: Source) -> None:
    """The port for what is published: `source(text)` names what may hold the answer. The same again changes nothing."""
    if source not in _sources:
        _sources.append(source)


def suggestions(text: str, organ: str = "") -> list[Candidate]:
    """What may hold the answer, the nearest first."""
    asked = text.strip()[:LONGEST]
    if len(asked) < SHORTEST:
        return []
    found = [candidate for source in _sources for candidate in source(asked)]
    return nearest(asked, [*found, *_earlier()], organ=organ)


def _earlier() -> Iterator[Candidate]:
    """Replies that named a public place. What was asked is compared and never shown; a way with a person in it is not."""
    letters = Letter.objects.filter(kind="already_public", delivered_on__isnull=False, replaced_by__isnull=True)
    rows = letters.order_by("-pk").values_list(
        "contents", "delivered_on", "application__organ__short_name", "application__organ__code"
    )
    for contents, day, name, code in rows[:MOST_EARLIER]:
        ways = str(contents.get("ways", ""))
        if ways and not find(ways):
            yield Candidate(ways[:120], str(contents.get("wanted", "")), "", EARLIER, f"{name} · {day}", code)


def suggestion_figures(first: date, last: date) -> Figures:
    """The figures of suggestions that were shown between two days. One query."""
    found = Suggestion.objects.filter(on__gte=first, on__lte=last).aggregate(
        times=Count("pk"),
        opened_times=Count("pk", filter=Q(opened__gt=0)),
        sent=Count("pk", filter=Q(submitted=True)),
        found=Count("pk", filter=Q(enough=True)),
    )
    return Figures(found["times"], found["opened_times"], found["sent"], found["times"] - found["sent"], found["found"])
