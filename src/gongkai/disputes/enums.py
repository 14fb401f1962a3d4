"""Words of this context with their Chinese labels. No Django here."""

from __future__ import annotations

from gongkai.kernel.labelled import Labelled


class Kind(Labelled):
    """案件类型：the three blocks of table four."""

    RECONSIDERATION = "administrative_reconsideration", "行政复议"
    DIRECT = "litigation_direct", "行政诉讼（未经复议直接起诉）"
    AFTER_RECONSIDERATION = "litigation_after_reconsideration", "行政诉讼（复议后起诉）"


class State(Labelled):
    """案件状态：the states of the flow in `data/flow.yaml`."""

    OPENED = "opened", "待受理"
    RUNNING = "running", "待答复（答辩）"
    ANSWERED = "answered", "审理中"
    CONCLUDED = "concluded", "已审结"


class Procedure(Labelled):
    """审理程序 (reconsideration law 53)."""

    SIMPLE = "simple", "简易程序"
    ORDINARY = "ordinary", "普通程序"


class Result(Labelled):
    """结果：the columns of table four; what is not concluded is pending."""

    UPHELD = "upheld", "结果维持"
    CORRECTED = "corrected", "结果纠正"
    OTHER_RESULT = "other_result", "其他结果"


class Cause(Labelled):
    """争议原因：why the reply is attacked."""

    WITHHELD = "withheld", "对不予公开、部分公开不服"
    NOT_HELD = "not_held", "对信息不存在、本机关不掌握不服"
    NOT_PROCESSED = "not_processed", "对不予处理不服"
    CONTENT = "content", "提供的信息与申请不符"
    SILENCE = "silence", "逾期不答复"
    PROCEDURE = "procedure", "补正、征求意见、延期等程序"
    THIRD_PARTY = "third_party", "第三方认为公开侵犯其合法权益"
    FEE = "fee", "收费或者逾期不缴费不再处理"
    OTHER = "other", "其他"
