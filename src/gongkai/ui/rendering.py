"""Render a page in the frame. Every page view of the portal ends here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .meta import Article, Column


def page(
    request: HttpRequest,
    template: str,
    *,
    column: Column,
    article: Article | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """The page in its column; `article` is given for pages of content."""
    return render(request, template, {"column": column, "article": article, **context}, status=status)
