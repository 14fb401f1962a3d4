"""The engine that this installation asks."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from gongkai.search.engine import Engine


def current() -> Engine:
    """The cluster that the settings name; without one, the index in the data folder."""
    return _engine(str(settings.SEARCH_DIR), settings.SEARCH_URL, settings.SEARCH_INDEX)


@lru_cache(maxsize=8)
def _engine(folder: str, url: str, name: str) -> Engine:
    if url:
        from gongkai.search.cluster import ClusterEngine  # noqa: PLC0415 - its client is loaded where there is a cluster

        return ClusterEngine(url, name, lock=Path(folder))
    from gongkai.search.embedded import EmbeddedEngine  # noqa: PLC0415 - one engine or the other

    return EmbeddedEngine(Path(folder))
