"""Changing the keys under a running program: what is sealed with which key, and sealing everything afresh.

Nothing remembers how far a rotation came: each value names its key, so a rotation that was killed is simply run again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Model, QuerySet, TextField
from django.db.models.functions import Cast

from .envelope import Undecipherable, prefix, unseal
from .fields import EncryptedTextField
from .keys import Key, KeyRing, NoSuchKey, new_key, ring, write_file

BATCH = 500  # rows of one transaction
_RAW = "sealed_text"


class KeyInUse(Exception):
    """A key that values still need cannot be dropped."""


class KeptElsewhere(Exception):
    """The ring stands in the environment, which the program cannot change."""


@dataclass
class Outcome:
    """What a rotation did: values sealed afresh, and places (`table.column:row`) that do not open."""

    sealed: int = 0
    unreadable: list[str] = field(default_factory=list)


def columns() -> Iterator[EncryptedTextField]:
    """Every encrypted column of every table."""
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta  # noqa: SLF001 - Django's own public name
        if meta.managed and not meta.proxy:
            yield from (found for found in meta.local_fields if isinstance(found, EncryptedTextField))


def usage() -> Counter[str]:
    """How many values each key id has sealed; the id "" counts what no key of this program sealed."""
    found: Counter[str] = Counter()
    for column in columns():
        for _, text in _walk(column, _rows(column)):
            version, _, rest = text.partition(":")
            found[rest.partition(":")[0] if version == "gk1" else ""] += 1
    return found


def rotate(*, told: Callable[[str, int], object] = lambda place, done: None) -> Outcome:
    """Seal every value with the writing key, in short transactions beside the running program.

    A value that somebody changes meanwhile is left to them: it is written with the writing key anyway. Run again after
    a kill, it goes on where it was. `told` hears of each batch: the column, and the values sealed in it so far.
    """
    outcome = Outcome()
    for column in columns():
        done = 0
        rows = _rows(column).exclude(**{f"{_RAW}__startswith": prefix(ring().writing)})
        batch: list[tuple[object, str]] = []
        for row in _walk(column, rows):
            batch.append(row)
            if len(batch) == BATCH:
                done += _seal_batch(column, batch, outcome)
                told(column.place, done)
                batch = []
        if batch:
            done += _seal_batch(column, batch, outcome)
            told(column.place, done)
        outcome.sealed += done
    return outcome


def add() -> Key:
    """Make a new writing key in the demo's file. Raises KeptElsewhere."""
    file = settings.FIELD_KEYS_FILE
    if file is None:
        raise KeptElsewhere
    key = new_key()
    write_file(file, KeyRing((key, *ring().keys)))
    return key


def drop(*, key_id: str) -> None:
    """Take a key out of the demo's file. Raises NoSuchKey, KeyInUse; KeptElsewhere once it may go from the setting."""
    key = ring().key(key_id)
    count = usage()[key_id]
    if key == ring().writing or count:
        raise KeyInUse(str(count))
    file = settings.FIELD_KEYS_FILE
    if file is None:
        raise KeptElsewhere
    write_file(file, KeyRing(tuple(kept for kept in ring().keys if kept != key)))


def _rows(column: EncryptedTextField) -> QuerySet[Model]:
    """Rows with a value, and the value as it is stored."""
    rows: QuerySet[Model] = column.model._base_manager.annotate(**{_RAW: Cast(column.attname, TextField())})  # noqa: SLF001 - as above
    return rows.exclude(**{_RAW: ""}).exclude(**{f"{_RAW}__isnull": True})


def _walk(column: EncryptedTextField, rows: QuerySet[Model]) -> Iterator[tuple[object, str]]:
    """(primary key, stored text) in the order of the primary key, a batch at a time."""
    last: object = None
    while True:
        ahead = rows if last is None else rows.filter(pk__gt=last)
        batch = list(ahead.order_by("pk").values_list("pk", _RAW)[:BATCH])
        yield from batch
        if len(batch) < BATCH:
            return
        last = batch[-1][0]


def _seal_batch(column: EncryptedTextField, batch: list[tuple[object, str]], outcome: Outcome) -> int:
    done = 0
    with transaction.atomic():
        for pk, stored in batch:
            try:
                text = unseal(stored, ring=ring(), place=column.place)
            except (Undecipherable, NoSuchKey):
                outcome.unreadable.append(f"{column.place}:{pk}")
                continue
            done += _rows(column).filter(pk=pk, **{_RAW: stored}).update(**{column.attname: text})
    return done
