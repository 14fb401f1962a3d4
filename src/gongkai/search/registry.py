"""Where entries come from: each room that has something to find registers a source under a name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils import translation

from gongkai.search.rules import Entry

Labels = Mapping[str, Mapping[str, str]]  # by facet, the label of each value


class Source(Protocol):
    """Entries of one room. Their ids are the source's name, a colon and the key."""

    def entries(self, keys: Collection[str]) -> Iterable[Entry]:
        """The entries with these keys; what is not there any more is simply absent."""

    def keys(self) -> Iterator[str]:
        """The key of everything that anybody may find."""

    def version(self) -> str:
        """Changes when entries change that nobody touches one by one."""


@dataclass(frozen=True)
class Registered:
    """A source, and what the values of its facets are called."""

    name: str
    source: Source
    labels: Callable[[], Labels]


Resolver = Callable[[str], str | None]
_sources: dict[str, Registered] = {}
_resolvers: list[Resolver] = []


def register(name: str, source: Source, labels: Callable[[], Labels] = dict) -> None:
    """Have entries of this source found; registering a name again replaces its source."""
    _sources[name] = Registered(name, source, labels)


def register_resolver(resolver: Resolver) -> None:
    """Have a question shown to `resolver`, which may answer with the address of the one page that is meant."""
    if resolver not in _resolvers:
        _resolvers.append(resolver)


def resolve(text: str) -> str | None:
    """The address of the page that a question names by itself, as a citation does."""
    return next((address for resolver in _resolvers if (address := resolver(text))), None)


def names() -> tuple[str, ...]:
    return tuple(sorted(_sources))


def id_of(name: str, key: str) -> str:
    return f"{name}:{key}"


def entries(name: str, keys: Collection[str]) -> list[Entry]:
    """Entries of one source, in the words of the place, whatever language a reader has chosen."""
    registered = _sources.get(name)
    if registered is None:
        return []
    with translation.override(settings.LANGUAGE_CODE):
        return list(registered.source.entries(keys))


def keys(name: str) -> Iterator[str]:
    return _sources[name].source.keys()


def version(name: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return _sources[name].source.version()


def by_ids(ids: Sequence[str]) -> dict[str, Entry]:
    """The entries with these ids, as their sources tell them now."""
    wanted: dict[str, list[str]] = {}
    for told in ids:
        name, _colon, key = told.partition(":")
        wanted.setdefault(name, []).append(key)
    return {entry.id: entry for name, found in wanted.items() for entry in entries(name, found)}


def labels() -> dict[str, dict[str, str]]:
    """What the values of the facets are called, by all sources together."""
    found: dict[str, dict[str, str]] = {}
    for registered in _sources.values():
        for facet, called in registered.labels().items():
            found.setdefault(facet, {}).update(called)
    return found
