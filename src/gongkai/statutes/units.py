"""The units a legal number may have: its Chinese name, and what its value must be."""

import re
from collections.abc import Callable, Mapping
from typing import Any

KINDS = {str: "文字", int: "整数", list: "列表", dict: "表"}
PLACE = re.compile(r"\{[a-z_]+\}")  # what a text holds the place of, such as {year}
MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def _integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _month_day(value: Any) -> bool:
    return isinstance(value, str) and MONTH_DAY.fullmatch(value) is not None


def _pattern(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(re.compile(value))
    except re.error:
        return False


def _is(kind: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, kind)


UNITS: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "working_days": ("个工作日", _integer),
    "days": ("日", _integer),
    "months": ("个月", _integer),
    "years": ("年", _integer),
    "hours": ("小时", _integer),
    "seconds": ("秒", _integer),
    "yuan": ("元", _integer),
    "percent": ("%", _number),
    "points": ("分", _integer),
    "count": ("个", _integer),
    "times": ("次", _integer),
    "millimetres": ("毫米", _integer),
    "number": ("号", _integer),
    "month_day": ("月-日", _month_day),
    "day": ("日期", lambda value: hasattr(value, "isoformat")),
    "text": ("文字", _is(str)),
    "pattern": ("式样", _pattern),
    "flag": ("是否", _is(bool)),
    "list": ("列表", _is(list)),
    "table": ("表", _is(dict)),
}


def label_of(unit: str) -> str:
    """The Chinese name of a unit."""
    return UNITS[unit][0]


def fits(unit: str, value: Any) -> bool:
    """Whether a value is of the kind its unit asks for."""
    return UNITS[unit][1](value)


def misshapen(default: Any, value: Any, *, free: bool) -> str:
    """How a value differs in shape from its default, so that nobody could read it; nothing when it is alike.

    `free`: a table whose keys are nobody's in the program, such as codes of organs.
    """
    if isinstance(default, dict):
        if not free and set(value) != set(default):
            return f"须有且只有这几项：{'、'.join(default)}"
        sample = next(iter(default.values()), "")
        pairs = ((sample if free else default[key], item, key) for key, item in value.items())
        return next((f"“{key}”{wrong}" for like, item, key in pairs if (wrong := _unlike(like, item))), "")
    if isinstance(default, list):
        return next((wrong for item in value if (wrong := _unlike(default[0], item))), "" if value else "至少要有一项")
    if isinstance(default, str):
        missing = set(PLACE.findall(default)) - set(PLACE.findall(value))
        return _unlike(default, value) or (f"须保留 {'、'.join(sorted(missing))}" if missing else "")
    return ""


def _unlike(sample: Any, item: Any) -> str:
    if type(sample) is not type(item):
        return f"须是{KINDS.get(type(sample), type(sample).__name__)}，不能是 {item!r}"
    if isinstance(sample, list):
        return next((wrong for one in item if (wrong := _unlike(sample[0], one))), "")
    if isinstance(sample, str):
        if not item.strip():
            return "不能是空的"
        unknown = set(PLACE.findall(item)) - set(PLACE.findall(sample))
        return f"中没有 {'、'.join(sorted(unknown))} 这样的内容" if unknown else ""
    return ""
