"""The frozen values of the law: a statute, a citation of it, a number on a day, a parameter through time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from gongkai.statutes.errors import WrongKind
from gongkai.statutes.numerals import chinese

T = TypeVar("T")

UNCONFIRMED = "未经核实(unconfirmed)"


@dataclass(frozen=True, slots=True)
class Statute:
    """A law, regulation, notice or settled practice, with the days it ran."""

    key: str
    title: str
    number: str = ""
    issued: date | None = None
    since: date | None = None
    until: date | None = None
    supersedes: str = ""
    articles: bool = True
    confirmed: bool = True

    def runs_on(self, day: date) -> bool:
        """Whether it was in force on a day; a statute without days always runs."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def text(self) -> str:
        """《Title》(number), as a letter cites it for the first time; a practice has no book marks."""
        if not self.number and not self.articles:
            return self.title
        return f"《{self.title}》" + (f"({self.number})" if self.number else "")


@dataclass(frozen=True, slots=True)
class Cite:
    """Where a number stands: statute, article, paragraph, item, and whether anyone has checked it there."""

    statute: Statute
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None
    confirmed: bool = True

    @property
    def place(self) -> str:
        """第三十三条第二款, or nothing for a text without articles."""
        parts = []
        if self.article:
            parts.append(f"第{chinese(self.article)}条")
        if self.paragraph:
            parts.append(f"第{chinese(self.paragraph)}款")
        if self.item:
            parts.append(f"第({chinese(self.item)})项")
        return "".join(parts)

    @property
    def text(self) -> str:
        """The whole citation; one that nobody has checked says so."""
        return self.statute.text + self.place + ("" if self.confirmed else f" {UNCONFIRMED}")


def cited(cites: Sequence[Cite]) -> str:
    """Several citations in one breath: a statute that follows itself is named once."""
    parts: list[str] = []
    for before, cite in zip([None, *cites], cites, strict=False):
        again = before is not None and before.statute == cite.statute and before.confirmed == cite.confirmed
        if again and not cite.confirmed:
            parts[-1] = parts[-1].removesuffix(f" {UNCONFIRMED}")
        parts.append(cite.text.removeprefix(cite.statute.text) if again else cite.text)
    return "、".join(parts)


@dataclass(frozen=True, slots=True)
class Value:
    """What a parameter is from a day on, and where that stands."""

    name: str
    value: Any
    since: date
    cites: tuple[Cite, ...]
    unit: str
    confirmed: bool = True
    reason: str = ""

    @property
    def cite(self) -> Cite:
        """The first place it stands at."""
        return self.cites[0]

    @property
    def basis(self) -> str:
        """All places it stands at; for a number set by this house, the reason too."""
        text = cited(self.cites)
        return f"{text};本单位设定:{self.reason}" if self.reason else text

    @property
    def integer(self) -> int:
        """The value as a whole number."""
        return self._as(int)

    @property
    def text(self) -> str:
        """The value as text."""
        return self._as(str)

    @property
    def flag(self) -> bool:
        """The value as yes or no."""
        return self._as(bool)

    @property
    def day(self) -> date:
        """The value as a day."""
        return self._as(date)

    @property
    def items(self) -> tuple[Any, ...]:
        """The value as a list, in the order of the law."""
        return self._as(tuple)

    @property
    def table(self) -> Mapping[str, Any]:
        """The value as a table by key, in the order of the law."""
        return self._as(MappingProxyType)

    def _as(self, kind: type[T]) -> T:
        if isinstance(self.value, kind) and (kind is bool or not isinstance(self.value, bool)):
            return self.value
        raise WrongKind(f"{self.name} is given in {self.unit}: {self.value!r} cannot be read as {kind.__name__}.")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of the law through time: its values in the order of their first days."""

    name: str
    label: str
    unit: str
    topic: str
    values: tuple[Value, ...]
    confirmed: bool = True
    setting: bool = False
    free: bool = False  # a table whose keys may be others than those of the default

    @property
    def settable(self) -> bool:
        """Whether a house may set it: what nobody has confirmed, and what the law leaves open."""
        return self.setting or not self.confirmed


@dataclass(frozen=True, slots=True)
class Override:
    """A number that this house sets, and why."""

    name: str
    value: Any
    reason: str
    since: date | None = field(default=None)


def override(name: str, value: Any, reason: str, since: date | None = None) -> dict[str, Override]:
    """One override as a mapping, ready to be joined with others by `|`."""
    return {name: Override(name, value, reason, since)}


def freeze(value: Any) -> Any:
    """Make what YAML gave unchangeable: lists become tuples, tables read-only."""
    if isinstance(value, Mapping):
        return MappingProxyType({str(key): freeze(item) for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return tuple(freeze(item) for item in value)
    return value


def thaw(value: Any) -> Any:
    """The plain lists and tables again, for writing or checking."""
    if isinstance(value, Mapping):
        return {key: thaw(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [thaw(item) for item in value]
    return value
