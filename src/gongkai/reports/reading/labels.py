"""Recognising the rows of the tables by their printed labels, also when worn, shortened or broken over lines."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from gongkai.reports.enums import Item, Measure, Row

_ROWS: tuple[tuple[Row, re.Pattern[str]], ...] = tuple(
    (row, re.compile(pattern))
    for row, pattern in (
        (Row.NEW_RECEIVED, r"本年新收|新收政府信息"),
        (Row.CARRIED_IN, r"上年(?:度)?(?:结转|转结)|上一年(?:度)?结转"),
        (Row.GRANTED, r"予以公开"),
        (Row.PARTIALLY_GRANTED, r"部分公开"),
        (Row.WITHHELD_STATE_SECRET, r"国家秘密"),
        (Row.WITHHELD_PROHIBITED_BY_LAW, r"法律行政法?规?(?:禁)?止|其他法律|法律、行政法规禁止"),
        (Row.WITHHELD_SECURITY_AND_STABILITY, r"三安全|一稳定"),
        (Row.WITHHELD_THIRD_PARTY, r"第三方合法|保护第三方"),
        (Row.WITHHELD_INTERNAL_AFFAIRS, r"三类内"),
        (Row.WITHHELD_PROCESS_INFORMATION, r"四类过程|过程性信息"),
        (Row.WITHHELD_ENFORCEMENT_FILE, r"执法案卷"),
        (Row.WITHHELD_ADMINISTRATIVE_QUERY, r"行政查询"),
        (Row.UNABLE_NOT_HELD, r"不掌握"),
        (Row.UNABLE_WOULD_NEED_CREATING, r"没有现成|另行制"),
        (Row.UNABLE_STILL_UNCLEAR, r"补正后"),
        (Row.NOT_PROCESSED_PETITION_IN_FORM, r"信访举报|举报投诉"),
        (Row.NOT_PROCESSED_REPEATED, r"重复申请"),
        (Row.NOT_PROCESSED_PUBLIC_PUBLICATION, r"公开出版"),
        (Row.NOT_PROCESSED_EXCESSIVE, r"大量反复|大量、反复"),
        (Row.NOT_PROCESSED_RECONFIRMATION, r"确认或(?:者)?重|重新出具"),
        (Row.OTHER_HANDLING, r"其他处理"),
        (Row.OTHER_SUPPLEMENT_OVERDUE, r"逾期不补|不补正"),
        (Row.OTHER_FEE_OVERDUE, r"收费通知|逾期未按|逾期不缴|缴纳费用"),
        (Row.OTHER_REMAINING, r"[3３][.,、]?其他$|^其他$"),
        (Row.HANDLED_TOTAL, r"七\)?[.、]?总计|^总计$|\)总计$"),
        (Row.CARRIED_OVER, r"结转下年|结转下一年"),
    )
)
_ITEMS: tuple[tuple[Item, re.Pattern[str]], ...] = tuple(
    (item, re.compile(pattern))
    for item, pattern in (
        (Item.RULES, r"规章$"),
        (Item.NORMATIVE_DOCUMENTS, r"规范性文件$"),
        (Item.LICENCES, r"行政许可$"),
        (Item.OTHER_EXTERNAL_SERVICES, r"对外管理服务(?:事项)?$"),
        (Item.PENALTIES, r"行政处罚$"),
        (Item.COERCIVE_MEASURES, r"行政强制$"),
        (Item.ADMINISTRATIVE_CHARGES, r"事业性收费$"),
        (Item.CENTRAL_PROCUREMENT, r"政府集中采购$"),
    )
)
_YEAR = r"(?:\(?20\d\d\)?)?"
_MEASURES: tuple[tuple[Measure, re.Pattern[str]], ...] = tuple(
    (measure, re.compile(pattern))
    for measure, pattern in (
        (Measure.ISSUED, rf"本年{_YEAR}制发(?:件数|数量)?"),
        (Measure.REPEALED, rf"本年{_YEAR}废止(?:件数|数量)?"),
        (Measure.IN_FORCE, r"现行有效(?:件数|数量)?"),
        (Measure.MADE, rf"本年{_YEAR}新制作(?:数量)?"),
        (Measure.NEWLY_DISCLOSED, rf"本年{_YEAR}新公开(?:数量)?"),
        (Measure.TOTAL_DISCLOSED, r"对外公开总(?:数量)?"),
        (Measure.PREVIOUS_ITEMS, r"上一年(?:度)?项目(?:数量)?"),
        (Measure.CHANGE, rf"本年{_YEAR}增/?减"),
        (Measure.DECISIONS, r"处理决定(?:数量)?"),
        (Measure.AMOUNT_TEN_THOUSAND_YUAN, r"收费金额"),
        (Measure.ITEMS, r"采购项目(?:数量)?"),
        (Measure.AMOUNT_YUAN, r"采购总金额"),
    )
)
_ORDER = {row: place for place, row in enumerate(Row)}
_ALIKE = 80
_APART = 8
_SHORTEST = 4


def rows_in(words: str) -> list[Row]:
    """The rows of table three whose labels stand in the words, in the order in which they stand there."""
    return list(_rows_in(words))


@lru_cache(maxsize=4_000)
def _rows_in(words: str) -> tuple[Row, ...]:
    """One table is printed in a thousand reports: the same words come again and again."""
    found = [(m.end(), row) for row, p in _ROWS if (m := _last(p, words))]
    found.sort(key=lambda pair: pair[0])
    return tuple(row for _, row in found)


def _last(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    match = None
    for match in pattern.finditer(words):  # noqa: B007 - the last match is wanted
        pass
    return match


def row_like(words: str, after: Row | None) -> Row | None:
    """The row whose label resembles the words most, among those after ``after``; none when in doubt."""
    tail = words[-40:]
    if len(tail) < _SHORTEST:
        return None
    place = _ORDER[after] if after else -1
    scores = sorted(
        ((fuzz.ratio(_bare(row.label), _bare(tail)), row) for row in Row if _ORDER[row] > place),
        reverse=True,
        key=lambda pair: pair[0],
    )
    if not scores or scores[0][0] < _ALIKE:
        return None
    if len(scores) > 1 and scores[0][0] - scores[1][0] < _APART:
        return None
    return scores[0][1]


def _bare(label: str) -> str:
    return re.sub(r"[\s\d().,、:“”（）．]", "", label)


def item_in(words: str) -> Item | None:
    """The row of table two with whose label the words end."""
    for item, pattern in _ITEMS:
        if pattern.search(words) and not (item is Item.RULES and "不含" in words[-6:]):
            return item
    return None


def measures_in(words: str) -> tuple[Measure, ...]:
    """The columns of table two named in the words, in the order in which they stand there."""
    found = [(m.start(), measure) for measure, p in _MEASURES if (m := p.search(words))]
    found.sort(key=lambda pair: pair[0])
    return tuple(measure for _, measure in found)
