"""The flows of this context, bound to their tables."""

from __future__ import annotations

from functools import cache

from gongkai.workflow.rules import Binding

from .models import Compilation, Promotion
from .rules.flow import compilation_flow, flow


@cache
def binding() -> Binding:
    """The flow and the table whose rows run through it."""
    return Binding(flow(), Promotion, lambda promotion: promotion.application.organ.code)


@cache
def compilation_binding() -> Binding:
    """The flow of compilations and their table."""
    return Binding(compilation_flow(), Compilation, lambda compilation: compilation.organ.code)
