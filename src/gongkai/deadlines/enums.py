"""Words of this context with their Chinese labels. No Django here."""

from __future__ import annotations

from gongkai.kernel.labelled import Labelled


class DayKind(Labelled):
    """What a day is for those who count working days."""

    WORKDAY = "workday", "工作日"
    WEEKEND = "weekend", "周末"
    HOLIDAY = "holiday", "放假"
    MAKEUP = "makeup", "调休上班"


class Channel(Labelled):
    """申请渠道 (art. 28, 31): how an application came in, which decides its day of receipt."""

    INTERNET = "internet", "网上提交"
    IN_PERSON = "in_person", "当面提交"
    REGISTERED_POST = "registered_post", "邮寄（需签收）"
    ORDINARY_POST = "ordinary_post", "邮寄（平常信函）"
    FAX = "fax", "传真"
    E_MAIL = "e_mail", "电子邮件"
    ORAL = "oral", "口头（工作人员代填）"


class ReceiptDay(Labelled):
    """收到申请之日 (art. 31): which day counts for a channel."""

    SUBMITTED = "submitted", "提交之日"
    SIGNED_FOR = "signed_for", "签收之日"
    CONFIRMED = "confirmed", "双方确认之日"
    ARRIVED = "arrived", "系统接收之日"


class ClockState(Labelled):
    """Whether a clock still runs."""

    OPEN = "open", "计时中"
    MET = "met", "已完成"
    STOPPED = "stopped", "已终止"


class Stage(Labelled):
    """How near the last day is."""

    CALM = "calm", "期限内"
    SOON = "soon", "即将到期"
    URGENT = "urgent", "临近到期"
    LAST_DAY = "last_day", "今天到期"
    OVERDUE = "overdue", "已逾期"


class NoticeState(Labelled):
    """Where a notice handed in stands."""

    PROPOSED = "proposed", "待确认"
    APPLIED = "applied", "已启用"
    WITHDRAWN = "withdrawn", "已放弃"
