"""Pages that allauth's views fill, in the frame of the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.generic.base import TemplateResponseMixin

from gongkai.ui.navigation import Text
from gongkai.workbench.rendering import DESK


class Framed(TemplateResponseMixin):
    """Gives a view the words that the frame needs, and keeps its page out of caches."""

    title: Text = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the frame needs beside what the view knows."""
        found: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**found, "title": self.title, "column": DESK, "article": None}

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        """The page, never kept by caches: it may hold what one person alone may see."""
        response = super().render_to_response(context, **response_kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response
