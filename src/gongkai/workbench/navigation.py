"""The list at the side of the desk: each room registers its place, and a person sees those of his or her roles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from gongkai.ui.navigation import Place, Text, address_of


@dataclass(frozen=True)
class Item:
    """A place at the desk: its words, its URL name, and the roles that see it (empty: everyone who is signed in)."""

    label: Text
    to: str
    order: int
    roles: frozenset[str] = frozenset()


_items: dict[str, Item] = {}


def register_desk(*items: Item) -> None:
    """Put places at the desk; the same address again replaces the place. Called from `WorkbenchConfig.ready`."""
    _items.update({item.to: item for item in items})


def places(path: str, roles: Collection[str]) -> list[Place]:
    """What somebody with these roles sees, in order; the longest address that the page lies under is current."""
    seen = sorted((item for item in _items.values() if _shown(item, roles)), key=lambda item: item.order)
    found = [(item.label, url) for item in seen if (url := address_of(item.to))]
    current = max((url for _label, url in found if path.startswith(url)), key=len, default="")
    return [Place(label, url, url == current) for label, url in found]


def _shown(item: Item, roles: Collection[str]) -> bool:
    return not item.roles or not item.roles.isdisjoint(roles)
