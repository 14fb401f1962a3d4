"""The embedded engine keeps the contract; what is its own: folders, generations, readers in other threads."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from gongkai.search.embedded import EmbeddedEngine
from gongkai.search.engine import Engine

from .contract import EngineContract, asked, build, entry, ids


class TestEmbeddedEngine(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> Engine:
        return EmbeddedEngine(tmp_path / "index")

    @pytest.fixture
    def other(self, tmp_path: Path) -> Engine:
        return EmbeddedEngine(tmp_path / "index")


def test_a_reader_never_sees_the_change_of_generations(tmp_path: Path) -> None:
    """Readers ask without pause while new indexes are put in the place of old ones; none is ever left without."""
    writing, reading = EmbeddedEngine(tmp_path), EmbeddedEngine(tmp_path)
    build(writing, entry("0", "征收办法"))
    stop = threading.Event()
    seen: list[int] = []

    def ask() -> None:
        while not stop.is_set():
            seen.append(reading.query(asked("征收")).total)

    reader = threading.Thread(target=ask)
    reader.start()
    try:
        for number in range(1, 6):
            build(writing, entry(str(number), "征收办法"))
            with writing.writer() as writer:
                writer.write([entry(str(number), "征收细则")])
    finally:
        stop.set()
        reader.join()
    assert set(seen) == {1}
    assert ids(reading, asked("细则")) == ["5"]
    assert len(list(tmp_path.glob("g*"))) == 1


def test_entries_are_kept_where_they_have_no_other_home(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path, keep=True)
    kept = entry("1", "征收办法", body="第一条", keywords=("房屋",), attachments=("表",), weight=2.0)
    build(engine, kept)
    assert EmbeddedEngine(tmp_path).kept([kept.id, "test:unknown"]) == {kept.id: kept}
