"""Help: the map of the site, accessibility, contact and errors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from gongkai.organisations import selectors
from gongkai.organisations.enums import OrganKind
from gongkai.portal import columns, documents
from gongkai.ui.http import read_only
from gongkai.ui.meta import Column
from gongkai.ui.rendering import page


@read_only
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page of the site on one page."""
    return page(
        request,
        "portal/sitemap.html",
        column=columns.SITEMAP,
        crumbs=columns.trail((columns.SITEMAP.name, "")),
        contents=documents.contents(),
        departments=selectors.of_kind(OrganKind.DEPARTMENT, below="hongkou"),
        sub_districts=selectors.of_kind(OrganKind.SUB_DISTRICT_OFFICE, below="hongkou"),
    )


@read_only
def accessibility(request: HttpRequest) -> HttpResponse:
    """What is done for readers with disabilities, and what is missing."""
    return _in_both_languages(request, "accessibility", columns.ACCESSIBILITY)


@read_only
def contact(request: HttpRequest) -> HttpResponse:
    """Whom to call or write to, and how to report an error."""
    return _in_both_languages(request, "contact", columns.CONTACT)


def _in_both_languages(request: HttpRequest, name: str, column: Column) -> HttpResponse:
    english = (get_language() or "").startswith("en")
    document = documents.document(f"{name}.{'en' if english else 'zh'}")
    return page(
        request,
        "portal/document.html",
        column=column,
        article=document.article,
        crumbs=columns.trail((column.name, "")),
        document=document,
        document_lang="en" if english else "zh-CN",
    )
