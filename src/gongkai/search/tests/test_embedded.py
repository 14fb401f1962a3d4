"""The embedded engine keeps the contract; what is its own: folders, generations, readers in other threads."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from gongkai.search.embedded import EmbeddedEngine
from gongkai.search.engine import Engine
from gongkai.search.making import Maker

from .contract import EngineContract, asked, build, entry, ids, random_entries


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


def test_many_entries_are_cut_by_several_processes_with_the_same_result(tmp_path: Path) -> None:
    """What was written last counts, also of what was written while processes were still at work."""
    entries = [*random_entries(3, 300), *(entry(str(number), "征收办法") for number in range(0, 300, 50))]
    alone = EmbeddedEngine(tmp_path / "alone", maker=lambda: Maker(processes=1))
    together = EmbeddedEngine(tmp_path / "together", maker=lambda: Maker(processes=2, many=100))
    for engine in (alone, together):
        with engine.rebuilding() as writer:
            for start in range(0, len(entries), 60):
                writer.write(entries[start : start + 60])
            writer.write([], gone=["test:50"])
    assert len(list(alone.digests())) == 299
    assert sorted(together.digests()) == sorted(alone.digests())
    assert sorted(ids(together, asked("征收"))) == sorted(ids(alone, asked("征收")))


def test_where_a_process_is_killed_the_rest_is_cut_without_it(tmp_path: Path) -> None:
    makers: list[Maker] = []

    def made() -> Maker:
        makers.append(Maker(processes=2, many=0))
        return makers[0]

    engine = EmbeddedEngine(tmp_path, maker=made)
    entries = random_entries(4, 400)
    with engine.rebuilding() as writer:
        writer.write(entries[:200])
        for process in list(makers[0].processes()):
            process.kill()
        writer.write(entries[200:])
    assert len(list(engine.digests())) == 400
