"""Words of this context with their Chinese labels. No Django here."""

from __future__ import annotations

from gongkai.kernel.labelled import Labelled


class State(Labelled):
    """办理状态：the states of the flow in `data/flow.yaml`."""

    SUBMITTED = "submitted", "待登记"
    REGISTERED = "registered", "办理中"
    SUPPLEMENTING = "supplementing", "待补正"
    PROPOSED = "proposed", "待签发"
    SIGNED = "signed", "待送达"
    CLOSED = "closed", "已办结"


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
