"""Pages that only tell something."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


def read_only(view: Callable[P, R]) -> Callable[P, R]:
    """GET and HEAD only; anything else is answered 405 and told so, before any form check."""
    return csrf_exempt(require_safe(view))
