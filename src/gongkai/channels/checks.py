"""Declared data that cannot be used is refused when the program starts."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from .rules import declared


@register
def declared_data(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every channel has its label, its way and an article that the law has; every place has its label."""
    return [Error(fault, hint="Correct the file in channels/data.", id="channels.E001") for fault in declared.faults()]
