"""The document library for programs: everything public, since a moment, page by page; one item whole. For anybody."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Schema
from pydantic import AwareDatetime, Field

from gongkai.catalogue import selectors
from gongkai.catalogue.selectors import Item, listing, pages

from .answers import Error, open_answers
from .values import Asked

router = Router(tags=["documents"])
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,60}$")]
MOST = 100


class Wanted(Asked):
    """Which items. `since` gives those that changed after a moment, the longest ago first: how a copy is kept up to date."""

    since: AwareDatetime | None = None
    organ: Code | None = None
    kind: Code | None = None
    theme: Code | None = None
    level: Code | None = None
    validity: Code | None = None
    tag: Code | None = None
    year: Annotated[int | None, Field(ge=1949, le=2100)] = None
    q: Annotated[str, Field(max_length=60)] = ""
    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=MOST)] = 20


class Brief(Schema):
    """One item without its text; `url` is its page, `slug` its name here."""

    slug: str
    url: str
    index_number: str
    kind: str
    kind_label: str
    title: str
    document_number: str
    issuing_organ: str
    organ_name: str
    theme: str
    theme_label: str
    genre: str
    genre_label: str
    level: str
    language: str
    signed_on: date | None
    published_on: date | None
    effective_on: date | None
    expires_on: date | None
    last_day: date | None
    summary: str
    disclosure_class: str
    state: str
    validity: str
    validity_label: str
    validity_since: date | None
    changed_at: datetime


class Named(Schema):
    """What an item does to another."""

    kind: str
    target: str


class ItemAttachment(Schema):
    """An attachment as text."""

    name: str
    text: str


class Whole(Brief):
    """One item whole."""

    joint_organs: list[str]
    joint_party: bool
    keywords: list[str]
    tags: list[str]
    audience: list[str]
    translation_of: str
    body: str
    attachments: list[ItemAttachment]
    relations: list[Named]
    facts: dict[str, Any]
    reason: str


class Listed(Schema):
    """A page of items, and how many there are."""

    count: int
    page: int
    page_size: int
    results: list[Brief]


@router.get("", auth=None, response=open_answers(Listed), url_name="documents", summary="公文库 / the document library")
def documents(request: HttpRequest, asked: Query[Wanted], response: HttpResponse) -> Any:
    """Everything public that is asked for, the newest first; with `since`, what changed after it, the oldest change first.

    What was withdrawn or archived stays and says so in `state`; what was removed is not here any more (404 by its slug).
    `ETag` changes with anything in the answer; `If-None-Match` gets 304.
    """
    names = {name: [str(value)] for name in listing.FACETS if (value := getattr(asked, name)) is not None}
    found = listing.found(listing.asked(names, asked.q)).select_related("organ").defer("body", "anchors")
    if asked.since is not None:
        found = found.filter(changed_at__gt=asked.since).order_by("changed_at", "pk")
    start = (asked.page - 1) * asked.page_size
    items, count = list(found[start : start + asked.page_size]), found.count()
    etag = quote_etag(f"{count}-{asked.page}-{asked.page_size}-{_mark(items)}")
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response.headers["ETag"] = etag
    results = [_brief(request, item) for item in items]
    return {"count": count, "page": asked.page, "page_size": asked.page_size, "results": results}


@router.get(
    "/{slug}",
    auth=None,
    response={**open_answers(Whole), 404: Error},
    url_name="document",
    summary="一条公文 / one item",
)
def document(
    request: HttpRequest, slug: Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,70}$")], response: HttpResponse
) -> Any:
    """One public item with its text, attachments and relations."""
    found = pages.complete(slug)
    if found is None:
        raise Http404(_("没有这一条，或者它已经不公开。"))
    etag = quote_etag(f"{found.pk}-{_mark([found])}")
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response.headers["ETag"] = etag
    return {**pages.record(found), "url": _url(request, found)}


def _mark(items: list[Item]) -> str:
    text = "-".join(f"{item.pk}.{item.changed_at.isoformat()}" for item in items)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _brief(request: HttpRequest, item: Item) -> dict[str, Any]:
    return {**pages.brief(item), "url": _url(request, item)}


def _url(request: HttpRequest, item: selectors.Item) -> str:
    return request.build_absolute_uri(reverse("library:item", args=[item.slug]))
