"""The seven steps from an application to its outcome, as a tree of questions. The tree is data; here it is walked. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.kernel.written import from_yaml
from gongkai.statutes import law

DATA = Path(__file__).resolve().parent.parent / "data" / "tree.yaml"


@dataclass(frozen=True)
class Answer:
    """One answer: it leads to a question (`ask`), to something to be done first (`act`), or to a reply (`kind`)."""

    label: str
    ask: str = ""
    act: str = ""
    kind: str = ""
    cite: str = ""

    @property
    def basis(self) -> str:
        """The article, in words; empty where the answer has none."""
        return law().cite(self.cite).place if self.cite else ""


@dataclass(frozen=True)
class Question:
    """One question: to which of the seven steps it belongs, what it asks, what to look at, the article."""

    name: str
    step: str
    label: str
    help: str
    cite: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Walk:
    """How far somebody has come: each question with the answer given, and what comes now."""

    given: tuple[tuple[Question, Answer], ...]
    question: Question | None
    answer: Answer | None

    @property
    def path(self) -> str:
        """The way so far, as an address carries it: the places of the answers, from 0."""
        return "".join(str(question.answers.index(answer)) for question, answer in self.given)


@cache
def questions() -> Mapping[str, Question]:
    """Every question by name."""
    content: dict[str, Any] = from_yaml(DATA.read_text(encoding="utf-8"))["questions"]
    return {
        name: Question(
            name,
            row["step"],
            row["label"],
            row["help"],
            row["cite"],
            tuple(Answer(**given) for given in row["answers"]),
        )
        for name, row in content.items()
    }


@cache
def first() -> str:
    """The name of the first question."""
    return str(from_yaml(DATA.read_text(encoding="utf-8"))["first"])


def steps() -> Sequence[str]:
    """The steps in their order, and 怎么答 at the end, which is the writing of the reply."""
    return (*dict.fromkeys(question.step for question in questions().values()), "怎么答")


def walk(path: str) -> Walk:
    """Follow the answers of a path from the first question; what cannot be followed is left out."""
    question: Question | None = questions()[first()]
    given: list[tuple[Question, Answer]] = []
    for sign in path:
        if question is None or not sign.isdecimal() or int(sign) >= len(question.answers):
            break
        answer = question.answers[int(sign)]
        given.append((question, answer))
        question = questions()[answer.ask] if answer.ask else None
    return Walk(tuple(given), question, given[-1][1] if given and question is None else None)
