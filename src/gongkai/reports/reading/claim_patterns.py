"""The wording of figures in reports, as patterns.

Groups: ``n`` the number, ``about``, ``more``, ``wan`` its qualifiers, ``share`` a percentage.
"""

from __future__ import annotations

import re

from gongkai.reports.enums import Row

N = r"(?P<about>将近|接近|超过|不足|大约|近|约|超|逾)?(?P<n>\d+(?:,\d{3})*(?:\.\d+)?)(?P<wan>万)?(?P<more>余|多|左右)?"
PIECES = r"(?:件次|件|宗|份|起|例|条|次)"
HAVE = r"(?:共计|共有|共|总计|合计|累计|总数|总量|数量|有|为|计|达到|达)*"
SHARE = (
    r"(?:\([^()]{0,40}\))?[,(]?(?:约)?(?:占比|比例|比重|占)(?:[^,。;%()\d]{0,14}?)(?:为|约|达)?"
    r"(?P<share>\d+(?:\.\d+)?)%"
)
APPLICATIONS = (
    r"(?:(?:政府)?信息公开|依申请公开)(?:的)?(?:政府信息)?(?:类)?(?:的)?(?:申请)?(?:表|书|件)?(?:数量|总数|总量)?"
)

RECEIVED = re.compile(
    rf"(?:收到|受理|接收|接到|新收|收悉)(?:并?处理)?(?:的)?(?:[^,。;:\d]{{0,12}}?){APPLICATIONS}{HAVE}{N}{PIECES}"
)
NONE_RECEIVED = re.compile(r"(?:未|没有)(?:收到|受理|接收|接到)[^,。;\d]{0,16}信息公开(?:的)?申请(?=[,。;]|$)")
ANSWERED = re.compile(
    rf"(?:办结并答复|受理并答复|受理答复|办理答复|办理并答复|答复|办结|办理完毕)(?:了)?(?:{APPLICATIONS})?{HAVE}{N}{PIECES}"
)
GROUPS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"{words}[”]?(?:政府信息)?(?:的)?(?:申请|答复)?{HAVE}{N}{PIECES}(?:{SHARE})?"))
    for kind, words in (
        ("granted_or_partial", r"(?:予以公开|同意公开|公开)(?:及|和|或者|或|、|与)(?:予以|同意)?部分公开"),
        ("granted", r"(?<!不)予以公开"),
        ("partially_granted", r"(?<![及和或者、与意])(?:予以)?部分公开"),
        ("withheld", r"(?<!开)不予公开"),
        ("unable", r"无法提供"),
        ("not_processed", r"不予处理"),
        ("other_handling", r"其他(?:方式)?处理"),
    )
)
LEAVES: tuple[tuple[Row, re.Pattern[str]], ...] = tuple(
    (row, re.compile(rf"{words}(?:的)?{HAVE}{N}{PIECES}(?:{SHARE})?"))
    for row, words in (
        (Row.WITHHELD_STATE_SECRET, r"属于国家秘密"),
        (Row.WITHHELD_THIRD_PARTY, r"保护第三方合法权益"),
        (Row.WITHHELD_INTERNAL_AFFAIRS, r"三类内部事务信息"),
        (Row.WITHHELD_PROCESS_INFORMATION, r"四类过程性信息"),
        (Row.WITHHELD_ENFORCEMENT_FILE, r"属于行政执法案卷"),
        (Row.WITHHELD_ADMINISTRATIVE_QUERY, r"属于行政查询事项"),
        (Row.UNABLE_NOT_HELD, r"本机关不掌握相关政府信息"),
        (Row.UNABLE_WOULD_NEED_CREATING, r"没有现成信息需要另行制作"),
        (Row.UNABLE_STILL_UNCLEAR, r"补正后申请内容仍不明确"),
        (Row.NOT_PROCESSED_PETITION_IN_FORM, r"信访举报投诉类申请"),
        (Row.NOT_PROCESSED_REPEATED, r"重复申请"),
        (Row.NOT_PROCESSED_PUBLIC_PUBLICATION, r"要求提供公开出版物"),
    )
)
_LAST_YEAR = r"(?:20\d\d年|上一?年度?|去年|往年)(?:度)?(?:结转|转结)"
CARRIED_IN = re.compile(
    rf"(?:(?:含|包括|包含|加上)(?:结转|转结)|{_LAST_YEAR})(?:至20\d\d年|至?本年度?)?[^,。;)\d]{{0,12}}?{N}{PIECES}"
)
CARRIED_OVER = (
    re.compile(
        rf"(?:另有|尚有|还有|其余|剩余|有){N}{PIECES}(?:申请)?[^。;\d]{{0,24}}?(?:顺延|结转|转结|延续)(?:到|至)?(?:下|20\d\d)"
    ),
    re.compile(
        rf"结转(?:到|至)?下一?年度?(?:继续)?(?:办理|处理|答复)?(?:的)?(?:政府信息公开)?(?:申请)?{HAVE}{N}{PIECES}"
    ),
)
GROWTH = re.compile(
    r"[,(]?(?:申请)?(?:数量|总量|量|件数)?(?:较|同比|比|与)(?:(?P<base>20\d\d)年|上一?年度?|去年)?(?:同期)?(?:相比)?"
    r"(?P<way>上升|增长|增加|提高|下降|减少|降低|回落)(?:了|幅度为|约)?(?P<growth>\d+(?:\.\d+)?)%"
)
RECONSIDERED = re.compile(rf"复议(?:案件|案|申请)?{HAVE}{N}(?:件|起|宗|例)")
LITIGATED = re.compile(rf"诉讼(?:案件|案)?{HAVE}{N}(?:件|起|宗|例)")
CORRECTED = (
    re.compile(rf"(?:结果)?(?:被)?(?:纠正|纠错|败诉){HAVE}{N}(?:件|起|宗|例)"),
    re.compile(rf"其中{N}(?:件|起|宗|例)(?:被[^,。;]{{0,8}}?)?(?:确认违法|纠正|撤销|败诉|纠错)"),
)
NONE_CORRECTED = re.compile(r"(?:未出现|未发生|没有|不存在|无)[^,。;]{0,8}?(?:纠错|纠正|败诉)")
NO_REMEDY = re.compile(
    r"(?:没有|未发生|未产生|未出现|未收到|不存在)[^,。;]{0,24}?(?P<what>(?:行政)?复议(?:[、和及或,](?:行政)?诉讼)?|行政诉讼)"
)
FEE = re.compile(rf"收取[^。;,\d]{{0,24}}?(?:处理费|费用)[^。;,\d]{{0,8}}?{N}元")
NO_FEE = re.compile(r"(?:未|没有|无)[^。;,\d]{0,24}?(?:收取|收费|产生)[^。;,\d]{0,24}?(?:费|情况)")
PROACTIVE = (
    ("proactive_documents", re.compile(rf"公文类?(?:政府)?信息(?:的)?主动公开数(?:量)?{HAVE}{N}(?:条|件)")),
    (
        "proactive_all",
        re.compile(rf"所有政府信息(?:\([^()]{{0,20}}\))?(?:的)?主动公开数(?:量)?{HAVE}{N}(?:条|件)"),
    ),
    ("proactive_all", re.compile(rf"新增主动公开(?:的)?政府信息{HAVE}{N}(?:条|件)")),
)
RATE = re.compile(r"^(?:[^。;]{0,24}?,)?主动公开率(?:达到|达|为|是)?(?P<share>\d+(?:\.\d+)?)%")
MADE_AND_OPENED = re.compile(
    r"(?:共)?(?:产生|制作|制发|形成|生成)(?:各类)?(?:公文类?)?(?:政府信息|公文|文件)(?:共|共计|总计)?(?P<made>\d+)(?:条|件)[,。;]"
    r"[^。;\d]{0,20}?主动公开(?:[^。;,\d]{0,8})(?P<n>\d+)(?:条|件)[,][^。;\d]{0,16}?(?:公开率|占比|占)[^。;\d]{0,6}(?P<share>\d+(?:\.\d+)?)%"
)
DOCUMENTS = re.compile(rf"(?<!有效)(?<!有效的)(?<!有效行政)(?:行政)?规范性文件{HAVE}{N}件")
DOCUMENTS_NARROWER = re.compile(r"办公厅|办公室|部门|刊登|公报|街道|转发|清理|评估|备案|审查|废止|修改|失效")
DOCUMENTS_TOTAL = re.compile(rf"^[,、]累计公开{HAVE}{N}件")
DOCUMENTS_IN_FORCE = re.compile(rf"有效的?(?:行政)?规范性文件{HAVE}{N}件")
RULES = re.compile(rf"规章{HAVE}{N}件")
ITEMS = re.compile(
    r"(?P<item>行政许可|其他对外管理服务事项|行政处罚|行政强制|收费项目)(?:事项)?(?:共|共计)?(?P<n>\d+)项,"
    r"(?:比|较)(?:20\d\d年|上一?年度?|去年)(?:度)?(?P<way>减少|增加|新增)(?P<change>\d+)项"
)
PROCUREMENT = re.compile(rf"政府集中采购项目(?:数量)?{HAVE}{N}(?:项|个)")
