"""What the portal has published, as it is suggested to who is about to apply: what holds no more is told as such."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from gongkai.applications import selectors
from gongkai.applications.rules.nearness import Candidate
from gongkai.portal.search.sources import SECTION
from gongkai.search import selectors as search
from gongkai.search.enums import Validity
from gongkai.search.rules import Entry

MOST_LOOKED_AT = 60


def published(text: str) -> Iterator[Candidate]:
    """What the search finds for any of the words, but the pages on how to apply; of what is as near, first what holds."""
    found = search.near(text, limit=MOST_LOOKED_AT)
    for entry in sorted(found, key=lambda one: not one.holds):
        if entry.kind != SECTION:
            words = "　".join((entry.summary, *entry.keywords))
            yield Candidate(entry.title, words, entry.url, entry.kind, _meta(entry))


def _meta(entry: Entry) -> str:
    """Whose it is, and that it was repealed or has lapsed."""
    said = "" if entry.holds else _(Validity(entry.validity).label)
    return "　".join(part for part in (entry.organ_name, said) if part)


def registered() -> None:
    """Called once, when the program starts."""
    selectors.register_source(published)
