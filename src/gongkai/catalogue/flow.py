"""The flow of this context, bound to its table."""

from __future__ import annotations

from functools import cache

from gongkai.workflow.rules import Binding

from .models import Item
from .rules.flow import flow


@cache
def binding() -> Binding:
    """The flow and the table whose rows run through it."""
    return Binding(flow(), Item, lambda item: item.organ.code)
