"""公文库：the list with its filters, one item with its text, history and revisions."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.catalogue import selectors
from gongkai.catalogue.enums import GONE
from gongkai.catalogue.rules import body, declared
from gongkai.catalogue.rules.layout import blocks
from gongkai.catalogue.selectors import listing, pages
from gongkai.files import selectors as files
from gongkai.portal import columns
from gongkai.ui.downloads import Content, send
from gongkai.ui.http import read_only
from gongkai.ui.paging import page_links
from gongkai.ui.rendering import page

from . import shown

PER_PAGE = 20
STEP = (columns.LIBRARY.name, "library:list")


@read_only
def library(request: HttpRequest) -> HttpResponse:
    """Everything public, filtered by what the address says, the newest first; every count is counted."""
    what = listing.asked({name: request.GET.getlist(name) for name in listing.FACETS}, request.GET.get("q", ""))
    found = listing.found(what).select_related("organ").defer("body", "anchors")
    shown_page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "portal/library/list.html",
        column=columns.LIBRARY,
        crumbs=columns.trail((columns.LIBRARY.name, "")),
        lines=[shown.line(item) for item in shown_page],
        count=shown_page.paginator.count,
        facets=shown.facets(what, reverse("library:list")),
        asked=what,
        parameters=request.GET.urlencode(),
        page_links=page_links(request, shown_page),
    )


@read_only
def item(request: HttpRequest, slug: str) -> HttpResponse:
    """One item: its metadata, its text with anchors, what it is related to, its history."""
    found = pages.complete(slug)
    if found is None:
        return _elsewhere(request, slug)
    text, related = pages.paragraphs(found), pages.relations(found)
    return page(
        request,
        "portal/library/item.html",
        column=columns.LIBRARY,
        article=shown.article(found),
        crumbs=columns.trail(STEP, (_kind(found), ""), (_("正文"), "")),
        item=found,
        record=pages.record(found),
        badge=shown.BADGES.get(found.validity, ""),
        banners=shown.banners(found, related),
        blocks=blocks(text),
        sections=shown.contents(text),
        related=related,
        columns_of_kind=pages.facts(found),
        points=pages.points(found),
        readings=shown.readings(related),
        attachments=pages.attachments(found),
        languages=pages.languages(found),
        changes=[(change.on.isoformat(), change.text) for change in pages.history(found)[:5]],
        tags=[(tag.code, declared.features().get(tag.code, tag.code)) for tag in found.tags.all()],
        revisions=pages.steps(found),
        alike=shown.alike(found, related),
    )


@read_only
def twin(request: HttpRequest, slug: str) -> HttpResponse:
    """The same item for programs."""
    found = pages.complete(slug)
    if found is None:
        raise Http404(_("没有这一条，或者它已经不公开。"))
    url = request.build_absolute_uri(reverse("library:item", args=[slug]))
    return JsonResponse({**pages.record(found), "url": url}, json_dumps_params={"ensure_ascii": False})


@read_only
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every change that the public is told of, and every public revision."""
    found = _found(slug)
    return page(
        request,
        "portal/library/history.html",
        column=columns.LIBRARY,
        crumbs=columns.trail(STEP, (_("修改与发布记录"), "")),
        item=found,
        changes=pages.history(found),
        revisions=pages.steps(found),
    )


@read_only
def revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One revision of the text, and what it changed."""
    found = _found(slug)
    pair = pages.revision(found, number)
    if pair is None:
        raise Http404(_("没有这一次修订。"))
    now, before = pair
    text = body.paragraphs(now.snapshot.get("body", ""), now.anchors)
    return page(
        request,
        "portal/library/revision.html",
        column=columns.LIBRARY,
        crumbs=columns.trail(STEP, (_("修订"), "")),
        item=found,
        revision=now,
        before=before,
        fields=pages.changed_columns(now, before) if before else [],
        difference=body.difference(before.snapshot.get("body", ""), now.snapshot.get("body", "")) if before else [],
        blocks=blocks(text),
        revisions=pages.steps(found),
    )


@read_only
def attachment(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """An attachment: a text as a page, a file as a download."""
    found = _found(slug)
    pair = pages.attachment(found, pk)
    if pair is None:
        raise Http404(_("没有这个附件。"))
    one, file = pair
    if file is not None:
        return send(request, Content(file.name, file.media_type, file.size, file.sha256, partial(files.content, file)))
    return page(
        request,
        "portal/library/attachment.html",
        column=columns.LIBRARY,
        crumbs=columns.trail(STEP, (_("附件"), "")),
        item=found,
        attachment=one,
        blocks=blocks(body.paragraphs(one.text)),
    )


def _kind(found: selectors.Item) -> str:
    kind = declared.kinds().get(found.kind)
    return _(kind.label) if kind else found.kind


def _found(slug: str) -> selectors.Item:
    found = selectors.by_slug(slug)
    if found is None:
        raise Http404(_("没有这一条，或者它已经不公开。"))
    return found


def _elsewhere(request: HttpRequest, slug: str) -> HttpResponse:
    """The number of a row leads to its address; what left the library says why, and where to go."""
    if slug.isdigit() and len(slug) < 12:
        row = selectors.public().filter(pk=int(slug)).first()
        if row is not None:
            return redirect("library:item", slug=row.slug, permanent=True)
    left = selectors.gone(slug)
    if left is None:
        raise Http404(_("没有这一条，或者它已经不公开。"))
    to = left.redirect_to
    if to is not None and to.public:
        return redirect("library:item", slug=to.slug, permanent=True)
    return page(
        request,
        "portal/library/gone.html",
        column=columns.LIBRARY,
        crumbs=columns.trail(STEP, (_("已移除") if left.state in GONE else _("不再主动公开"), "")),
        item=left,
        removed=left.state in GONE,
        status=HTTPStatus.GONE,
    )
