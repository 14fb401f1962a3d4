"""Acts of this context: sources are registered, changes put down, and taken into the index."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.db.models import F

from gongkai.search import engines, registry, wording
from gongkai.search.engine import FINGERPRINT, Engine, NotReady, Writer
from gongkai.search.models import Pending, SourceState
from gongkai.search.registry import register, register_resolver
from gongkai.search.rules import Entry, digest_of
from gongkai.search.rules.pace import AskedTooOften, Pace

__all__ = [
    "AskedTooOften",
    "ask_for_rebuild",
    "count_question",
    "index_pending",
    "must_rebuild",
    "rebuild",
    "register",
    "register_resolver",
    "take_new_versions",
    "touch",
    "verify",
]
BATCH = 500
REBUILD = ("", "rebuild")  # a row that asks the indexer for a new index
log = logging.getLogger(__name__)


_pace, _pacing = Pace(), threading.Lock()


def count_question(address: str) -> None:
    """Count a question of this address. `AskedTooOften` when its minute is full in this process."""
    most: int = settings.SEARCH_PER_MINUTE
    with _pacing:
        seconds = _pace.wait(address, now=time.time(), most=most) if most and address else 0
    if seconds:
        raise AskedTooOften(wording.too_often(most), seconds)


def touch(source: str, keys: Iterable[str]) -> None:
    """Have these entries looked at again, once the caller's transaction is committed."""
    Pending.objects.bulk_create([Pending(source=source, key=key) for key in dict.fromkeys(keys)])


def ask_for_rebuild() -> None:
    """Ask the indexer, wherever it runs, for a new index."""
    Pending.objects.create(source=REBUILD[0], key=REBUILD[1])


def must_rebuild(engine: Engine | None = None) -> bool:
    """Whether the index is missing, was made by another version of the program, or a new one was asked for."""
    asked = Pending.objects.filter(source=REBUILD[0], key=REBUILD[1]).exists()
    return asked or (engine or engines.current()).fingerprint != FINGERPRINT


def index_pending(*, writers: Sequence[Writer], batch: int = BATCH) -> int:
    """Take the oldest changes into the index; how many. A row goes when the index has it safe, so nothing is lost."""
    rows = list(Pending.objects.exclude(source=REBUILD[0])[:batch].values_list("pk", "source", "key"))
    if not rows:
        return 0
    try:
        _take_in(writers, [(source, key) for _pk, source, key in rows])
    except NotReady:
        raise
    except Exception:  # noqa: BLE001 - one entry that cannot be told must not stop the others
        return sum(_take_one(writers, *row) for row in rows)
    Pending.objects.filter(pk__in=[pk for pk, _source, _key in rows]).delete()
    return len(rows)


def _take_one(writers: Sequence[Writer], pk: int, source: str, key: str) -> bool:
    try:
        _take_in(writers, [(source, key)])
    except Exception:
        log.exception("%s:%s could not be taken into the index; it waits at the end", source, key)
        Pending.objects.filter(pk=pk).update(tries=F("tries") + 1)
        return False
    Pending.objects.filter(pk=pk).delete()
    return True


def _take_in(writers: Sequence[Writer], touched: Iterable[tuple[str, str]]) -> None:
    by_source: dict[str, list[str]] = {}
    for source, key in dict.fromkeys(touched):
        by_source.setdefault(source, []).append(key)
    found = [entry for source, keys in by_source.items() for entry in registry.entries(source, keys)]
    there = {entry.id for entry in found}
    ids = [registry.id_of(source, key) for source, keys in by_source.items() for key in keys]
    for writer in writers:
        writer.write(found, [told for told in ids if told not in there])


def rebuild(engine: Engine | None = None) -> int:
    """Make a new index of everything and put it in the place of the old one; how many entries it has.

    Meanwhile the old one is read, and changes are taken into both. `Busy` where another program writes.
    """
    engine = engine or engines.current()
    asked = list(Pending.objects.filter(source=REBUILD[0]).values_list("pk", flat=True))
    versions = {name: registry.version(name) for name in registry.names()}
    count = 0
    with ExitStack() as stack:
        old: list[Writer] = [stack.enter_context(engine.writer())] if engine.fingerprint == FINGERPRINT else []
        with engine.rebuilding() as new:
            for name in registry.names():
                for keys in _batches(registry.keys(name)):
                    found = registry.entries(name, keys)
                    new.write(found)
                    count += len(found)
                    index_pending(writers=[*old, new])
    _remember(versions)
    Pending.objects.filter(pk__in=asked).delete()
    return count


def _batches(keys: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(keys, BATCH)):
        yield batch


def take_new_versions(engine: Engine | None = None) -> list[str]:
    """Touch everything of the sources whose data changed as a whole, as those that come with the program; their names."""
    kept = dict(SourceState.objects.values_list("source", "version"))
    new = {name: found for name in registry.names() if kept.get(name) != (found := registry.version(name))}
    for name, told in new.items():
        with transaction.atomic():
            touch(name, [*registry.keys(name), *_indexed(engine or engines.current(), name)])
            _remember({name: told})
    return list(new)


def _indexed(engine: Engine, name: str) -> Iterator[str]:
    start = f"{name}:"
    return (told.removeprefix(start) for told, _digest in engine.digests() if told.startswith(start))


def _remember(versions: dict[str, str]) -> None:
    for name, told in versions.items():
        SourceState.objects.update_or_create(source=name, defaults={"version": told})


@dataclass(frozen=True)
class Verified:
    """How the index stands to the database."""

    entries: int
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    stale: tuple[str, ...]
    waiting: int

    @property
    def equal(self) -> bool:
        return not (self.missing or self.extra or self.stale or self.waiting)


def verify(engine: Engine | None = None) -> Verified:
    """Compare every entry of every source with what the index holds, by digest."""
    indexed: dict[str, str] = {}
    twice: list[str] = []
    for told, digest in (engine or engines.current()).digests():
        if told in indexed:
            twice.append(told)
        indexed[told] = digest
    missing: list[str] = []
    stale: list[str] = []
    count = 0
    for entry in _everything():
        count += 1
        digest = indexed.pop(entry.id, "")
        if not digest:
            missing.append(entry.id)
        elif digest != digest_of(entry):
            stale.append(entry.id)
    extra = (*indexed, *twice)
    return Verified(count, tuple(missing), extra, tuple(stale), Pending.objects.count())


def _everything() -> Iterator[Entry]:
    for name in registry.names():
        for keys in _batches(registry.keys(name)):
            yield from registry.entries(name, keys)


def write_outside(*, engine: Engine, batches: Iterable[Collection[Entry]]) -> int:
    """Make an index of entries that no source tells; how many."""
    count = 0
    with engine.rebuilding() as writer:
        for batch in batches:
            writer.write(batch)
            count += len(batch)
    return count
