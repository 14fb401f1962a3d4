"""Asking the law: what a parameter was on a day."""

import difflib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from gongkai.statutes.errors import BeforeTheLaw, MalformedLaw, NotASetting, UnknownParameter
from gongkai.statutes.loading import load_files, read_cite, read_yaml
from gongkai.statutes.units import fits, label_of, misshapen
from gongkai.statutes.values import Cite, Override, Parameter, Statute, Value, freeze, thaw

SHIPPED = Path(__file__).parent / "data"
NO_OVERRIDES: Mapping[str, Override] = MappingProxyType({})


@dataclass(frozen=True)
class Law:
    """Statutes and parameters, and what this house has set; never changed once made."""

    statutes: Mapping[str, Statute]
    parameters: Mapping[str, Parameter]
    topics: Mapping[str, str]
    overrides: Mapping[str, tuple[Override, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path = SHIPPED) -> "Law":
        """Read and check every file of a folder; `MalformedLaw` lists all that is wrong."""
        statutes, parameters, topics = load_files(folder)
        return cls(MappingProxyType(statutes), MappingProxyType(parameters), MappingProxyType(topics))

    def parameter(self, name: str) -> Parameter:
        """The parameter of a name; an unknown name is answered with those near it."""
        if found := self.parameters.get(name):
            return found
        labels = {parameter.label: key for key, parameter in self.parameters.items()}
        near = difflib.get_close_matches(name, [*self.parameters, *labels], n=4, cutoff=0.5)
        raise UnknownParameter(name, list(dict.fromkeys(labels.get(word, word) for word in near)))

    def cite(self, place: str) -> Cite:
        """The citation of a place such as `disclosure_regulation 33.2`; ValueError or KeyError when it is none."""
        return read_cite(place, self.statutes)

    def in_force(self, name: str, day: date) -> Value:
        """What a parameter was on a day: the value of the latest first day not after it."""
        values = self.timeline(name)
        place = bisect_right(values, day, key=lambda value: value.since)
        if place:
            return values[place - 1]
        first = values[0]
        raise BeforeTheLaw(
            f"{name} ({self.parameter(name).label}) has no value on {day}: "
            f"its first runs from {first.since}, by {first.cite.text}. Ask for a day from then on."
        )

    def timeline(self, name: str) -> tuple[Value, ...]:
        """All values of a parameter by first day, with what this house has set in their place."""
        shipped = self.parameter(name).values
        values = shipped
        for own in self.overrides.get(name, ()):
            since = own.since or shipped[0].since
            basis = next((value for value in reversed(shipped) if value.since <= since), shipped[0])
            kept = (value for value in values if value.since < since)
            values = (*kept, replace(basis, value=own.value, since=since, reason=own.reason))
        return values

    def with_overrides(self, overrides: Mapping[str, Override]) -> "Law":
        """The same law with numbers set by this house; only what the law leaves open can be set."""
        return self.decided(overrides.values())

    def decided(self, decisions: Iterable[Override]) -> "Law":
        """The same law with decisions of this house on top, in their order: each holds from its first day on, in the
        place of all that was decided before it for those days.
        """
        found = dict(self.overrides)
        for own in decisions:
            found[own.name] = (*found.get(own.name, ()), self._checked(own))
        return replace(self, overrides=MappingProxyType(found))

    def _checked(self, own: Override) -> Override:
        parameter = self.parameter(own.name)
        if not parameter.settable:
            raise NotASetting(
                f"{own.name} ({parameter.label}) cannot be set: it is settled by {parameter.values[-1].cite.text}. "
                "Only what is unconfirmed or left to the organ is a setting; docs/law/settings.md lists them."
            )
        if not own.reason.strip():
            raise NotASetting(f"{own.name} is set without a reason: say who decided it, when, and on what ground.")
        value = thaw(own.value)
        if not fits(parameter.unit, value):
            raise NotASetting(
                f"{own.name} is given in {parameter.unit} ({label_of(parameter.unit)}), not {own.value!r}."
            )
        if wrong := misshapen(thaw(parameter.values[-1].value), value, free=parameter.free):
            raise NotASetting(f"{own.name} ({parameter.label}): {wrong}。")
        return replace(own, value=freeze(own.value))

    @property
    def unconfirmed(self) -> tuple[Parameter, ...]:
        """Every parameter that nobody has checked in a text of the law."""
        return tuple(parameter for parameter in self.parameters.values() if not parameter.confirmed)


def read_overrides(path: Path) -> dict[str, Override]:
    """Read a house's settings: `name: {value: …, reason: …, since: …}`; `since` may be left out."""
    found: dict[str, Override] = {}
    problems = []
    for name, entry in (read_yaml(path) or {}).items():
        if isinstance(entry, dict) and {"value", "reason"} <= set(entry) <= {"value", "reason", "since"}:
            found[name] = Override(name, entry["value"], str(entry["reason"]), entry.get("since"))
        else:
            problems.append(f"{path.name}: {name} needs `value` and `reason`, and may have `since`")
    if problems:
        raise MalformedLaw(problems)
    return found


@cache
def _shipped() -> Law:
    return Law.read()


_adopted: list[Law] = []  # as adopted at the start, and with what has been decided since


def law() -> Law:
    """The law this process goes by: the shipped one, or that with the house's settings adopted at the start."""
    return _adopted[-1] if _adopted else _shipped()


def adopt(overrides: Mapping[str, Override] = NO_OVERRIDES) -> Law:
    """Check the law and go by it with these settings from now on; called once, when the program starts."""
    _adopted[:] = [_shipped().with_overrides(overrides)]
    return _adopted[-1]


def decide(decisions: Iterable[Override]) -> Law:
    """Go by the law as it was adopted at the start, with these decisions on top, which take the place of those before."""
    base = _adopted[0] if _adopted else _shipped()
    _adopted[:] = [base, base.decided(decisions)]
    return _adopted[-1]


def in_force(name: str, day: date, overrides: Mapping[str, Override] | None = None) -> Value:
    """What a parameter of the law was on a day; `overrides` are tried on top without being adopted."""
    current = law()
    return (current.with_overrides(overrides) if overrides else current).in_force(name, day)


def plain(value: Value) -> Any:
    """A value as plain lists and tables, for templates and the machine interface."""
    return thaw(value.value)
