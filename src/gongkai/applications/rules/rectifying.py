"""Art. 41: whoever finds that an organ's record about himself or herself is wrong may ask for it to be put right. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from gongkai.workflow.rules import Flow, read_flow

PATH = Path(__file__).resolve().parent.parent / "data" / "rectification_flow.yaml"
# Each answer with the paper that gives it.
PAPERS: Mapping[str, str] = MappingProxyType(
    {"rectify": "rectified", "not_rectify": "not_rectified", "forward": "rectification_forwarded"}
)


@cache
def flow() -> Flow:
    """The table of `data/rectification_flow.yaml`."""
    return read_flow(PATH)


def number(year: int, serial: int) -> str:
    """The number of a request to rectify: G2025-000068."""
    return f"G{year}-{serial:06d}"
