"""The desk's first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongkai.ui.http import read_only
from gongkai.workbench.rendering import desk_page


@read_only
def home(request: HttpRequest) -> HttpResponse:
    """What is to be done today."""
    return desk_page(request, "workbench/home.html", title=_("工作台"))
