"""The flow of this context, bound to its table."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gongkai.workflow.rules import Binding, Flow, read_flow

from .models import Application

PATH = Path(__file__).parent / "data" / "flow.yaml"


@cache
def flow() -> Flow:
    """The table of `data/flow.yaml`."""
    return read_flow(PATH)


@cache
def binding() -> Binding:
    """The flow and the table whose rows run through it."""
    return Binding(flow(), Application, lambda application: application.organ.code)
