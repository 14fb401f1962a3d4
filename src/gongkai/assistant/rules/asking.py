"""The question to the model: the words of `data/prompt.yaml` with the masked case in them. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.applications.rules import reply
from gongkai.kernel.written import from_yaml

from .grounds import place_of, rests_on

PATH = Path(__file__).resolve().parent.parent / "data" / "prompt.yaml"
LONGEST = 6000  # characters of the application that are sent
Message = dict[str, str]


@dataclass(frozen=True)
class Case:
    """What the model is told of a case; `wanted` is masked, `fence` cannot be guessed by who wrote it."""

    organ: str
    wanted: str
    fence: str
    course: tuple[str, ...] = ()
    precedents: tuple[tuple[str, int], ...] = ()


@cache
def words() -> Mapping[str, str]:
    """The sentences of the question."""
    found: dict[str, str] = from_yaml(PATH.read_text(encoding="utf-8"))
    return found


def messages(case: Case, day: date) -> list[Message]:
    """The two messages of the question."""
    cut = case.wanted[:LONGEST]
    user = words()["user"].format_map(
        {
            "organ": case.organ,
            "kinds": "\n".join(_kind(kind, day) for kind in reply.kinds().values()),
            "course": "；".join(case.course) or words()["nothing"],
            "precedents": "；".join(f"{label} {count} 件" for label, count in case.precedents) or words()["nothing"],
            "fence": case.fence,
            "wanted": cut + (words()["cut"] if len(case.wanted) > LONGEST else ""),
        }
    )
    return [{"role": "system", "content": words()["system"]}, {"role": "user", "content": user}]


def body(asked: list[Message], *, model: str, tokens: int) -> bytes:
    """The request as it is sent."""
    plain = {
        "model": model,
        "messages": asked,
        "max_tokens": tokens,
        "temperature": 0,
        "stream": False,
        "response_format": {"type": "json_object"},
    }
    return json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace")


def _kind(kind: reply.Kind, day: date) -> str:
    """One kind of reply in a line: its keys, what it is, the articles it may rest on, what must be written."""
    plain: dict[str, Any] = {
        "outcome": kind.code,
        "kind": kind.name,
        "label": kind.label,
        "basis": [place_of(cite) for cite in rests_on(kind, day)],
        "fields": {field.name: "，".join(filter(None, (field.label, field.hint))) for field in kind.fields},
    }
    return json.dumps(plain, ensure_ascii=False)
