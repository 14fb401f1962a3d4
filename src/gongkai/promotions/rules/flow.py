"""The flows of promotions and of compilations, as their files tell them. Pure."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gongkai.workflow.rules import Flow, read_flow

DATA = Path(__file__).resolve().parent.parent / "data"


@cache
def flow() -> Flow:
    """The table of `data/flow.yaml`."""
    return read_flow(DATA / "flow.yaml")


@cache
def compilation_flow() -> Flow:
    """The table of `data/compilation_flow.yaml`."""
    return read_flow(DATA / "compilation_flow.yaml")
