"""The index follows the database: nothing is lost, nothing is doubled, and it can be proved."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.db import transaction

from gongkai.search import engines, indexer, registry, selectors, services
from gongkai.search.engine import Engine
from gongkai.search.models import Pending
from gongkai.search.rules import Entry
from gongkai.search.rules.ask import Ask
from gongkai.search.services import Verified

from .contract import entry
from .faking import FakeSource

pytestmark = pytest.mark.django_db
Indexed = Callable[[], Engine]


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> FakeSource:
    """The only source there is."""
    fake = FakeSource(entry("1", "征收办法", organ="finance"), entry("2", "征收细则"))
    monkeypatch.setattr(registry, "_sources", {})
    services.register("test", fake, lambda: {"kind": {"other": "其他文件"}})
    return fake


def found(text: str) -> list[str]:
    return sorted(hit.entry.id for hit in selectors.find(Ask(text)).results)


def change(source: FakeSource, *entries: Entry) -> None:
    with transaction.atomic():
        for one in entries:
            source.told[one.id.partition(":")[2]] = one
        services.touch("test", [one.id.partition(":")[2] for one in entries])


def test_the_first_index_has_everything_and_is_equal_to_the_database(source: FakeSource, indexed: Indexed) -> None:
    indexed()
    assert found("征收") == ["test:1", "test:2"]
    assert services.verify() == Verified(2, (), (), (), 0)


def test_what_changed_what_came_and_what_went_is_taken_in_once_it_is_committed(
    source: FakeSource, indexed: Indexed
) -> None:
    indexed()
    change(source, entry("1", "道路办法"), entry("3", "征收通知"))
    del source.told["2"]
    services.touch("test", ["2", "2", "unknown"])
    assert Pending.objects.count() == 4
    assert services.verify() == Verified(2, ("test:3",), ("test:2",), ("test:1",), 4)
    indexed()
    assert found("征收") == ["test:3"]
    assert services.verify() == Verified(2, (), (), (), 0)


def test_a_change_that_was_undone_was_never_touched(source: FakeSource, indexed: Indexed) -> None:
    indexed()
    with transaction.atomic():
        services.touch("test", ["1"])
        transaction.set_rollback(True)
    assert not Pending.objects.exists()


def test_a_writer_that_dies_before_the_row_goes_does_the_same_again(
    source: FakeSource, indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = indexed()
    change(source, entry("1", "征收通告"))
    with engine.writer() as writer:
        writer.write([source.told["1"]])  # and now it dies
    assert services.verify().waiting == 1
    indexed()
    assert services.verify() == Verified(2, (), (), (), 0)
    assert found("通告") == ["test:1"]


def test_one_entry_that_cannot_be_told_does_not_stop_the_others(source: FakeSource, indexed: Indexed) -> None:
    engine = indexed()
    source.poisoned = {"2"}
    change(source, entry("1", "征收通告"), entry("2", "征收公告"), entry("3", "征收通知"))
    with engine.writer() as writer:
        assert services.index_pending(writers=[writer]) == 2
        assert services.index_pending(writers=[writer]) == 0
    assert list(Pending.objects.values_list("key", "tries")) == [("2", 2)]
    source.poisoned = set()
    indexed()
    assert services.verify() == Verified(3, (), (), (), 0)


def test_a_new_index_takes_in_what_changes_while_it_is_made(source: FakeSource, indexed: Indexed) -> None:
    engine = indexed()
    source.told |= {f"n{number}": entry(f"n{number}", f"征收{number}号") for number in range(1_200)}
    seen: list[list[str]] = []
    keys = source.keys

    def changing() -> Iterator[str]:
        """After the first batch was read, an entry of it changes, and one goes."""
        for place, key in enumerate(keys()):
            if place == 600:
                change(source, entry("1", "道路通告"))
                del source.told["2"]
                services.touch("test", ["2"])
            if place == 1_100:
                seen.append(found("道路"))
            yield key

    source.keys = changing  # type: ignore[method-assign]
    services.ask_for_rebuild()
    assert services.must_rebuild(engine)
    assert indexer.catch_up() == 1_202
    assert seen == [["test:1"]]  # the old index has it while the new one is being made
    assert found("道路") == ["test:1"]
    source.keys = keys  # type: ignore[method-assign]
    assert services.verify() == Verified(1_201, (), (), (), 0)
    assert not services.must_rebuild(engine)


def test_a_source_of_another_version_is_taken_in_as_a_whole(source: FakeSource, indexed: Indexed) -> None:
    indexed()
    source.told = {"2": entry("2", "征收公告"), "4": entry("4", "征收通知")}
    indexed()
    assert found("公告") == []
    source.now = "2"
    indexed()
    assert services.verify() == Verified(2, (), (), (), 0)


def test_an_index_of_another_version_of_the_program_is_made_anew(
    source: FakeSource, indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = indexed()
    for module in ("gongkai.search.services", "gongkai.search.embedded.engine"):
        monkeypatch.setattr(f"{module}.FINGERPRINT", "another")
    assert services.must_rebuild(engine)
    indexed()
    assert engine.fingerprint == "another"
    assert found("征收") == ["test:1", "test:2"]


def test_a_hidden_entry_is_not_shown_even_before_the_index_knows(source: FakeSource, indexed: Indexed) -> None:
    indexed()
    source.told["1"] = replace(source.told["1"], scope=("organ:finance",))
    assert found("征收") == ["test:2"]
    hidden = selectors.find(Ask("征收"), scopes=("public", "organ:finance"))
    assert sorted(hit.entry.id for hit in hidden.results) == ["test:1", "test:2"]


def test_facets_say_what_choosing_gives(source: FakeSource, indexed: Indexed) -> None:
    source.told |= {
        "3": entry("3", "征收通知", organ="housing", kind="plan", date="2020-01-01"),
        "4": entry("4", "征收通知", organ="housing", date="2021-01-01"),
    }
    indexed()
    told = selectors.find(Ask("征收", {"organ": ("housing",)}))
    facets = {name: [(one.value, one.count, one.chosen) for one in values] for name, values in told.facets.items()}
    assert facets == {
        "organ": [("housing", 2, True), ("finance", 1, False)],
        "kind": [("other", 1, False), ("plan", 1, False)],
        "year": [("2021", 1, False), ("2020", 1, False)],
    }
    for name, values in told.facets.items():
        for one in values:
            chosen = told.ask.without(name) if name == "organ" else told.ask
            assert selectors.find(chosen.also(name, one.value)).count == one.count


def test_what_has_some_of_the_words_comes_after_what_has_all_and_it_is_said(
    source: FakeSource, indexed: Indexed
) -> None:
    source.told |= {"3": entry("3", "道路养护征收计划"), "4": entry("4", "道路保洁")}
    indexed()
    told = selectors.find(Ask("道路 养护 征收"))
    assert told.results[0].entry.id == "test:3"
    assert (len(told.results), told.count) == (4, 4)
    assert told.notes == ("含全部 3 个词的有 1 条；其余至少含其中 1 个词，越相关越靠前。",)
    assert [hit.entry.id for hit in selectors.find(Ask("“道路养护” 月球")).results] == []


def test_what_is_like_an_entry(source: FakeSource, indexed: Indexed) -> None:
    source.told |= {"3": entry("3", "道路养护办法"), "4": entry("4", "道路养护细则"), "5": entry("5", "预算公开")}
    indexed()
    assert [one.id for one in selectors.similar(source.told["3"])] == ["test:4"]
    assert {one.id for one in selectors.near("道路的预算", limit=5)} == {"test:3", "test:4", "test:5"}


def test_a_question_that_names_a_page_leads_there(source: FakeSource, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_resolvers", [])
    services.register_resolver(lambda text: "/gazette/2025-2/3/" if text == "2025年第2期第3号" else None)
    assert selectors.resolve("2025年第2期第3号") == "/gazette/2025-2/3/"
    assert selectors.resolve("征收") is None


PATIENCE = 30  # seconds, on a busy machine


@pytest.mark.django_db(transaction=True)
def test_the_indexer_takes_a_change_in_within_a_second_and_stops_when_it_is_told(
    source: FakeSource, indexed: Indexed
) -> None:
    stop = threading.Event()
    running = threading.Thread(target=indexer.run, args=(stop,))
    indexed()
    running.start()
    try:
        time.sleep(0.5)
        change(source, entry("1", "道路通告"))
        begun = time.monotonic()
        while not found("道路") and time.monotonic() - begun < PATIENCE:
            time.sleep(0.01)
    finally:
        stop.set()
        running.join(10)
    assert not running.is_alive()
    assert found("道路") == ["test:1"]
    assert indexer.BEAT < 1  # it looks often enough; how long a look takes is measured by the benchmark
    assert engines.current().fingerprint
