"""Words of the domain: a short English value in code and data, a Chinese label for people."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """An enum whose members are written `NAME = "value", "中文"`; pure Python, so rules may use it."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of (value, label), as a form or a model field takes them."""
        return [(member.value, member.label) for member in cls]
