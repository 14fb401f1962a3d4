"""Template tags of the workbench: `{% load desk %}`."""

from __future__ import annotations

from django import template
from django.http import HttpRequest

from gongkai.ui.navigation import Place, address_of
from gongkai.workbench import keys, navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_places(context: template.Context) -> list[Place]:
    """The places at the desk for the person who asks: `{% desk_places as places %}`."""
    request: HttpRequest = context["request"]
    standing = getattr(request, "standing", None)
    return navigation.places(request.path, standing.roles if standing else ())


@register.simple_tag(takes_context=True)
def desk_keys(context: template.Context) -> list[tuple[str, str]]:
    """(keys, address) for each place that keys lead to; empty while the keys are off: `{% desk_keys as ways %}`."""
    request: HttpRequest = context["request"]
    if not keys.are_on(request):
        return []
    return [(key.keys, url) for key in keys.KEYS if key.to and (url := address_of(key.to))]
