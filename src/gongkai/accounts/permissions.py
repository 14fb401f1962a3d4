"""Who may do what with people and duties, and the refusals in words."""

from __future__ import annotations

from typing import Any

from .rules import Standing


class NotYours(Exception):
    """A person, a duty or an organ that is not this administrator's; the text is for the person who tried."""


def standing_of(request: Any) -> Standing:
    """The standing that the middleware has put to a request; for views, which mypy then understands."""
    found: Standing = request.standing
    return found
