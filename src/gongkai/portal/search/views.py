"""搜索：one box over what the site has."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.portal import columns
from gongkai.ui.http import read_only
from gongkai.ui.rendering import page

from .finding import MAX_QUERY, Hit, HitKind, find

PER_PAGE = 10


@read_only
def search(request: HttpRequest) -> HttpResponse:
    """Results with the reason for each, narrowed by kind; never an empty page without a way on."""
    query = request.GET.get("q", "").strip()[:MAX_QUERY]
    kinds = [kind for kind in request.GET.getlist("kind") if kind in set(HitKind)]
    found = find(query)
    kept = [hit for hit in found if not kinds or hit.kind in kinds]
    shown = Paginator(kept, PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "portal/search.html",
        column=columns.SEARCH,
        crumbs=columns.trail((columns.SEARCH.name, "")),
        query=query,
        found=found,
        total=len(kept),
        shown=shown,
        facets=_facets(query, found, kinds),
        page_links=_page_links(query, kinds, shown),
        chosen=_("、").join(_(HitKind(kind).label) for kind in kinds),
    )


def _address(query: str, kinds: list[str], number: int = 1) -> str:
    values = [("q", query), *(("kind", kind) for kind in kinds)]
    if number > 1:
        values.append(("page", str(number)))
    return f"{reverse('portal:search')}?{urlencode(values)}"


def _facets(query: str, found: list[Hit], kinds: list[str]) -> dict[str, Any]:
    counts = Counter(hit.kind for hit in found)
    options = [
        (kind.value, _(kind.label), counts[kind], kind.value in kinds)
        for kind in HitKind
        if counts[kind] or kind.value in kinds
    ]
    return {
        "action": reverse("portal:search"),
        "hidden": [("q", query)],
        "groups": [{"legend": _("类别"), "name": "kind", "options": options}],
        "clear": _address(query, []),
    }


def _page_links(query: str, kinds: list[str], shown: Page[Hit]) -> dict[str, Any]:
    return {
        "previous": _address(query, kinds, shown.previous_page_number()) if shown.has_previous() else "",
        "next": _address(query, kinds, shown.next_page_number()) if shown.has_next() else "",
        "numbers": [(n, "" if n == shown.number else _address(query, kinds, n)) for n in shown.paginator.page_range],
    }
