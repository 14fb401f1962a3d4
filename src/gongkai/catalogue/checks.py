"""Declared data that cannot be used is refused when the program starts."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from .rules import declared


@register
def declared_data(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every kind, theme, genre and tag has its label, and every kind its entry of the disclosed contents."""
    return [
        Error(fault, hint="Correct the file in catalogue/data.", id="catalogue.E001") for fault in declared.faults()
    ]
