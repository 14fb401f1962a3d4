"""The words of the national report form, with their Chinese labels.

The forms are those of the State Council General Office: 国办公开办函〔2019〕60号 (report years 2019 and 2020)
and 国办公开办函〔2021〕30号 (report years from 2021). The values are the names that files and interfaces use;
they are written down in ``docs/reference/report-form.md``.
"""

from __future__ import annotations

from gongkai.kernel.labelled import Labelled


class Form(Labelled):
    """Which form a report follows."""

    NARRATIVE = "narrative", "2019 年以前的叙述格式"
    F2019 = "2019", "2019 年格式"
    F2021 = "2021", "2021 年格式"


class Scope(Labelled):
    """Whose figures a report holds: one organ's own, or a whole district's or city's."""

    ORGAN = "organ", "本机关"
    WHOLE = "whole", "全区（全市）"


class Column(Labelled):
    """The seven columns of table three."""

    NATURAL_PERSON = "natural_person", "自然人"
    COMMERCIAL_ENTERPRISE = "commercial_enterprise", "商业企业"
    RESEARCH_INSTITUTION = "research_institution", "科研机构"
    PUBLIC_WELFARE_ORGANISATION = "public_welfare_organisation", "社会公益组织"
    LEGAL_SERVICE_ORGANISATION = "legal_service_organisation", "法律服务机构"
    OTHER = "other", "其他"
    TOTAL = "total", "总计"


KINDS: tuple[Column, ...] = tuple(c for c in Column if c is not Column.TOTAL)


class Row(Labelled):
    """The rows of table three, in the order of the form. ``other_handling`` stands in form 2019 only."""

    NEW_RECEIVED = "new_received", "一、本年新收政府信息公开申请数量"
    CARRIED_IN = "carried_in", "二、上年结转政府信息公开申请数量"
    GRANTED = "granted", "（一）予以公开"
    PARTIALLY_GRANTED = "partially_granted", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
    WITHHELD_STATE_SECRET = "withheld_state_secret", "1.属于国家秘密"
    WITHHELD_PROHIBITED_BY_LAW = "withheld_prohibited_by_law", "2.其他法律行政法规禁止公开"
    WITHHELD_SECURITY_AND_STABILITY = "withheld_security_and_stability", "3.危及“三安全一稳定”"
    WITHHELD_THIRD_PARTY = "withheld_third_party", "4.保护第三方合法权益"
    WITHHELD_INTERNAL_AFFAIRS = "withheld_internal_affairs", "5.属于三类内部事务信息"
    WITHHELD_PROCESS_INFORMATION = "withheld_process_information", "6.属于四类过程性信息"
    WITHHELD_ENFORCEMENT_FILE = "withheld_enforcement_file", "7.属于行政执法案卷"
    WITHHELD_ADMINISTRATIVE_QUERY = "withheld_administrative_query", "8.属于行政查询事项"
    UNABLE_NOT_HELD = "unable_not_held", "1.本机关不掌握相关政府信息"
    UNABLE_WOULD_NEED_CREATING = "unable_would_need_creating", "2.没有现成信息需要另行制作"
    UNABLE_STILL_UNCLEAR = "unable_still_unclear", "3.补正后申请内容仍不明确"
    NOT_PROCESSED_PETITION_IN_FORM = "not_processed_petition_in_form", "1.信访举报投诉类申请"
    NOT_PROCESSED_REPEATED = "not_processed_repeated", "2.重复申请"
    NOT_PROCESSED_PUBLIC_PUBLICATION = "not_processed_public_publication", "3.要求提供公开出版物"
    NOT_PROCESSED_EXCESSIVE = "not_processed_excessive", "4.无正当理由大量反复申请"
    NOT_PROCESSED_RECONFIRMATION = (
        "not_processed_reconfirmation",
        "5.要求行政机关确认或重新出具已获取信息",
    )
    OTHER_HANDLING = "other_handling", "（六）其他处理"
    OTHER_SUPPLEMENT_OVERDUE = (
        "other_supplement_overdue",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    )
    OTHER_FEE_OVERDUE = (
        "other_fee_overdue",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    )
    OTHER_REMAINING = "other_remaining", "3.其他"
    HANDLED_TOTAL = "handled_total", "（七）总计"
    CARRIED_OVER = "carried_over", "四、结转下年度继续办理"


class Group(Labelled):
    """The groups of results in table three."""

    GRANTED = "granted", "（一）予以公开"
    PARTIALLY_GRANTED = "partially_granted", "（二）部分公开"
    WITHHELD = "withheld", "（三）不予公开"
    UNABLE = "unable", "（四）无法提供"
    NOT_PROCESSED = "not_processed", "（五）不予处理"
    OTHER = "other", "（六）其他处理"


OTHER_2021: tuple[Row, ...] = (
    Row.OTHER_SUPPLEMENT_OVERDUE,
    Row.OTHER_FEE_OVERDUE,
    Row.OTHER_REMAINING,
)

GROUP_ROWS: dict[Group, tuple[Row, ...]] = {
    Group.GRANTED: (Row.GRANTED,),
    Group.PARTIALLY_GRANTED: (Row.PARTIALLY_GRANTED,),
    Group.WITHHELD: tuple(r for r in Row if r.value.startswith("withheld_")),
    Group.UNABLE: tuple(r for r in Row if r.value.startswith("unable_")),
    Group.NOT_PROCESSED: tuple(r for r in Row if r.value.startswith("not_processed_")),
    Group.OTHER: (Row.OTHER_HANDLING, *OTHER_2021),
}


def rows_of(form: Form) -> tuple[Row, ...]:
    """The rows of table three in that form, in order; none for a narrative report."""
    if form is Form.NARRATIVE:
        return ()
    absent = OTHER_2021 if form is Form.F2019 else (Row.OTHER_HANDLING,)
    return tuple(row for row in Row if row not in absent)


class Block(Labelled):
    """The three blocks of table four."""

    ADMINISTRATIVE_RECONSIDERATION = "administrative_reconsideration", "行政复议"
    LITIGATION_DIRECT = "litigation_direct", "未经复议直接起诉"
    LITIGATION_AFTER_RECONSIDERATION = "litigation_after_reconsideration", "复议后起诉"


class Result(Labelled):
    """The five columns of each block of table four."""

    UPHELD = "upheld", "结果维持"
    CORRECTED = "corrected", "结果纠正"
    OTHER_RESULT = "other_result", "其他结果"
    PENDING = "pending", "尚未审结"
    TOTAL = "total", "总计"


class Item(Labelled):
    """The rows of table two (art. 20 items 1, 5, 6, 8, 9)."""

    RULES = "rules", "规章"
    NORMATIVE_DOCUMENTS = "normative_documents", "行政规范性文件"
    LICENCES = "licences", "行政许可"
    OTHER_EXTERNAL_SERVICES = "other_external_services", "其他对外管理服务事项"
    PENALTIES = "penalties", "行政处罚"
    COERCIVE_MEASURES = "coercive_measures", "行政强制"
    ADMINISTRATIVE_CHARGES = "administrative_charges", "行政事业性收费"
    CENTRAL_PROCUREMENT = "central_procurement", "政府集中采购"


class Measure(Labelled):
    """The columns of table two."""

    ISSUED = "issued", "本年制发件数"
    REPEALED = "repealed", "本年废止件数"
    IN_FORCE = "in_force", "现行有效件数"
    MADE = "made", "本年新制作数量"
    NEWLY_DISCLOSED = "newly_disclosed", "本年新公开数量"
    TOTAL_DISCLOSED = "total_disclosed", "对外公开总数量"
    PREVIOUS_ITEMS = "previous_items", "上一年项目数量"
    CHANGE = "change", "本年增/减"
    DECISIONS = "decisions", "处理决定数量"
    AMOUNT_TEN_THOUSAND_YUAN = "amount_ten_thousand_yuan", "本年收费金额（单位：万元）"
    ITEMS = "items", "采购项目数量"
    AMOUNT_YUAN = "amount_yuan", "采购总金额"


_DOCUMENTS_2019 = (Measure.MADE, Measure.NEWLY_DISCLOSED, Measure.TOTAL_DISCLOSED)
_DOCUMENTS_2021 = (Measure.ISSUED, Measure.REPEALED, Measure.IN_FORCE)
_ITEMS_2019 = (Measure.PREVIOUS_ITEMS, Measure.CHANGE, Measure.DECISIONS)

TABLE_TWO: dict[Form, dict[Item, tuple[Measure, ...]]] = {
    Form.NARRATIVE: {},
    Form.F2019: {
        Item.RULES: _DOCUMENTS_2019,
        Item.NORMATIVE_DOCUMENTS: _DOCUMENTS_2019,
        Item.LICENCES: _ITEMS_2019,
        Item.OTHER_EXTERNAL_SERVICES: _ITEMS_2019,
        Item.PENALTIES: _ITEMS_2019,
        Item.COERCIVE_MEASURES: _ITEMS_2019,
        Item.ADMINISTRATIVE_CHARGES: (Measure.PREVIOUS_ITEMS, Measure.CHANGE),
        Item.CENTRAL_PROCUREMENT: (Measure.ITEMS, Measure.AMOUNT_YUAN),
    },
    Form.F2021: {
        Item.RULES: _DOCUMENTS_2021,
        Item.NORMATIVE_DOCUMENTS: _DOCUMENTS_2021,
        Item.LICENCES: (Measure.DECISIONS,),
        Item.PENALTIES: (Measure.DECISIONS,),
        Item.COERCIVE_MEASURES: (Measure.DECISIONS,),
        Item.ADMINISTRATIVE_CHARGES: (Measure.AMOUNT_TEN_THOUSAND_YUAN,),
    },
}


class Chapter(Labelled):
    """The six chapters of a report (forms 2019 and 2021)."""

    OVERVIEW = "overview", "一、总体情况"
    PROACTIVE = "proactive", "二、主动公开政府信息情况"
    APPLICATIONS = "applications", "三、收到和处理政府信息公开申请情况"
    REMEDIES = "remedies", "四、政府信息公开行政复议、行政诉讼情况"
    PROBLEMS = "problems", "五、存在的主要问题及改进情况"
    OTHER_MATTERS = "other_matters", "六、其他需要报告的事项"


class Severity(Labelled):
    """How grave a finding is."""

    ERROR = "error", "错误"
    WARNING = "warning", "提醒"
    INFORMATION = "information", "说明"


class Relation(Labelled):
    """What a check compares. R1 to R10 are the arithmetic relations 勾稽关系 of the form."""

    R1 = "R1", "新收 + 上年结转 = 总计 + 结转下年度"
    R2 = "R2", "总计 = 各类办理结果之和"
    R3 = "R3", "各类申请人之和 = 总计"
    R4 = "R4", "维持 + 纠正 + 其他 + 尚未审结 = 总计"
    R5 = "R5", "上年报告的结转下年度 = 本年报告的上年结转"
    R6 = "R6", "上年现行有效 + 制发 − 废止 = 本年现行有效"
    R7 = "R7", "上年报告的项目数 + 增减 = 本年报告的上一年项目数"
    R8 = "R8", "上年尚未审结不多于本年总计"
    R9 = "R9", "文字与表格、文字与文字一致"
    R10 = "R10", "主动公开率 = 主动公开数 ÷ 制作数"
    STRUCTURE = "structure", "章节与表格齐全"
    NUMBERING = "numbering", "序号连续"
    STATUTE = "statute", "法规文号"
    FORM = "form", "格式适用年度"
    LEFTOVER = "leftover", "他处或往年文字残留"
    PLAUSIBILITY = "plausibility", "合理性"
    UNIT = "unit", "单位与正负号"
    SOURCE = "source", "文本来源"


class FilingState(Labelled):
    """How far an uploaded report is on its way to publication: the states of `data/flow.yaml`."""

    RECEIVED = "received", "核对中"
    SUBMITTED = "submitted", "待公布"
    PUBLISHED = "published", "已公布"
    DISCARDED = "discarded", "已作废"
