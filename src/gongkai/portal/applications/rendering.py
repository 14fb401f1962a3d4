"""How the pages of applications are answered: with their crumbs, and kept by no cache."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from gongkai.portal import columns
from gongkai.ui.navigation import address_of
from gongkai.ui.rendering import page

APPLY = (columns.APPLY.name, "portal:apply")


def show(
    request: HttpRequest, template: str, title: str, *, status: int = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    """A page below 依申请公开."""
    crumbs = columns.trail((columns.DISCLOSURE.name, "portal:disclosure"), APPLY, (title, ""))
    response = page(
        request,
        template,
        column=columns.APPLY,
        status=status,
        crumbs=crumbs,
        title=title,
        help_url=address_of("portal:apply"),
        status_url=address_of("apply:status"),
        **context,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def download(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file that we made."""
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Cache-Control"] = "no-store"
    return response
