"""政府信息公开：the fixed sections of the information platform."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.catalogue.rules import declared
from gongkai.catalogue.selectors import listing
from gongkai.organisations import selectors
from gongkai.portal import columns, documents
from gongkai.portal.library import shown as library
from gongkai.promotions import selectors as promotions
from gongkai.ui.http import read_only
from gongkai.ui.meta import Article, Column
from gongkai.ui.navigation import address_of
from gongkai.ui.paging import page_links
from gongkai.ui.rendering import page

PER_PAGE = 25
NEWEST = 10
DISCLOSURE_STEP = (columns.DISCLOSURE.name, "portal:disclosure")


@read_only
def landing(request: HttpRequest) -> HttpResponse:
    """The five sections, each with what it holds."""
    return page(
        request,
        "portal/disclosure.html",
        column=columns.DISCLOSURE,
        crumbs=columns.trail((columns.DISCLOSURE.name, "")),
        contents=documents.contents(),
        filled=_filled(),
    )


@read_only
def guide(request: HttpRequest) -> HttpResponse:
    """Art. 12: classes, arrangement, ways to obtain, and the office with its address, hours and numbers."""
    return _document(request, "guide", columns.GUIDE, other="portal:guide-english")


@read_only
def guide_english(request: HttpRequest) -> HttpResponse:
    """A short English summary of the guide."""
    return _document(request, "guide.en", columns.GUIDE, lang="en", other="portal:guide")


@read_only
def rules(request: HttpRequest) -> HttpResponse:
    """The law that disclosure work rests on, and the rules of the work."""
    return _document(request, "rules", columns.RULES)


@read_only
def apply(request: HttpRequest) -> HttpResponse:
    """Art. 27 to 45: how to apply, what happens then, and what to do about a reply."""
    return _document(request, "apply", columns.APPLY)


@read_only
def contents(request: HttpRequest) -> HttpResponse:
    """Art. 20 and 21: every class of information, also those that are empty."""
    whole = documents.contents()
    return page(
        request,
        "portal/contents.html",
        column=columns.CONTENTS,
        crumbs=columns.trail(DISCLOSURE_STEP, (columns.CONTENTS.name, "")),
        contents=whole,
        article_20=whole.of_article("20"),
        article_21=whole.of_article("21"),
        filled=_filled(),
    )


@read_only
def item(request: HttpRequest, item_id: str) -> HttpResponse:
    """One class of information: what belongs to it, who answers for it, what there is."""
    found = documents.contents().by_id(item_id)
    if found is None:
        raise Http404(_("没有这一项主动公开内容。"))
    organs = selectors.by_codes(list(found.organs))
    whole = documents.contents()
    name = found.name_en if (get_language() or "").startswith("en") else found.name
    article = Article(name, whole.published, whole.source, found.name, found.scope)
    return page(
        request,
        "portal/item.html",
        column=columns.CONTENTS,
        article=article,
        crumbs=columns.trail(DISCLOSURE_STEP, (columns.CONTENTS.name, "portal:contents"), (name, "")),
        item=found,
        item_name=name,
        entries=_open_entries(found),
        kinds=declared.kinds_of(item_id),
        **_lines(item_id),
        ways=_ways(),
        contents=whole,
        organs=[organs[code] for code in found.organs if code in organs],
    )


@read_only
def promoted(request: HttpRequest) -> HttpResponse:
    """Art. 44: what was given on application and is for everybody since; nothing tells who applied."""
    found = Paginator(promotions.promoted(), PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "portal/promoted.html",
        column=columns.PROMOTED,
        crumbs=columns.trail(DISCLOSURE_STEP, (columns.PROMOTED.name, "")),
        items=[promotions.item(row) for row in found],
        page_links=page_links(request, found),
    )


def _lines(item_id: str) -> dict[str, Any]:
    """The newest items of an entry, and how many there are."""
    lines = [library.line(row) for row in listing.of_entry(item_id)[:NEWEST]]
    count = listing.of_entry(item_id).count() if len(lines) == NEWEST else len(lines)
    return {"lines": lines, "count": count}


def _filled() -> set[str]:
    """The entries that have something in the library."""
    return {name for name, n in listing.counts_by_entry().items() if n}


def _open_entries(item: documents.Item) -> list[tuple[str, str, str]]:
    """Entries whose page exists already."""
    found = [(label, address_of(to), note) for label, to, note in item.entries]
    return [(label, url, note) for label, url, note in found if url]


def _ways() -> list[tuple[str, str, str]]:
    """What a reader can do while there is nothing."""
    return [
        (_("问责任机关"), reverse("portal:contact"), _("打电话或者写信")),
        (_("依法申请公开"), reverse("portal:apply"), _("没有公开的，可以依法申请")),
    ]


def _document(request: HttpRequest, name: str, column: Column, *, lang: str = "zh-CN", other: str = "") -> HttpResponse:
    document = documents.document(name)
    return page(
        request,
        "portal/document.html",
        column=column,
        article=document.article,
        crumbs=columns.trail(DISCLOSURE_STEP, (column.name, "")),
        document=document,
        document_lang=lang,
        other_language=other,
    )
