"""What a person may do, as a value: duties expanded over the tree of organs. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongkai.accounts.enums import Role
from gongkai.audit.enums import ActorKind
from gongkai.audit.rules import VISITOR, Actor


@dataclass(frozen=True)
class Held:
    """A role held for one organ (its code): in one's own right, or (`acting_for`, a user id) as a deputy."""

    role: Role
    organ: str
    acting_for: int | None = None


@dataclass(frozen=True)
class Standing:
    """Who somebody is and what that person holds today; of nobody (user id 0) when no one is signed in."""

    user_id: int
    name: str
    held: frozenset[Held] = frozenset()

    def roles_in(self, organ: str) -> frozenset[Role]:
        """The roles held for the organ with this code."""
        return frozenset(held.role for held in self.held if held.organ == organ)

    def organs_where(self, *roles: Role) -> frozenset[str]:
        """The codes of the organs where one of these roles is held."""
        return frozenset(held.organ for held in self.held if held.role in roles)

    def holds(self, role: Role, organ: str) -> bool:
        """Whether the role is held for the organ with this code."""
        return role in self.roles_in(organ)

    @property
    def organs(self) -> frozenset[str]:
        """The codes of the organs where any role is held."""
        return frozenset(held.organ for held in self.held)

    @property
    def roles(self) -> frozenset[Role]:
        """All roles held anywhere."""
        return frozenset(held.role for held in self.held)

    @property
    def actor(self) -> Actor:
        """As the audit chain names the person who acts in his or her own right; a visitor when no one is signed in."""
        return person(self.user_id) if self.user_id else VISITOR

    def actor_as(self, roles: Iterable[str], organ: str) -> Actor:
        """As the audit chain names the person who acts in one of these roles for an organ.

        `acting_for` names the absent person when the role is held as a deputy only.
        """
        wanted = set(roles)
        fitting = [held for held in self.held if held.organ == organ and held.role in wanted]
        absent = sorted(held.acting_for for held in fitting if held.acting_for is not None)
        if not absent or any(held.acting_for is None for held in fitting):
            return self.actor
        return Actor(ActorKind.USER, str(self.user_id), acting_for=str(absent[0]))


NOBODY = Standing(0, "")


def person(user_id: int) -> Actor:
    """As the audit chain names a person by key alone."""
    return Actor(ActorKind.USER, str(user_id))


def expand(role: Role, organ: str, *, subtree: bool, parents: Mapping[str, str | None]) -> frozenset[tuple[Role, str]]:
    """A duty as pairs of role and organ code: the organ itself and, with `subtree`, all below it.

    `parents` gives each organ's code the code of the organ above; a circle in it is walked once.
    """
    if not subtree:
        return frozenset({(role, organ)})
    children = defaultdict(list)
    for code, parent in parents.items():
        children[parent].append(code)
    seen, waiting = {organ}, [organ]
    while waiting:
        for child in children[waiting.pop()]:
            if child not in seen:
                seen.add(child)
                waiting.append(child)
    return frozenset((role, code) for code in seen)
