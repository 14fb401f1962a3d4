"""部门与街道：every organ of the district with its five sections."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongkai.catalogue import selectors as library
from gongkai.organisations import selectors
from gongkai.organisations.enums import OrganKind
from gongkai.portal import columns, documents
from gongkai.portal.library.shown import line
from gongkai.portal.reports_door import reports_of
from gongkai.ui.http import read_only
from gongkai.ui.rendering import page

# Art. 24 of the Administrative Reconsideration Law: the government above reviews its departments and agencies.
DISTRICT = "hongkou"
NEWEST = 5


@read_only
def organ_list(request: HttpRequest) -> HttpResponse:
    """All departments and sub-district offices by their official order."""
    return page(
        request,
        "portal/organs.html",
        column=columns.ORGANS,
        crumbs=columns.trail((columns.ORGANS.name, "")),
        district=selectors.by_code(DISTRICT),
        departments=selectors.of_kind(OrganKind.DEPARTMENT, below=DISTRICT),
        sub_districts=selectors.of_kind(OrganKind.SUB_DISTRICT_OFFICE, below=DISTRICT),
    )


@read_only
def organ(request: HttpRequest, code: str) -> HttpResponse:
    """One organ: guide, rules, what it must publish, reports, applications."""
    found = selectors.by_code(code)
    if found is None:
        raise Http404(_("没有这个机关。"))
    is_district = found.kind == OrganKind.DISTRICT_GOVERNMENT
    below_district = found.parent is not None and found.parent.code == DISTRICT
    return page(
        request,
        "portal/organ.html",
        column=columns.ORGANS,
        crumbs=columns.trail((columns.ORGANS.name, "portal:organs"), (found.name_for_reader, "")),
        organ=found,
        former_names=selectors.former_names(found),
        of_this_district=is_district or below_district,
        is_district=is_district,
        items=documents.contents().items if is_district else documents.contents().of_organ(code),
        contents=documents.contents(),
        reports=reports_of(code),
        lines=[line(item) for item in library.newest(library.public().filter(organ=found), NEWEST)],
    )
