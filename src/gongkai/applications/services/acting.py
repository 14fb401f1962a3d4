"""How every act of this context is done: through the flow, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gongkai.applications.flow import binding
from gongkai.applications.models import Application
from gongkai.audit.enums import ActorKind
from gongkai.audit.rules import Actor
from gongkai.workflow import services as workflow
from gongkai.workflow.rules import Doer, NotYours, Outside, Refused, Rule

Change = Callable[[Application, Rule], Mapping[str, object]]


def act(pk: int, name: str, by: Doer, version: int, key: str, change: Change) -> Application:
    """Do one act of the flow on a case; see `workflow.services.act`.

    An applicant acts in his or her own case alone, and nobody in one whose people are forgotten.
    """
    if by.actor.kind is ActorKind.APPLICANT and by.actor.id != str(pk):
        raise NotYours("这份申请不是您的。请用它的申请编号和查询码重新查询。")

    def checked(row: Application, rule: Rule) -> Mapping[str, object]:
        if row.forgotten_on:
            raise Refused(f"这一案卷的个人信息已经在 {row.forgotten_on} 到期处置，不能再办理。当事人可以重新申请。")
        return change(row, rule)

    row: Application = workflow.act(binding=binding(), pk=pk, act=name, by=by, version=version, key=key, change=checked)
    return row


def allowed(row: Application, name: str, by: Doer) -> bool:
    """Whether the table allows an act as the case now stands: asked before what is slow. `act` asks again, and refuses."""
    rule = binding().flow.rule(row.state, name)
    return rule is not None and not rule.by.isdisjoint(by.roles_in(binding().organ(row)))


def applicant_of(application: Application) -> Outside:
    """The applicant as a doer: whoever holds the number and its code."""
    return Outside(Actor(ActorKind.APPLICANT, str(application.pk)), frozenset({"applicant"}))


def doer_of(by: Any) -> int | None:
    """The user behind a doer; None for the applicant, a third party and the program."""
    found = getattr(by, "user_id", None)
    return int(found) if found else None
