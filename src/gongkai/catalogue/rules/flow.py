"""The flow of items, as its file tells it. Pure."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gongkai.workflow.rules import Flow, read_flow

PATH = Path(__file__).resolve().parent.parent / "data" / "flow.yaml"


@cache
def flow() -> Flow:
    """The table of `data/flow.yaml`."""
    return read_flow(PATH)
