"""The units a legal number may have: its Chinese name, and what its value must be."""

import re
from collections.abc import Callable, Mapping
from typing import Any

MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def _integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _month_day(value: Any) -> bool:
    return isinstance(value, str) and MONTH_DAY.fullmatch(value) is not None


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
