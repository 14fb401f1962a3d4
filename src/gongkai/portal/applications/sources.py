"""What the portal has published, as it is suggested to who is about to apply."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.applications import selectors
from gongkai.applications.rules.nearness import Candidate
from gongkai.portal.search.sources import SECTION
from gongkai.search import selectors as search

MOST_LOOKED_AT = 60


def published(text: str) -> Iterator[Candidate]:
    """What the search finds for any of the words, but the pages on how to apply."""
    for entry in search.near(text, limit=MOST_LOOKED_AT):
        if entry.kind != SECTION:
            words = "　".join((entry.summary, *entry.keywords))
            yield Candidate(entry.title, words, entry.url, entry.kind, entry.organ_name)


def registered() -> None:
    """Called once, when the program starts."""
    selectors.register_source(published)
