"""Words of this context."""

from gongkai.kernel.labelled import Labelled


class Channel(Labelled):
    """How a person is told."""

    INBOX = "inbox", "站内信"
    MAIL = "mail", "电子邮件"
    SMS = "sms", "短信"


class State(Labelled):
    """How far a notice came."""

    WAITING = "waiting", "待发送"
    SENDING = "sending", "发送中"
    SENT = "sent", "已发送"
    FAILED = "failed", "未送达"
    UNKNOWN = "unknown", "是否送达不明"
    DROPPED = "dropped", "不再发送"


class Outcome(Labelled):
    """How one try ended."""

    SENT = "sent", "对方已接收"
    LATER = "later", "对方请稍后再试"
    REFUSED = "refused", "对方拒收"
    UNKNOWN = "unknown", "对方未答复"
    SETTLED = "settled", "人工处理"
