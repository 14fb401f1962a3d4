"""Words of this context with their Chinese labels. No Django here."""

from __future__ import annotations

from gongkai.kernel.labelled import Labelled


class State(Labelled):
    """转主动公开的状态：the states of the flow in `data/flow.yaml`."""

    PROPOSED = "proposed", "待审查"
    ACCEPTED = "accepted", "已转主动公开"
    REFUSED = "refused", "审查未通过"
    WITHDRAWN = "withdrawn", "已撤回"


class Compiling(Labelled):
    """案例选编的状态：the states of the flow in `data/compilation_flow.yaml`."""

    DRAFT = "draft", "编写中"
    SUBMITTED = "submitted", "待审定"
    PUBLISHED = "published", "已发布"


LIVE = (State.PROPOSED.value, State.ACCEPTED.value)
