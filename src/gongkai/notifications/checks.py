"""A template that cannot be used is refused when the program starts."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from .templates import BadTemplate, templates


@register
def notice_templates(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each template is whole, in every language."""
    try:
        templates()
    except BadTemplate as error:
        return [Error(str(error), hint="Compare it with its neighbours.", id="notifications.E001")]
    return []
