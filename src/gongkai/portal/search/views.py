"""搜索：one box over what the site has."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.portal import columns
from gongkai.readership.rules import is_reader
from gongkai.readership.services import asked
from gongkai.search import selectors
from gongkai.search.enums import Facet, Sort
from gongkai.search.forms import read_ask
from gongkai.search.rules.ask import Ask
from gongkai.search.rules.query import DEEPEST
from gongkai.search.selectors import Answer, Value
from gongkai.search.services import AskedTooOften
from gongkai.ui.http import read_only
from gongkai.ui.paging import page_links
from gongkai.ui.rendering import page

from .feeds import address_of_feed
from .pacing import counted

SHOWN_VALUES = 8  # of a facet, before the rest is folded away


@read_only
def search(request: HttpRequest) -> HttpResponse:
    """Results with the reason for each, narrowed by links; never an empty page without a way on."""
    read = read_ask(request.GET)
    ask = read.ask
    if address := selectors.resolve(ask.text):
        return HttpResponseRedirect(address)
    if refused := counted(request):
        return _refused(request, ask, refused)
    answer = selectors.find(ask)
    within = Paginator(range(min(answer.count, DEEPEST)), ask.page_size)
    if ask.text and ask.page == 1 and is_reader(request.headers.get("User-Agent", "")):
        asked(text=ask.text, found=answer.count)
    return page(
        request,
        "portal/search.html",
        column=columns.SEARCH,
        crumbs=columns.trail((columns.SEARCH.name, "")),
        query=ask.text,
        ask=ask,
        answer=answer,
        faults=read.faults,
        facets=list(_facets(answer)),
        chosen=list(_chosen(answer)),
        sorts=[(_(sort.label), _address(ask, sort=sort), sort is ask.sort) for sort in Sort],
        suggestions=[(found, _address(ask, text=found.text)) for found in answer.suggestions],
        ways=[(way, _to(way.ask)) for way in answer.ways],
        page_links=page_links(request, within.get_page(ask.page)),
        hidden=[pair for pair in ask.pairs() if pair[0] not in {"since", "until", "page"}],
        cleared=_to(Ask(ask.text)) if ask.narrowed else "",
        feed="" if ask.empty else address_of_feed(ask, "atom"),
    )


def _refused(request: HttpRequest, ask: Ask, refused: AskedTooOften) -> HttpResponse:
    """What happened, and the ways on that ask no search."""
    response = page(
        request,
        "portal/search_paused.html",
        status=HTTPStatus.TOO_MANY_REQUESTS,
        column=columns.SEARCH,
        crumbs=columns.trail((columns.SEARCH.name, "")),
        query=ask.text,
        refused=str(refused),
    )
    response.headers["Retry-After"] = str(refused.seconds)
    return response


def _to(ask: Ask) -> str:
    return f"{reverse('portal:search')}?{urlencode(ask.pairs())}"


def _address(ask: Ask, *, text: str | None = None, sort: Sort | None = None) -> str:
    return _to(Ask(ask.text if text is None else text, ask.filters, ask.since, ask.until, sort or ask.sort))


def _facets(answer: Answer) -> Iterator[dict[str, Any]]:
    """Each facet with its values as links: one that is chosen lets go, another narrows."""
    for facet in Facet:
        values = [
            (
                value,
                _to(answer.ask.without(facet, value.value) if value.chosen else answer.ask.also(facet, value.value)),
            )
            for value in answer.facets.get(facet.value, ())
        ]
        if len(values) > 1 or any(value.chosen for value, _url in values):
            yield {"legend": _(facet.label), "values": values[:SHOWN_VALUES], "more": values[SHOWN_VALUES:]}


def _chosen(answer: Answer) -> Iterator[tuple[Value, str]]:
    """What the results are narrowed to, each with the address that lets it go."""
    for facet in Facet:
        for value in answer.facets.get(facet.value, ()):
            if value.chosen:
                yield value, _to(answer.ask.without(facet, value.value))
