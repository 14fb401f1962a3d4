"""The one place where these pages ask for annual reports; empty while there are none to show."""

from __future__ import annotations

from typing import Any


def latest_reports(limit: int) -> list[Any]:
    """The newest published annual reports."""
    return []


def reports_of(code: str) -> list[Any]:
    """The published annual reports of one organ, newest first."""
    return []
