"""What is written into a form as a value of the law, and from which day a decision may hold. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import yaml

from gongkai.statutes import LawError, Override, Parameter, Value, law
from gongkai.statutes.units import fits, label_of, misshapen
from gongkai.statutes.values import thaw

YES, NO = "是", "否"
# What a last day may hang on: days that have been lived through are never counted anew.
COUNTED = frozenset({"working_days", "days", "months", "years", "flag", "day"})
LEAST = dict.fromkeys(("working_days", "days", "months", "years"), 1)
MOST = {"working_days": 1000, "days": 3660, "months": 600, "years": 100, "percent": 100, "points": 100, "count": 10_000}
LONGEST = 10_000  # characters of a value


class Unfit(Exception):
    """A value that will not do, or a day; the text is for the person who wrote it."""


def earliest(parameter: Parameter, today: date) -> date:
    """The first day from which a decision made today may hold.

    A number that days are counted by holds from tomorrow: what was reckoned until today was reckoned by the number of
    its day, and stands (no reaching back; 立法法 article 104). Words hold at once.
    """
    return today + timedelta(days=1) if parameter.unit in COUNTED else today


def written(parameter: Parameter, value: Any) -> str:
    """A value as it stands in the form: one entry a line in a list, a table as YAML."""
    plain = thaw(value)
    if parameter.unit == "flag":
        return YES if plain else NO
    if parameter.unit == "list" and all(isinstance(item, str) for item in plain):
        return "\n".join(plain)
    if parameter.unit in {"list", "table"}:
        return (
            yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, default_flow_style=None, width=10**6).strip()
            if plain
            else ""
        )
    return str(plain)


def read(parameter: Parameter, text: str) -> Any:
    """The value that a text stands for; raises `Unfit`."""
    text = text.strip()
    if len(text) > LONGEST:
        raise Unfit(f"内容太长，最多 {LONGEST} 字。")
    value = _read(parameter, text)
    if not fits(parameter.unit, value):
        raise Unfit(f"写法不对，须是{label_of(parameter.unit)}。")
    least, most = LEAST.get(parameter.unit, 0), MOST.get(parameter.unit)
    if most is not None and not least <= value <= most:
        raise Unfit(f"须在 {least} 至 {most} 之间。")
    if wrong := misshapen(thaw(parameter.values[-1].value), value, free=parameter.free):
        raise Unfit(f"{wrong}。")
    return value


def _read(parameter: Parameter, text: str) -> Any:
    unit = parameter.unit
    if unit in {"text", "pattern", "month_day"}:
        return text
    if unit == "flag":
        return {YES: True, NO: False}.get(text)
    if unit == "list" and all(isinstance(item, str) for item in parameter.values[-1].value):
        return [line.strip() for line in text.splitlines() if line.strip()]
    if unit in {"list", "table"}:
        try:
            return yaml.safe_load(text) or ({} if unit == "table" else [])
        except (yaml.YAMLError, RecursionError) as error:
            raise Unfit("写法不对：每项一行，如“名称: 内容”，列表写作 [甲, 乙]。") from error
    try:
        return date.fromisoformat(text) if unit == "day" else int(text)
    except ValueError as error:
        raise Unfit("须是日期，如 2026-01-01。" if unit == "day" else "须是整数。") from error


def stored(value: Any) -> Any:
    """A value as JSON can hold it."""
    return value.isoformat() if isinstance(value, date) else value


def taken_out(parameter: Parameter, value: Any) -> Any:
    """A stored value again."""
    return date.fromisoformat(value) if parameter.unit == "day" else value


def as_override(name: str, value: Any, reason: str, since: date) -> Override | None:
    """One stored decision, as the law takes it; None when this version of the program lets it be set no longer."""
    parameter = law().parameters.get(name)
    if parameter is None:
        return None
    own = Override(name, taken_out(parameter, value), reason, since)
    try:
        law().decided([own])
    except LawError:
        return None
    return own


def same(value: Any, found: Value) -> bool:
    """Whether a new value says what holds already."""
    return bool(value == thaw(found.value))
