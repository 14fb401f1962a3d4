"""Who may do what with people and duties. Pure but for the request, which only carries the standing."""

from __future__ import annotations

from typing import Any

from .rules import Standing


def standing_of(request: Any) -> Standing:
    """The standing that the middleware has put to a request; for views, which mypy then understands."""
    found: Standing = request.standing
    return found
