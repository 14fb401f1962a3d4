"""The page for somebody who is signed in and lacks the duty."""

from __future__ import annotations

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.accounts.permissions import standing_of
from gongkai.workbench.rendering import desk_page


def not_yours(request: HttpRequest, roles: Collection[Role]) -> HttpResponse:
    """403: which duty is needed, and who gives it. No roles: the page is closed to everyone."""
    return desk_page(
        request,
        "workbench/signin/not_yours.html",
        title=_("这一页不对您开放"),
        status=403,
        needed=[role.label for role in Role if role in roles],
        givers=accounts.administrators_for(standing_of(request), timezone.localdate()) if roles else [],
    )
