"""An index for a test: in a folder of its own, made of what the database holds at that moment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytest_django import Settings

from gongkai.search import engines, indexer
from gongkai.search.engine import Engine


def index_in(folder: Path, settings: Settings) -> Callable[[], Engine]:
    """A function that takes everything that has changed into the index, and gives its engine."""
    settings.SEARCH_DIR = folder / "search"
    settings.SEARCH_URL = ""

    def caught_up() -> Engine:
        indexer.catch_up()
        return engines.current()

    return caught_up
