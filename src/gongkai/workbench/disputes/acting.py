"""How each act of the flow of disputes is asked for and done: its form, and the service behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gongkai.applications.forms import ActForm
from gongkai.disputes import services
from gongkai.disputes.enums import Procedure, Result
from gongkai.disputes.forms import AcceptForm, AnswerForm, BecauseForm, ConcludeForm, LearnForm, NoteForm

Data = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """The form that an act asks for, and what is done with it: `who` holds the key, the doer and the version."""

    form: type[ActForm]
    do: Callable[[Data, Data], Any]


def _accept(who: Data, data: Data) -> Any:
    fields = {name: data[name] for name in ("accepted_on", "copy_on", "number", "representative", "today")}
    return services.accept(**who, **fields, procedure=Procedure(data["procedure"]))


def _conclude(who: Data, data: Data) -> Any:
    fields = {name: data[name] for name in ("result_on", "told_on", "reply_within", "lesson", "today")}
    return services.conclude(**who, **fields, result=Result(data["result"]))


ACTS: dict[str, Act] = {
    "accept": Act(AcceptForm, _accept),
    "answer": Act(AnswerForm, lambda who, data: services.answer(**who, on=data["on"], today=data["today"])),
    "note": Act(
        NoteForm,
        lambda who, data: services.note(
            **who, on=data["on"], text=data["text"], user_id=data["user_id"], today=data["today"]
        ),
    ),
    "conclude": Act(ConcludeForm, _conclude),
    "learn": Act(LearnForm, lambda who, data: services.learn(**who, lesson=data["lesson"])),
    "redo": Act(ActForm, lambda who, data: services.redo(**who, today=data["today"])),
    "amend": Act(BecauseForm, lambda who, data: services.amend(**who, reason=data["reason"])),
}
