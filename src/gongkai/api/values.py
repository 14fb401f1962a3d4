"""Values that come in: days as days, texts without control signs, whole numbers that are no texts."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StrictInt, StrictStr

LARGEST = 2**31 - 1
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Asked(Schema):
    """What is sent: nothing that is not known."""

    model_config = ConfigDict(extra="forbid")


def _day(given: Any) -> Any:
    if isinstance(given, str) and _DAY.fullmatch(given):
        return date.fromisoformat(given)
    raise ValueError("2025-09-15")


def _plain(given: str) -> str:
    if _CONTROL.search(given):
        raise ValueError("control")
    return given


Day = Annotated[date, BeforeValidator(_day), Field(examples=["2025-09-15"])]
Text = Annotated[StrictStr, AfterValidator(_plain)]
Version = Annotated[StrictInt, Field(ge=0, le=LARGEST)]
Number = Annotated[str, Field(pattern=r"^\d{4}-\d{6}$", examples=["2025-000068"])]
