"""Words of this context. No Django here."""

from __future__ import annotations

from gongkai.kernel.labelled import Labelled


class Ending(Labelled):
    """What came of asking the model."""

    ASKING = "asking", "等待回答"
    ANSWERED = "answered", "已回答"
    UNREACHABLE = "unreachable", "连接不上"
    SLOW = "slow", "超时"
    DENIED = "denied", "密钥不被接受"
    BUSY = "busy", "请求过多"
    BROKEN = "broken", "服务故障"
    TURNED_DOWN = "turned_down", "请求不被接受"
    REDIRECTED = "redirected", "转向别的地址"
    TOO_LARGE = "too_large", "回答过大"
    NONSENSE = "nonsense", "不是约定的接口"
    WRONG_SHAPE = "wrong_shape", "内容不合要求"


# The service answered as it should, whatever the model made of the question.
IN_ORDER = frozenset({Ending.ANSWERED, Ending.WRONG_SHAPE})
