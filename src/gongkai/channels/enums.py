"""Words of this context with their Chinese labels. No Django here."""

from __future__ import annotations

from gongkai.kernel.labelled import Labelled


class Way(Labelled):
    """How a channel is reached."""

    OWN = "own", "本平台页面"
    GAZETTE = "gazette", "公报正向清单"
    PUSH = "push", "推送"


class Kind(Labelled):
    """What is told of an item."""

    RELEASED = "released", "发布"
    UPDATED = "updated", "更新"
    TAKEN_BACK = "taken_back", "撤回"
    STOCK = "stock", "存量"


class State(Labelled):
    """How far the telling by one channel has come."""

    WAITING = "waiting", "待投送"
    SENDING = "sending", "投送中"
    SENT = "sent", "已送达"
    FAILED = "failed", "未收下，待重试"
    GIVEN_UP = "given_up", "已搁置"
    REPLACED = "replaced", "由后一条代替"


# What may still be sent; what somebody has to look at.
OPEN = (State.WAITING.value, State.FAILED.value)
GOING = (*OPEN, State.SENDING.value)
# What receivers are given of an item lives in these states of it; in any other it is taken back.
LIVE = ("published", "archived")
