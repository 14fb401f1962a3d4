"""Words of this context with their Chinese labels. No Django here."""

from __future__ import annotations

from gongkai.kernel.labelled import Labelled


class Scope(Labelled):
    """权限范围：what a program may be allowed."""

    CREATE = "applications:create", "代申请人提交、补正、撤回申请"
    READ_OWN = "applications:read_own", "查看本客户端提交的申请"
    ACT = "applications:act", "以指定工作人员的名义办理本机关的申请"
    STATISTICS = "statistics:read", "读取统计数据"
    WEBHOOKS = "webhooks", "设置并接收事件通知"


class News(Labelled):
    """事件：what a program may be told of."""

    REGISTERED = "registered", "已登记"
    SUPPLEMENT_ASKED = "supplement_asked", "已告知补正"
    EXTENDED = "extended", "已延长答复期限"
    DECIDED = "decided", "已签发答复"
    CLOSED = "closed", "已办结"


class Delivery(Labelled):
    """投递状态：how far the telling of one event has come."""

    WAITING = "waiting", "待投递"
    SENDING = "sending", "投递中"
    SENT = "sent", "已投递"
    GIVEN_UP = "given_up", "已停止重试"
