"""The flow of this context, bound to its table."""

from __future__ import annotations

from functools import cache

from gongkai.workflow.rules import Binding

from .models import Application, Disposal, Rectification
from .rules import rectifying, retention
from .rules.flow import flow


@cache
def binding() -> Binding:
    """The flow and the table whose rows run through it."""
    return Binding(flow(), Application, lambda application: application.organ.code)


@cache
def disposal_binding() -> Binding:
    """The flow of lists of cases whose years are over, and their table."""
    return Binding(retention.flow(), Disposal, lambda row: row.organ.code)


@cache
def rectification_binding() -> Binding:
    """The flow of requests to rectify, and their table."""
    return Binding(rectifying.flow(), Rectification, lambda row: row.organ.code)
