"""Template tags of the workbench: `{% load desk %}`."""

from __future__ import annotations

from django import template
from django.http import HttpRequest

from gongkai.ui.navigation import Place
from gongkai.workbench import navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_places(context: template.Context) -> list[Place]:
    """The places at the desk for the person who asks: `{% desk_places as places %}`."""
    request: HttpRequest = context["request"]
    standing = getattr(request, "standing", None)
    return navigation.places(request.path, standing.roles if standing else ())
