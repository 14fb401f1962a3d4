"""A person's rights in their data (Personal Information Protection Law, art. 45 and 47): a copy, and erasure.

Each context that holds personal data registers a kind; this module asks them all. A context may name a legal hold, which
forbids erasure with its reason. The caller, who stands above the audit chain, passes the chain's `record`.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from .digests import blind

ERASED = "（已删除）"  # stands, encrypted like what it replaces, where a person's data were


@dataclass(frozen=True)
class Person:
    """Whose data: a user of this program by primary key, or an outside person by digests of what identifies them.

    `digests` are `privacy.digests.blind` of an identity number, a phone number, an e-mail address: any that is known.
    """

    user_id: int | None = None
    digests: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """What the audit chain calls this person: never a name or a number."""
        return str(self.user_id) if self.user_id is not None else min(self.digests, default="")


@dataclass(frozen=True)
class Hold:
    """Why data may not be erased now: the reason in a sentence, the article it stands on, and until when if known."""

    reason: str
    cite: str
    until: str = ""


class Held(Exception):
    """Erasure is forbidden; `holds` say by what."""

    def __init__(self, holds: Sequence[Hold]) -> None:
        super().__init__("；".join(f"{hold.reason}（{hold.cite}）" for hold in holds))
        self.holds = tuple(holds)


@dataclass(frozen=True)
class Kind:
    """What one context can do about a person's data."""

    export: Callable[[Person], Sequence[Mapping[str, Any]]]
    erase: Callable[[Person], int]
    hold: Callable[[Person], Sequence[Hold]]


_kinds: dict[str, Kind] = {}


def register(
    kind: str,
    *,
    export: Callable[[Person], Sequence[Mapping[str, Any]]],
    erase: Callable[[Person], int],
    hold: Callable[[Person], Sequence[Hold]],
) -> None:
    """Answer for the person's data of one kind (`applications`, `notices`).

    `export` gives rows that JSON can hold; `erase` replaces the data by ERASED or removes them and gives the number of
    rows; `hold` names what forbids it. All run in the caller's transaction. Registering a kind twice is an error.
    """
    if kind in _kinds:
        raise ValueError(f"The kind {kind} is registered already.")
    _kinds[kind] = Kind(export, erase, hold)


def person(*, user_id: int | None = None, identifiers: Sequence[str] = ()) -> Person:
    """The person behind a user's key or any of their numbers and addresses. Raises ValueError when nothing is named."""
    digests = frozenset(found for text in identifiers if (found := blind(text)))
    if user_id is None and not digests:
        raise ValueError("Name a user or at least one number or address of the person.")
    return Person(user_id, digests)


def holds(who: Person) -> list[Hold]:
    """Everything that forbids erasure now."""
    return [hold for kind in _kinds.values() for hold in kind.hold(who)]


@transaction.atomic
def export(*, who: Person, purpose: str, actor: Any, record: Callable[..., object]) -> bytes:
    """All of a person's data as a ZIP of one JSON file a kind. The reading is recorded with its purpose."""
    found = {name: list(kind.export(who)) for name, kind in sorted(_kinds.items())}
    record(
        act="privacy.export",
        actor=actor,
        object_kind="person",
        object_id=who.id,
        purpose=purpose,
        facts={name: len(rows) for name, rows in found.items()},
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in found.items():
            archive.writestr(f"{name}.json", json.dumps(rows, ensure_ascii=False, indent=2, default=str))
    return out.getvalue()


@transaction.atomic
def erase(*, who: Person, purpose: str, actor: Any, record: Callable[..., object]) -> dict[str, int]:
    """Erase a person's data, all kinds or none; rows changed by kind. Raises Held."""
    if found := holds(who):
        raise Held(found)
    done = {name: kind.erase(who) for name, kind in sorted(_kinds.items())}
    record(act="privacy.erase", actor=actor, object_kind="person", object_id=who.id, purpose=purpose, facts=dict(done))
    return done
