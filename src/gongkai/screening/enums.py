"""Words of this context with their Chinese labels. No Django here."""

from __future__ import annotations

from gongkai.kernel.labelled import Labelled


class Severity(Labelled):
    """Whether a finding keeps a file from leaving, or is shown to whoever lets it leave."""

    BLOCK = "block", "须处理"
    WARN = "warn", "请核对"


class FindingKind(Labelled):
    """What was found: personal data in the words, or something that the eye does not see."""

    IDENTITY_NUMBER = "identity_number", "居民身份号码"
    FORMER_IDENTITY_NUMBER = "former_identity_number", "疑似15位居民身份号码"
    MOBILE = "mobile", "手机号码"
    FIXED_PHONE = "fixed_phone", "固定电话"
    BANK_CARD = "bank_card", "银行卡号"
    PASSPORT = "passport", "护照号码"
    TRAVEL_PERMIT = "travel_permit", "港澳台通行证号码"
    RESIDENCE_PERMIT = "residence_permit", "外国人永久居留身份证号码"
    EMAIL = "email", "电子邮箱"
    ADDRESS = "address", "详细地址"
    PLATE = "plate", "车牌号"

    HIDDEN_SHEET = "hidden_sheet", "隐藏的工作表"
    VERY_HIDDEN_SHEET = "very_hidden_sheet", "深度隐藏的工作表"
    HIDDEN_ROWS = "hidden_rows", "隐藏的行"
    HIDDEN_COLUMNS = "hidden_columns", "隐藏的列"
    FILTERED_ROWS = "filtered_rows", "被筛选掉的行"
    COMMENT = "comment", "批注"
    TRACKED_CHANGE = "tracked_change", "修订痕迹"
    HIDDEN_TEXT = "hidden_text", "隐藏文字"
    PALE_TEXT = "pale_text", "与底色相同的文字"
    PROPERTIES = "properties", "文档属性"
    EMBEDDED_OBJECT = "embedded_object", "嵌入的对象或附件"
    PIVOT_CACHE = "pivot_cache", "数据透视表的缓存"
    EXTERNAL_LINK = "external_link", "外部链接"
    PROGRAM = "program", "会运行的内容"
    UNSEEN_TEXT = "unseen_text", "看不见却能复制的文字"
    COVERED_TEXT = "covered_text", "只盖住、没有去掉的文字"
    OUTSIDE_TEXT = "outside_text", "页面范围以外的文字"
    FORM_FIELD = "form_field", "表单域"
    ANNOTATION = "annotation", "注释"
    EARLIER_REVISION = "earlier_revision", "文件里留着的旧版本"
    HIDDEN_LAYER = "hidden_layer", "隐藏的图层"
    POSITION = "position", "拍摄地点"
    NOT_READ = "not_read", "程序读不出的内容"


class Ground(Labelled):
    """不予公开的理由 (art. 14 to 16): why a place in a document is blacked out."""

    STATE_SECRET = "state_secret", "国家秘密"
    PROHIBITED_BY_LAW = "prohibited_by_law", "法律、行政法规禁止公开"
    SECURITY_AND_STABILITY = "security_and_stability", "危及三安全一稳定"
    PERSONAL_PRIVACY = "personal_privacy", "个人隐私"
    TRADE_SECRET = "trade_secret", "商业秘密"
    THIRD_PARTY = "third_party", "第三方其他合法权益"
    INTERNAL_AFFAIRS = "internal_affairs", "内部事务信息"
    PROCESS_INFORMATION = "process_information", "过程性信息"
    ENFORCEMENT_FILE = "enforcement_file", "行政执法案卷信息"
    OTHER = "other", "其他"
