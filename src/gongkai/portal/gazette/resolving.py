"""A citation typed into the search box opens what it names."""

from __future__ import annotations

from django.urls import reverse

from gongkai.gazette import selectors
from gongkai.gazette.rules.citing import parse
from gongkai.search import services as search


def address_of(text: str) -> str | None:
    """The page of the issue or the article that a text cites; None when it cites none."""
    citation = parse(text)
    found = selectors.cited(citation) if citation else None
    if found is None:
        return None
    issue, article = found
    if article is None:
        return reverse("gazette:issue", args=[issue.year, issue.number])
    return reverse("gazette:article", args=[article.pk])


def registered() -> None:
    """Called once, when the program starts."""
    search.register_resolver(address_of)
