"""What the search page finds, for programs: the same function, the same bounds, no token."""

from __future__ import annotations

import html
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from gongkai.accounts.rules.sessions import address_of
from gongkai.search import selectors, services
from gongkai.search.enums import Sort
from gongkai.search.rules.ask import LONGEST_TYPED, LONGEST_VALUE, MOST_A_PAGE, PAGE_SIZE, Ask
from gongkai.search.rules.marking import Parts
from gongkai.search.rules.query import DEEPEST, FACETS

from .answers import open_answers
from .values import Asked, Day

router = Router(tags=["search"])
Value = Annotated[str, Field(max_length=LONGEST_VALUE)]
Values = Annotated[list[Value], Field(default_factory=list, max_length=20)]


class Question(Asked):
    """Words, what they are narrowed to (a facet may be named several times), the days, the order, which page."""

    q: Annotated[str, Field(max_length=LONGEST_TYPED)] = ""
    kind: Values
    organ: Values
    theme: Values
    year: Values
    validity: Values
    level: Values
    since: Day | None = None
    until: Day | None = None
    sort: Sort = Sort.RELEVANCE
    page: Annotated[int, Field(ge=1, le=DEEPEST)] = 1
    page_size: Annotated[int, Field(ge=1, le=MOST_A_PAGE)] = PAGE_SIZE


class FacetValue(Schema):
    """One value of a facet, and how many results choosing it gives."""

    value: str
    label: str
    count: int


class Hit(Schema):
    """One thing found; in `highlights` the words asked for stand in <mark>, and all else is escaped."""

    index_number: str
    title: str
    document_number: str
    url: str
    highlights: list[str]
    why: list[str]
    kind: str
    organ: str
    date: str
    validity: str


class Results(Schema):
    """What was found, and what may have been meant; in `notes` what was done with the question."""

    count: int
    took_ms: float
    facets: dict[str, list[FacetValue]]
    results: list[Hit]
    suggestions: list[str]
    notes: list[str]


@router.get(
    "",
    auth=None,
    response=open_answers(Results, paced=True),
    url_name="search",
    summary="搜索 / what the search page finds",
)
def search(request: HttpRequest, asked: Query[Question]) -> Results:
    """Answered by the function that answers the page; only what is public is found."""
    services.count_question(address_of(request.META, behind_proxy=settings.TRUST_PROXY))
    answer = selectors.find(
        Ask(
            asked.q,
            {name: tuple(getattr(asked, name)) for name in FACETS},
            asked.since.isoformat() if asked.since else "",
            asked.until.isoformat() if asked.until else "",
            asked.sort,
            asked.page,
            asked.page_size,
        )
    )
    return Results(
        count=answer.count,
        took_ms=answer.took_ms,
        facets={
            name: [FacetValue(value=one.value, label=one.label, count=one.count) for one in values]
            for name, values in answer.facets.items()
        },
        results=[_hit(result) for result in answer.results],
        suggestions=[found.text for found in answer.suggestions],
        notes=list(answer.notes),
    )


def _hit(result: selectors.Result) -> Hit:
    entry = result.entry
    return Hit(
        index_number=entry.index_number,
        title=entry.title,
        document_number=entry.document_number,
        url=entry.url,
        highlights=[_marked(parts) for parts in (result.title, result.excerpt) if parts],
        why=list(result.why),
        kind=entry.kind,
        organ=entry.organ,
        date=entry.date,
        validity=entry.validity,
    )


def _marked(parts: Parts) -> str:
    return "".join(f"<mark>{html.escape(text)}</mark>" if marked else html.escape(text) for text, marked in parts)
