"""Render a page at the desk. Every view of the workbench ends here, or in a redirect or a download."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from gongkai.ui.meta import Column, ColumnType
from gongkai.ui.navigation import Text
from gongkai.ui.rendering import page

DESK = Column(_("工作台"), _("政务公开工作人员的工作台。"), _("工作台"), ColumnType.HELP)


def desk_page(request: HttpRequest, template: str, *, title: Text, status: int = 200, **context: Any) -> HttpResponse:
    """The page at the desk with its title; never kept by caches, because it shows what one person may see."""
    response = page(request, template, column=DESK, status=status, title=title, **context)
    response.headers["Cache-Control"] = "no-store"
    return response
