"""Reads of this context."""

from __future__ import annotations

from .models import Performed
from .rules import Binding

_bindings: dict[str, Binding] = {}


def bindings() -> tuple[Binding, ...]:
    """Every flow of the house with its table, by name."""
    return tuple(_bindings[name] for name in sorted(_bindings))


def binding(flow: str) -> Binding:
    """The binding of a flow; KeyError when no context has bound it."""
    return _bindings[flow]


def performed(*, flow: str, key: str) -> Performed | None:
    """The act done under a submission's key."""
    return Performed.objects.filter(flow=flow, key=key).first()
