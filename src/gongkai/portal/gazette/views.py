"""政府公报：the shelf by year, one issue with its contents and files, one article."""

from __future__ import annotations

import io
from functools import partial
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gongkai.catalogue.rules.layout import blocks
from gongkai.catalogue.selectors import pages
from gongkai.gazette import selectors, services
from gongkai.gazette.rules.citing import Citation
from gongkai.gazette.rules.declared import declared
from gongkai.portal import columns
from gongkai.portal.library import shown
from gongkai.ui.downloads import Content, send
from gongkai.ui.http import read_only
from gongkai.ui.rendering import page

NEWEST = 10
STEP = (columns.GAZETTE.name, "gazette:shelf")
TYPES = {"html": "text/html; charset=utf-8", "epub": "application/epub+zip", "pdf": "application/pdf"}


@read_only
def shelf(request: HttpRequest) -> HttpResponse:
    """The newest issue with its contents, every issue by year, and what is published and in no issue yet."""
    issues = list(selectors.issues())
    return page(
        request,
        "portal/gazette/shelf.html",
        column=columns.GAZETTE,
        crumbs=columns.trail((columns.GAZETTE.name, "")),
        name=declared().name,
        newest=issues[0] if issues else None,
        lines=selectors.arranged(issues[0])[:NEWEST] if issues else [],
        years=[(year, list(found)) for year, found in groupby(issues, key=lambda one: one.year)],
        fresh=list(selectors.waiting().order_by("-released_on", "-pk")[:NEWEST]),
    )


@read_only
def issue(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """One issue: its contents by column, its files, how it is told from a forgery."""
    found = _issue(year, number)
    rows = selectors.arranged(found)
    return page(
        request,
        "portal/gazette/issue.html",
        column=columns.GAZETTE,
        crumbs=columns.trail(STEP, (str(found), "")),
        issue=found,
        name=declared().name,
        columns=[(label, list(some)) for label, some in groupby(rows, key=lambda row: declared().label(row.column))],
        sealed=services.sealed(pk=found.pk),
    )


@read_only
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """One article, as soon as its document is released; with its citation once it is in an issue."""
    found = selectors.article(pk)
    if found is None and (slug := selectors.slug_in_print(pk)):
        return redirect("library:item", slug)  # its title stands in the issue; the library says what became of it
    if found is None:
        raise Http404(_("没有这篇公报文章，或者它的文件已经不公开。"))
    cited = found.issue and found.place and found.issue.published
    return page(
        request,
        "portal/gazette/article.html",
        column=columns.GAZETTE,
        article=shown.article(found.item),
        crumbs=columns.trail(STEP, (_("正文"), "")),
        row=found,
        item=found.item,
        label=declared().label(found.column),
        citation=Citation(found.issue.year, found.issue.number, found.place).text if cited and found.issue else "",
        blocks=blocks(pages.paragraphs(found.item)),
    )


@read_only
def place(request: HttpRequest, year: int, number: int, place: int) -> HttpResponse:
    """The short address of an article: where its citation leads."""
    cited = selectors.cited(Citation(year, number, place))
    if cited is None or cited[1] is None:
        raise Http404(_("这一期没有这一号。"))
    return redirect("gazette:article", pk=cited[1].pk)


@read_only
def file(request: HttpRequest, year: int, number: int, form: str) -> HttpResponseBase:
    """A file of an issue: page and book as they were built, the printed file as it was sealed."""
    found = _issue(year, number)
    content, digest = services.file_of(pk=found.pk, form=form)
    if not content:
        raise Http404(_("这一期没有这种格式，或者还没有加盖电子印章。"))
    sent: dict[str, Any] = {"size": len(content), "digest": digest, "opened": partial(io.BytesIO, content)}
    return send(request, Content(f"{found.slug}.{form}", TYPES[form], **sent))


def _issue(year: int, number: int) -> selectors.Issue:
    found = selectors.issue(year, number)
    if found is None:
        raise Http404(_("没有这一期公报。"))
    return found
