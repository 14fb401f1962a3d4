"""依申请公开典型案例：what was learnt from the cases of a year, for everybody, as pages and as Word files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongkai.papers import services as papers
from gongkai.portal import columns
from gongkai.promotions import selectors
from gongkai.promotions.rules import compiling
from gongkai.ui.http import read_only
from gongkai.ui.rendering import page

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STEPS = ((columns.DISCLOSURE.name, "portal:disclosure"),)


@read_only
def compilations(request: HttpRequest) -> HttpResponse:
    """Every compilation that is published, the latest year first."""
    return page(
        request,
        "portal/compilations.html",
        column=columns.COMPILATIONS,
        crumbs=columns.trail(*STEPS, (columns.COMPILATIONS.name, "")),
        rows=selectors.published_compilations(),
    )


@read_only
def compilation(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """The cases of an organ's year."""
    found = _found(organ, year)
    title = compiling.title(year)
    return page(
        request,
        "portal/compilation.html",
        column=columns.COMPILATIONS,
        crumbs=columns.trail(*STEPS, (columns.COMPILATIONS.name, "portal:compilations"), (title, "")),
        title=title,
        compilation=found,
        examples=selectors.told(found),
    )


@read_only
def compilation_file(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """The same as a Word file in the layout of official papers."""
    found = _found(organ, year)
    on = found.published_on
    if on is None:
        raise Http404(_("没有这部案例选编。"))
    paper = compiling.paper(selectors.told(found), year=year, organ=found.organ.name, on=on)
    response = HttpResponse(papers.docx(paper), content_type=WORD)
    response.headers["Content-Disposition"] = f'attachment; filename="cases-{organ}-{year}.docx"'
    return response


def _found(organ: str, year: int) -> selectors.Compilation:
    found = selectors.published_compilation(organ, year)
    if found is None:
        raise Http404(_("没有这部案例选编。"))
    return found
