"""What the portal has published, as it is suggested to who is about to apply."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.applications import selectors
from gongkai.applications.rules.nearness import Candidate
from gongkai.portal.search.finding import HitKind, candidates, terms_of


def published(text: str) -> Iterator[Candidate]:
    """Every page that the search of the portal knows but those on how to apply."""
    for found in candidates(terms_of(text)):
        if found.kind is not HitKind.SECTION:
            words = f"{found.text} {found.words}"
            yield Candidate(found.title, words, found.url, found.kind.value, " · ".join(found.meta))


def registered() -> None:
    """Called once, when the program starts."""
    selectors.register_source(published)
