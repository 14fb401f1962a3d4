"""首页：the doors to everything that exists."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from gongkai.catalogue import selectors as library
from gongkai.gazette import selectors as gazette
from gongkai.organisations import selectors
from gongkai.portal import columns, documents
from gongkai.portal.library.shown import line
from gongkai.portal.reports_door import latest_reports
from gongkai.ui.http import read_only
from gongkai.ui.rendering import page

NEWEST = 5


@read_only
def home(request: HttpRequest) -> HttpResponse:
    """Search, doors, newest documents and reports, what must be public, the year in numbers."""
    return page(
        request,
        "portal/home.html",
        column=columns.HOME,
        hide_search=True,
        organs=selectors.counts(below="hongkou"),
        contents=documents.contents(),
        figures=documents.figures(),
        newest=[line(item) for item in library.newest(library.public(), NEWEST)],
        reports=latest_reports(NEWEST),
        issue=gazette.issues().first(),
    )
