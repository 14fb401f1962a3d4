"""Render a page in the frame. Every page view of the portal ends here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

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
    """The page, marked as depending on the reader's display cookies."""
    response = render(request, template, {"column": column, "article": article, **context}, status=status)
    patch_vary_headers(response, ("Cookie",))
    return response
