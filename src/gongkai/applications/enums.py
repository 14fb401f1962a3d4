"""Words of this context with their Chinese labels. No Django here."""

from __future__ import annotations

from gongkai.kernel.labelled import Labelled


class State(Labelled):
    """办理状态：the states of the flow in `data/flow.yaml`."""

    SUBMITTED = "submitted", "待登记"
    REGISTERED = "registered", "办理中"
    ASSIGNED = "assigned", "待签收"
    SUPPLEMENTING = "supplementing", "待补正"
    EXPLAINING = "explaining", "待说明理由"
    CONSULTING = "consulting", "征求意见中"
    EXTENDING = "extending", "延期待批"
    PAYING = "paying", "待缴费"
    PROPOSED = "proposed", "待审签"
    SIGNED = "signed", "待用印"
    SEALED = "sealed", "待送达"
    CLOSED = "closed", "已办结"
    ARCHIVED = "archived", "已归档"


ENDED = (State.CLOSED.value, State.ARCHIVED.value)
OPEN = tuple(state.value for state in State if state.value not in ENDED)
# The reply's limit will run anew, and has no last day yet.
NOT_RUNNING = (State.SUPPLEMENTING.value, State.PAYING.value)

# The reply stands: nothing that is said now can change it.
DECIDED = (State.SIGNED.value, State.SEALED.value, *ENDED)


class Pressing(Labelled):
    """紧急程度: what of the open cases presses, by the last day for the reply."""

    OVERDUE = "overdue", "逾期"
    SOON = "soon", "3 个工作日内到期"


class Identity(Labelled):
    """证件类型 (art. 29): what proves who the applicant is."""

    IDENTITY_CARD = "identity_card", "居民身份证"
    PASSPORT = "passport", "护照"
    TRAVEL_PERMIT = "travel_permit", "港澳台居民居住证或者来往内地通行证"
    PERMANENT_RESIDENCE = "permanent_residence", "外国人永久居留身份证"
    CREDIT_CODE = "credit_code", "统一社会信用代码"
    OTHER = "other", "其他"


class Form(Labelled):
    """获取信息的方式 (art. 29, 40)."""

    ELECTRONIC = "electronic", "电子文件"
    PAPER = "paper", "纸质件"
    INSPECTION = "inspection", "查阅、抄录"


class Delivery(Labelled):
    """获取信息的途径 (art. 29, 40)."""

    ONLINE = "online", "网上下载"
    E_MAIL = "e_mail", "电子邮件"
    POST = "post", "邮寄"
    IN_PERSON = "in_person", "自行领取"


class Closing(Labelled):
    """Outcomes without a reply letter of their own: the codes of the national table (六)."""

    NOT_SUPPLEMENTED = "O1", "逾期不补正，不再处理"
    NOT_PAID = "O2", "逾期不缴费，不再处理"
    WITHDRAWN = "O3", "申请人撤回"


class Consulted(Labelled):
    """征求意见的对象 (art. 32, 34)."""

    THIRD_PARTY = "third_party", "第三方"
    CO_PRODUCER = "co_producer", "共同制作机关"


class Way(Labelled):
    """送达方式：how a letter reached whom it was written to (civil procedure law 87 to 95, by analogy)."""

    POST = "post", "邮寄签收"
    IN_PERSON = "in_person", "当面签收"
    ELECTRONIC = "electronic", "电子送达"
    EXCHANGE = "exchange", "机关间公文交换"
    LEFT = "left", "留置送达"
    NOTICE = "notice", "公告送达"


class Opinion(Labelled):
    """对公开的意见; silence of a third party lets the organ decide, that of an organ counts as consent."""

    CONSENT = "consent", "同意公开"
    REFUSE = "refuse", "不同意公开"
    SILENT = "silent", "逾期未答复"


class Weighed(Labelled):
    """对第三方不同意公开的理由的认定 (art. 32)."""

    REASONABLE = "reasonable", "理由合理"
    UNREASONABLE = "unreasonable", "理由不合理"


class Objection(Labelled):
    """第三方不同意公开的，有没有合理理由 (art. 32)."""

    NO_REASON = "no_reason", "没有说明理由"
    UNREASONABLE = "unreasonable", "理由不合理"
    NOT_WEIGHED = "not_weighed", "理由尚未认定"
    REASONABLE = "reasonable", "理由合理"


class Review(Labelled):
    """签发前的审查 (art. 17)."""

    SECRECY = "secrecy", "保密审查"
    LEGAL = "legal", "法制审核"


class Disposing(Labelled):
    """处置单状态：the states of the flow in `data/disposal_flow.yaml`."""

    PROPOSED = "proposed", "待复核"
    CARRYING = "carrying", "执行中"
    DONE = "done", "已执行"
    REFUSED = "refused", "未同意"


class Scale(Labelled):
    """信息处理费的计收标准 (fee rules 3): one for each application, never both."""

    BY_ITEM = "by_item", "按件计收"
    BY_PAGE = "by_page", "按量计收"
