"""For programs that gather pages: what they may read, and where every public page is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.catalogue.selectors import addresses as library
from gongkai.catalogue.selectors.listing import FACETS
from gongkai.organisations import selectors as organs
from gongkai.portal import documents
from gongkai.promotions import selectors as promotions
from gongkai.reports import selectors as annual_reports
from gongkai.ui.http import read_only

SIZE = 10_000
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
XML = "application/xml; charset=utf-8"
DOCUMENTS = {
    "guide": "guide",
    "guide-english": "guide.en",
    "rules": "rules",
    "apply": "apply",
    "accessibility": "accessibility.zh",
    "contact": "contact.zh",
}
FIXED = {
    "portal": [
        "home",
        "disclosure",
        "contents",
        "promoted",
        "index",
        "class-changes",
        "compilations",
        "organs",
        "deadline",
        "verify",
        "search",
        "sitemap",
    ],
    "library": ["list"],
    "gazette": ["shelf"],
    "standards": ["overview", "rows"],
    "reports": ["shelf", "compare", "method"],
    "apply": ["new", "status", "mine", "resume", "opinion", "rectify", "rectification"],
}
# Switches of the display, endless combinations, and samples with made-up data.
CLOSED = (
    "/workbench/",
    "/display/",
    "/styleguide/",
    "/screens/",
    "/search/?q=",
    "/deadline/?rule=",
    *(f"/catalogues/rows/?{name}=" for name in ("organ", "carrier", "proof", "q")),
    *(
        f"{path}?{name}="
        for path in ("/disclosure/index/", "/library/export.csv", "/library/export.json")
        for name in ("q", *FACETS)
    ),
    *(f"/library/?{name}=" for name in ("q", *FACETS)),
    "/reports/?q=",
    "/reports/compare/?r=",
    "/apply/mine/enter/",
)


@read_only
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read, but for what repeats it."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('portal:sitemap-index'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@read_only
def index(request: HttpRequest) -> HttpResponse:
    """The files of the map; a new one begins with every ten thousand reports."""
    files: list[tuple[str, datetime | None]] = [(reverse("portal:sitemap-pages"), None)]
    for number, changed in enumerate(annual_reports.last_changes(SIZE), start=1):
        files.append((reverse("portal:sitemap-reports", args=[number]), changed))
    for number, changed in enumerate(library.stretches(SIZE), start=1):
        files.append((reverse("portal:sitemap-library", args=[number]), changed))
    return HttpResponse(_written("sitemapindex", "sitemap", request, files), content_type=XML)


@read_only
def pages(request: HttpRequest) -> HttpResponse:
    """Every page that is not an annual report."""
    return HttpResponse(_written("urlset", "url", request, _pages()), content_type=XML)


@read_only
def reports(request: HttpRequest, number: int) -> StreamingHttpResponse:
    """Every annual report of one file, and its source text where one is kept; streamed."""
    if not 1 <= number <= max(1, len(annual_reports.last_changes(SIZE))):
        raise Http404(_("网站地图没有这一部分。"))
    found = annual_reports.addresses(start=(number - 1) * SIZE, most=SIZE)
    return StreamingHttpResponse(_written("urlset", "url", request, _reports(found)), content_type=XML)


@read_only
def items(request: HttpRequest, number: int) -> StreamingHttpResponse:
    """Every item of the library of one file; streamed."""
    if not 1 <= number <= max(1, len(library.stretches(SIZE))):
        raise Http404(_("网站地图没有这一部分。"))
    found = library.addresses(start=(number - 1) * SIZE, most=SIZE)
    return StreamingHttpResponse(_written("urlset", "url", request, _items(found)), content_type=XML)


def _items(found: Iterable[tuple[str, datetime]]) -> Iterator[tuple[str, datetime | None]]:
    for slug, changed in found:
        yield reverse("library:item", args=[slug]), changed
        yield reverse("library:history", args=[slug]), changed


def _pages() -> Iterator[tuple[str, datetime | None]]:
    yield from ((reverse(f"{room}:{name}"), None) for room, names in FIXED.items() for name in names)
    yield from ((reverse(f"portal:{name}"), documents.document(file).published) for name, file in DOCUMENTS.items())
    whole = documents.contents()
    yield from ((reverse("portal:item", args=[item.id]), whole.published) for item in whole.items)
    yield from ((reverse("portal:organ", args=[organ.code]), None) for organ in organs.organs())
    compiled = promotions.published_compilations()
    yield from ((reverse("portal:compilation", args=[one.organ.code, one.year]), None) for one in compiled)


def _reports(found: Iterable[annual_reports.Address]) -> Iterator[tuple[str, datetime | None]]:
    for report in found:
        yield reverse("reports:report", args=[report.slug]), report.changed
        if report.has_text:
            yield reverse("reports:text", args=[report.slug]), report.changed


def _written(
    root: str, entry: str, request: HttpRequest, found: Iterable[tuple[str, datetime | None]]
) -> Iterator[str]:
    yield f'{HEAD}<{root} xmlns="{SCHEMA}">\n'
    for path, changed in found:
        moment = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
        yield f"<{entry}><loc>{escape(request.build_absolute_uri(path))}</loc>{moment}</{entry}>\n"
    yield f"</{root}>\n"
