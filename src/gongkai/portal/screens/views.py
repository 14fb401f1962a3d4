"""A screen in a hall: the newest releases in large type, each with a square code that leads to its page."""

from __future__ import annotations

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gongkai.catalogue.rules import declared
from gongkai.catalogue.selectors import Item
from gongkai.channels import selectors
from gongkai.portal import columns
from gongkai.ui.http import read_only
from gongkai.ui.rendering import page

MOST = 6  # what a screen holds
SECONDS = 60


@read_only
def screen(request: HttpRequest, code: str) -> HttpResponse:
    """The screen of a place or an organ. It renews itself each minute by a header; `?still=1` holds it."""
    found = selectors.screen(code, most=MOST)
    if found is None:
        raise Http404(_("没有这个场所或者机关的信息屏。"))
    still = "still" in request.GET
    response = page(
        request,
        "portal/screens/screen.html",
        column=columns.SCREENS,
        label=found.label,
        rows=[_row(request, item) for item in found.items],
        now=timezone.localtime(),
        still=still,
    )
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-cache"
    if not still:
        response.headers["Refresh"] = str(SECONDS)
    return response


def _row(request: HttpRequest, item: Item) -> dict[str, object]:
    path = reverse("library:item", args=[item.slug])
    address = f"{settings.PUBLIC_URL.rstrip('/')}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)
    kind = declared.kinds().get(item.kind)
    return {"item": item, "url": path, "code": _code(address), "kind": kind.label if kind else item.kind}


def _code(address: str) -> SafeString:
    """The square code as a drawing in the page: nothing to load."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(border=2, omitsize=True, svgclass=None, light="#fff")
    return mark_safe(drawn)  # noqa: S308 - drawn here, from an address of our own
