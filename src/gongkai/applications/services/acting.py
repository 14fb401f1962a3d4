"""How every act of this context is done: through the flow, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gongkai.applications.flow import binding
from gongkai.applications.models import Application
from gongkai.audit.enums import ActorKind
from gongkai.audit.rules import Actor
from gongkai.workflow import services as workflow
from gongkai.workflow.rules import Doer, Outside, Rule

Change = Callable[[Application, Rule], Mapping[str, object]]


def act(pk: int, name: str, by: Doer, version: int, key: str, change: Change) -> Application:
    """Do one act of the flow on a case; see `workflow.services.act`."""
    row: Application = workflow.act(binding=binding(), pk=pk, act=name, by=by, version=version, key=key, change=change)
    return row


def applicant_of(application: Application) -> Outside:
    """The applicant as a doer: whoever holds the number and its code."""
    return Outside(Actor(ActorKind.APPLICANT, str(application.pk)), frozenset({"applicant"}))


def doer_of(by: Any) -> int | None:
    """The user behind a doer; None for the applicant, a third party and the program."""
    found = getattr(by, "user_id", None)
    return int(found) if found else None
