"""A flow as a value: which role may do which act in which state, and where it leads. Pure.

A flow is one YAML file. It is read once, checked whole when the program starts (`faults`), and asked by everyone: the
buttons on a page, the permission of an act, the picture in the documents and the exhaustive test are the same table.

    name: sample
    label: 示例流程
    initial: draft
    states:
      draft: {label: 草稿}
      done: {label: 已办结, final: true}
    acts:
      - {act: finish, label: 办结, from: [draft], to: done, by: [officer], cite: disclosure_regulation 45}

An act whose `to` is `same` leaves the state as it is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import yaml

from gongkai.audit.rules import Actor, Facts
from gongkai.kernel.labelled import Labelled
from gongkai.kernel.written import from_yaml
from gongkai.statutes import law

SAME = "same"  # as the target of an act: the state stays what it is


class Outsider(Labelled):
    """Who takes part in a flow without holding a duty."""

    APPLICANT = "applicant", "申请人"
    THIRD_PARTY = "third_party", "第三方"
    CO_PRODUCER = "co_producer", "共同制作机关"
    SYSTEM = "system", "系统"


class Refused(Exception):
    """An act that is not done; the text is for the person who tried."""


class NotNow(Refused):
    """The state does not know the act."""


class NotYours(Refused):
    """None of the person's roles for this organ may do the act."""


class Stale(Refused):
    """Somebody else has acted since the page was opened."""


class KeyReused(Refused):
    """The key of a submission has been used for another act."""


class Busy(Refused):
    """Others kept the database so long that nothing was done; the same submission may be sent again."""


class MalformedFlow(Exception):
    """A flow's file cannot be used; the text names the place."""


@dataclass(frozen=True)
class State:
    """One state of a flow; nothing leads on from a final one.

    `waits_for`: the roles whose task a thing in this state is, among those who may act on it; empty: all of them.
    """

    name: str
    label: str
    final: bool = False
    waits_for: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rule:
    """One row of the table: in `source` the roles `by` may do `act`, which leads to `target`."""

    act: str
    label: str
    source: str
    target: str
    by: frozenset[str]
    cite: str = ""
    grave: bool = False  # asks to be confirmed


@dataclass(frozen=True)
class Flow:
    """The whole table. `acts` are in the order of the file, which is the order of the buttons."""

    name: str
    label: str
    initial: str
    states: Mapping[str, State]
    rules: tuple[Rule, ...]

    def rule(self, state: str, act: str) -> Rule | None:
        """The row for an act in a state; None where there is none."""
        return next((rule for rule in self.rules if (rule.source, rule.act) == (state, act)), None)

    def open_to(self, state: str, roles: Collection[str]) -> tuple[Rule, ...]:
        """The acts that somebody with these roles may do in a state."""
        return tuple(rule for rule in self.rules if rule.source == state and not rule.by.isdisjoint(roles))

    def task_of(self, state: str) -> frozenset[str]:
        """The roles whose task a thing in this state is."""
        able = frozenset(role for rule in self.rules if rule.source == state for role in rule.by)
        return self.states[state].waits_for or able

    def step(self, state: str, act: str, roles: Collection[str]) -> Rule:
        """The row that lets somebody with these roles do the act; NotNow or NotYours, with the reason, if none does."""
        rule = self.rule(state, act)
        if rule is None:
            known = next((other.label for other in self.rules if other.act == act), act)
            raise NotNow(f"“{self.states[state].label}”状态下不能“{known}”。请刷新页面，按当前状态办理。")
        if rule.by.isdisjoint(roles):
            raise NotYours(f"“{rule.label}”须由{_who(rule.by)}办理。请转交有此职责的人员。")
        return rule


def _who(roles: Collection[str]) -> str:
    return "、".join(sorted(ROLE_LABELS.get(role, role) for role in roles))


ROLE_LABELS: dict[str, str] = {role.value: role.label for role in Outsider}


class Doer(Protocol):
    """Somebody who acts: who it is, and with which roles for an organ. A person's `Standing` is one."""

    @property
    def actor(self) -> Actor:
        """As the audit chain names the doer."""

    def roles_in(self, organ: str) -> Collection[str]:
        """The roles held for the organ with this code."""

    def actor_as(self, roles: Collection[str], organ: str) -> Actor:
        """As the chain names the doer acting in one of these roles: a deputy acts for somebody."""


@dataclass(frozen=True)
class Outside:
    """The applicant, or the program itself: the same roles everywhere."""

    actor: Actor
    roles: frozenset[str]

    def roles_in(self, organ: str) -> frozenset[str]:
        """The doer's roles, whichever the organ."""
        return self.roles

    def actor_as(self, roles: Collection[str], organ: str) -> Actor:
        """The doer, who acts for nobody else."""
        return self.actor


@dataclass(frozen=True)
class Binding:
    """A flow and the table whose rows run through it.

    The model has `state` (text) and `version` (whole number); `organ` gives the code of the organ a row belongs to.
    """

    flow: Flow
    model: type[Any]
    organ: Callable[[Any], str]

    @property
    def kind(self) -> str:
        """How the audit chain names the rows: `applications.application`."""
        return str(self.model._meta.label_lower)  # noqa: SLF001 - Django's documented name


@dataclass(frozen=True)
class Acted:
    """An act was done; published in the transaction of the act."""

    flow: str
    act: str
    object_id: str
    organ: str
    source: str
    target: str
    actor: Actor
    facts: Facts


def read_flow(path: Path) -> Flow:
    """The flow in a file; MalformedFlow, naming the place, if it is none. Whether it makes sense tells `faults`."""
    try:
        raw = from_yaml(path.read_text(encoding="utf-8"))
        states = {
            name: State(name, row["label"], bool(row.get("final")), frozenset(row.get("waits_for", ())))
            for name, row in raw["states"].items()
        }
        rules = tuple(
            Rule(
                row["act"],
                row["label"],
                source,
                source if row["to"] == SAME else row["to"],
                frozenset(row["by"]),
                row.get("cite", ""),
                bool(row.get("grave")),
            )
            for row in raw["acts"]
            for source in row["from"]
        )
        return Flow(raw["name"], raw["label"], raw["initial"], states, rules)
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, OSError) as error:
        raise MalformedFlow(f"{path.name}: {type(error).__name__} {error}") from error


def faults(flow: Flow, *, roles: Collection[str]) -> list[str]:
    """What is wrong with a flow, in sentences; empty when it can be used. `roles` are those that exist."""
    known = {*roles, *(role.value for role in Outsider)}
    found: list[str] = []
    if flow.initial not in flow.states:
        return [f"{flow.name}: the initial state {flow.initial} is not among the states"]
    for rule in flow.rules:
        where = f"{flow.name}: {rule.act} from {rule.source}"
        found += [f"{where}: no state {name}" for name in (rule.source, rule.target) if name not in flow.states]
        found += [f"{where}: no role may do it"] if not rule.by else []
        found += [f"{where}: no role {role}" for role in sorted(rule.by - known)]
        found += [f"{where}: no article {rule.cite}"] if rule.cite and not _stands(rule.cite) else []
    for name, state in flow.states.items():
        able = {role for rule in flow.rules if rule.source == name for role in rule.by}
        found += [
            f"{flow.name}: {name} waits for {role}, who may do nothing" for role in sorted(state.waits_for - able)
        ]
    places = [(rule.act, rule.source) for rule in flow.rules]
    found += [f"{flow.name}: {act} from {source} stands twice" for act, source in sorted(_twice(places))]
    labels = {rule.act: rule.label for rule in flow.rules}
    found += [f"{flow.name}: {rule.act} has two labels" for rule in flow.rules if labels[rule.act] != rule.label]
    if not found:
        found += [f"{flow.name}: nothing leads to {name}" for name in sorted(set(flow.states) - reachable(flow))]
        found += _dead_ends(flow)
    return found


def reachable(flow: Flow) -> set[str]:
    """The states that the acts lead to from the initial one, itself included."""
    seen, waiting = {flow.initial}, deque([flow.initial])
    while waiting:
        state = waiting.popleft()
        for rule in flow.rules:
            if rule.source == state and rule.target not in seen:
                seen.add(rule.target)
                waiting.append(rule.target)
    return seen


def _dead_ends(flow: Flow) -> list[str]:
    sources = {rule.source for rule in flow.rules}
    found = []
    for name, state in flow.states.items():
        if state.final and name in sources:
            found.append(f"{flow.name}: {name} is final, and yet something leads on from it")
        if not state.final and name not in sources:
            found.append(f"{flow.name}: nothing leads on from {name}, which is not final")
    return found


def _stands(cite: str) -> bool:
    try:
        law().cite(cite)
    except (ValueError, KeyError):
        return False
    return True


def _twice(places: list[tuple[str, str]]) -> set[tuple[str, str]]:
    return {place for place in places if places.count(place) > 1}


def picture(flow: Flow) -> str:
    """The flow as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {flow.initial}"]
    lines += [f"    {name}: {state.label}" for name, state in flow.states.items()]
    lines += [f"    {rule.source} --> {rule.target}: {rule.label}" for rule in flow.rules]
    lines += [f"    {name} --> [*]" for name, state in flow.states.items() if state.final]
    return "\n".join(lines)
