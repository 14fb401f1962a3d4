"""A generator of realistic dirt: known figures in, the text that a reader meets out; it knows nothing of the reader.

    truth = make_report(rng)
    text = render(truth, "tabs", ["zero_dash", "thousands"], rng)

`KINDS` names every kind of dirt, so that a report can give the share of cells recovered under each. A kind is
`lossy` in a layout when it destroys what it hides: there a reader should own up, not guess.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any

import opencc

from gongkai.reports.tests.dirt_layouts import (
    LAYOUTS,
    MARKUP,
    POSITION_LOST,
    Cell,
    Grid,
    grid_four,
    grid_three,
    grid_two,
)
from gongkai.reports.tests.dirt_truth import GROUPS, Truth, make_report

__all__ = ["KINDS", "LAYOUTS", "Kind", "Truth", "make_report", "render"]

FIGURE, LABEL, ROWS, PROSE, FILE, TEXT, CODE = range(7)  # the order in which dirt falls
LONG = 36  # titles and headings are shorter, and stay whole


@dataclass(frozen=True)
class Kind:
    """One kind of dirt: where it falls, what else it needs, and the layouts where it destroys what it hides."""

    name: str
    label: str
    stage: int
    apply: Callable[..., Any]
    needs: tuple[str, ...] = ()
    layouts: frozenset[str] = frozenset(LAYOUTS)
    lossy: frozenset[str] = frozenset()


_KINDS: dict[str, Kind] = {}
KINDS: Mapping[str, Kind] = _KINDS


def kind(label: str, stage: int, **more: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Enter a function as a kind of dirt under its own name."""

    def enter(function: Callable[..., Any]) -> Callable[..., Any]:
        name = function.__name__
        _KINDS[name] = Kind(name, label, stage, function, **more)
        return function

    return enter


# --- Dirt on figures -------------------------------------------------------------------------------------------------
@kind("零写成空白", FIGURE, lossy=POSITION_LOST)
def zero_blank(cell: Cell, _rng: Random) -> Cell:
    return replace(cell, text="") if cell.figure == 0 else cell


@kind("零写成斜线", FIGURE)
def zero_slash(cell: Cell, _rng: Random) -> Cell:
    return replace(cell, text="/") if cell.figure == 0 else cell


@kind("零写成短横", FIGURE)
def zero_dash(cell: Cell, rng: Random) -> Cell:
    return replace(cell, text=rng.choice("-—－")) if cell.figure == 0 else cell


@kind("千位分隔", FIGURE)
def thousands(cell: Cell, rng: Random) -> Cell:
    if cell.figure is None or abs(cell.figure) < 1000 or cell.text != str(cell.figure):
        return cell
    return replace(cell, text=f"{cell.figure:,}".replace(",", rng.choice(",,，")))


@kind("全角数字", FIGURE)
def full_width_digits(cell: Cell, _rng: Random) -> Cell:
    if cell.figure is None:
        return cell
    return replace(cell, text=cell.text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}))


@kind("格内附注", FIGURE)
def notes_in_cells(cell: Cell, rng: Random) -> Cell:
    if not cell.figure or cell.figure < 2 or cell.text != str(cell.figure) or rng.random() > 0.08:
        return cell
    new = rng.randrange(1, cell.figure)
    notes = (f"(含新制发{new}件,修改{cell.figure - new}件)", " (含上年结转)", f"(其中网上{new} 件)", "件")
    return replace(cell, text=cell.text + rng.choice(notes))


@kind("正负号与增减字样", FIGURE)
def signs(cell: Cell, rng: Random) -> Cell:
    if cell.figure is None or cell.text != str(cell.figure):
        return cell
    if cell.figure < 0:
        return replace(cell, text=rng.choice((f"减{-cell.figure}", f"--{-cell.figure}", f"－{-cell.figure}")))
    return cell


# --- Dirt on labels --------------------------------------------------------------------------------------------------
VARIANTS = (
    ("行政规范性文件", "规范性文件"),
    ("属于三类内部事务信息", "属于三类内容事务信息"),
    ("2.其他法律行政法规禁止公开", "2.其他法律行政止公开"),
    ("本年制发件数", "本年(2023)制发件数"),
    ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "1.逾期不补正"),
    ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "2.逾期不缴费"),
    ("区分处理的,只计这一情形,不计其他情形", "区分处理的，只计这一情形，不计其他情形"),
    ("(单位:万元)", "（单位：万元）"),
    ("“三安全一稳定”", "三安全一稳定"),
    ("第二十条第(", "第二十条 第 （"),
)


@kind("标签的通行异写", LABEL)
def label_variants(text: str, rng: Random) -> str:
    for usual, variant in VARIANTS:
        if usual in text and rng.random() < 0.7:
            text = text.replace(usual, variant)
    if rng.random() < 0.3:
        text = text.replace("(", "（").replace(")", "）").replace(".", "．")
    return text


@kind("竖排标签断行", LABEL)
def labels_broken(text: str, rng: Random) -> str:
    if len(text) < 4 or len(text) > 8 or rng.random() < 0.3:
        return text
    place = rng.randrange(2, len(text) - 1)
    return text[:place] + "\n" + text[place:]


# --- Dirt between rows -----------------------------------------------------------------------------------------------
@kind("行间页码", ROWS)
def page_numbers_between_rows(rows: list[str], layout: str, rng: Random) -> list[str]:
    page = rng.randrange(2, 9)
    mark = rng.choice((f"- {page} -", f"— {page} —", f"第 {page} 页 共 9 页", f"－{page}－"))
    place = rng.randrange(2, max(3, len(rows) - 1))
    return [*rows[:place], f"<p>{mark}</p>" if layout in MARKUP else mark, *rows[place:]]


@kind("分页重复的行首标签", ROWS, layouts=frozenset({"cells_by_line", "pdf_lines"}))
def head_repeated_after_page(rows: list[str], _layout: str, rng: Random) -> list[str]:
    inside = [at for at, row in enumerate(rows) if row.lstrip().startswith(("(四)", "(五)"))]
    if not inside:
        return rows
    place = rng.choice(inside)
    return [*rows[:place], "三、本年度办理结果", *rows[place:]]


@kind("行间空行", ROWS)
def empty_lines(rows: list[str], layout: str, rng: Random) -> list[str]:
    if layout in MARKUP or layout == "markdown":
        return rows
    return [line for row in rows for line in ((row, "") if rng.random() < 0.3 else (row,))]


# --- Dirt in the prose -----------------------------------------------------------------------------------------------
@kind("句中页码", PROSE)
def page_numbers_in_prose(paragraph: str, rng: Random) -> str:
    places = [match.end() for match in re.finditer(r"[\u4e00-\u9fff]{8}(?=[\u4e00-\u9fff]{7})", paragraph)]
    if not places:
        return paragraph
    place = rng.choice(places)
    return f"{paragraph[:place]}{rng.randrange(2, 30)}{paragraph[place:]}"


@kind("数字间的空格", PROSE)
def spaces_round_figures(paragraph: str, rng: Random) -> str:
    paragraph = re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)", lambda _: rng.choice(("", " ")), paragraph)
    return re.sub(r"(?<=\d)(?=[\u4e00-\u9fff%])", lambda _: rng.choice(("", " ", "\u3000")), paragraph)


@kind("句中断行", PROSE)
def sentences_broken(paragraph: str, rng: Random) -> str:
    places = [match.end() for match in re.finditer(r"[\u4e00-\u9fff,]{4}(?=[\u4e00-\u9fff(])", paragraph)]
    if not places:
        return paragraph
    place = rng.choice(places)
    return f"{paragraph[:place]}\n\n{paragraph[place:]}"


@kind("年月字样脱落", PROSE)
def year_and_month_lost(paragraph: str, rng: Random) -> str:
    lost = rng.choice(("年", "月", "年月"))
    return re.sub(rf"(?<=\d)[{lost}](?=\d)", " ", paragraph)


# --- Dirt on the whole file ------------------------------------------------------------------------------------------
ADVERTISING = (
    "首页 > 百科 > 建设工程百科",
    "热门搜索",
    "  • 高度(m)0.4-0.5冠幅(m)0.4-0.5\n  • 13%\n  • 某某园林有限公司\n  • 2022-12-07\n查看价格",
    "振动压路机\n\n  • 工作质量12(t)\n  • 台班\n  • 某市2010年8月信息价\n查看价格",
    "免费服务热线: 400-000-0000",
    "相关推荐\n立即注册",
    "某县环境保护局2009年政府信息公开工作年度报告\n\n格式:pdf\n\n大小:12KB\n\n页数: 7页",
)


@kind("一个文件多份报告", FILE)
def several_reports(text: str, truth: Truth, layout: str, rng: Random) -> str:
    others = [make_report(rng, form="2021" if truth.form == "2019" else "2019", organ=truth.organ)]
    texts = [text, *(_clean(other, layout, rng) for other in others)]
    rng.shuffle(texts)
    return "\n\n查看详情\n\n".join(texts)


@kind("前后广告", TEXT)
def advertising(text: str, rng: Random) -> str:
    before, after = rng.sample(ADVERTISING, k=2), rng.sample(ADVERTISING, k=3)
    return "\n\n".join([*before, text, *after])


@kind("繁体", TEXT)
def traditional(text: str, _rng: Random) -> str:
    return str(_converter("s2t").convert(text))


@kind("台湾用词的繁体", TEXT)
def traditional_taiwan(text: str, _rng: Random) -> str:
    return str(_converter("s2twp").convert(text))


SPLINTERS = {
    "據": "jù",
    "規": "guī",
    "數": "shù",
    "務": "wù",
    "複": "fù",
    "復": "fù",
    "結": "jié",
    "織": "zhī",
    "構": "gòu",
}


@kind("夹拼音的繁体", TEXT, needs=("traditional",))
def pinyin_splinters(text: str, rng: Random) -> str:
    return "".join(f"{sign}({SPLINTERS[sign]})" if sign in SPLINTERS and rng.random() < 0.5 else sign for sign in text)


@kind("国标编码", CODE)
def gb18030(text: str, _rng: Random) -> bytes:
    return text.encode("gb18030")


@kind("大五码", CODE, needs=("traditional",))
def big5(text: str, _rng: Random) -> bytes:
    return text.encode("big5", errors="replace")


@kind("双字节编码", CODE)
def utf_16(text: str, rng: Random) -> bytes:
    return text.encode(rng.choice(("utf-16", "utf-16-le", "utf-16-be")))


@kind("带签名的编码", CODE)
def utf_8_signature(text: str, _rng: Random) -> bytes:
    return text.encode("utf-8-sig")


@cache
def _converter(scheme: str) -> Any:
    return opencc.OpenCC(scheme)


# --- Rendering -------------------------------------------------------------------------------------------------------
def render(truth: Truth, layout: str, dirts: Sequence[str], rng: Random) -> str | bytes:
    """The text of a report in a layout under some kinds of dirt; bytes when one of them is an encoding."""
    chosen = sorted(_with_needs(dirts), key=lambda one: one.stage)
    chosen = [one for one in chosen if layout in one.layouts]
    text = _text(truth, layout, chosen, rng)
    for one in _at(chosen, FILE):
        text = one.apply(text, truth, layout, rng)
    for one in _at(chosen, TEXT):
        text = one.apply(text, rng)
    for one in _at(chosen, CODE)[:1]:
        coded: bytes = one.apply(text, rng)
        return coded
    return text


def lossy(dirts: Iterable[str], layout: str) -> bool:
    """Whether what these kinds hide cannot be found again in this layout."""
    return any(layout in KINDS[name].lossy for name in dirts)


def _with_needs(dirts: Iterable[str]) -> list[Kind]:
    names = dict.fromkeys(need for name in dirts for need in (*KINDS[name].needs, name))
    return [KINDS[name] for name in names]


def _at(chosen: Iterable[Kind], stage: int) -> list[Kind]:
    return [one for one in chosen if one.stage == stage]


def _clean(truth: Truth, layout: str, rng: Random) -> str:
    return _text(truth, layout, [], rng)


def _text(truth: Truth, layout: str, chosen: Sequence[Kind], rng: Random) -> str:
    parts: list[str] = []
    for part in parts_of(truth):
        if isinstance(part, str):
            parts.append(_paragraph(part, layout, chosen, rng))
        else:
            parts.append("\n".join(_rows(part, layout, chosen, rng)))
    return "\n\n".join(parts)


def _paragraph(text: str, layout: str, chosen: Sequence[Kind], rng: Random) -> str:
    for one in _at(chosen, PROSE) if len(text) > LONG else ():
        text = one.apply(text, rng)
    return f"<p>{text}</p>" if layout in MARKUP else text


def _rows(grid: Grid, layout: str, chosen: Sequence[Kind], rng: Random) -> list[str]:
    rows = LAYOUTS[layout]([[_cell(cell, chosen, rng) for cell in cells] for cells in grid], rng)
    for one in _at(chosen, ROWS):
        rows = one.apply(rows, layout, rng)
    return rows


def _cell(cell: Cell, chosen: Sequence[Kind], rng: Random) -> Cell:
    if cell.figure is None:
        text = cell.text
        for one in _at(chosen, LABEL):
            text = one.apply(text, rng)
        return replace(cell, text=text)
    for one in _at(chosen, FIGURE):
        cell = one.apply(cell, rng)
    return cell


def parts_of(truth: Truth) -> list[str | Grid]:
    """The report from title to end: paragraphs and tables in their order."""
    return [
        truth.title,
        f"本报告依照政府信息公开条例编制,数据起止时间为{truth.year}年1月1日至{truth.year}年12月31日。",
        "一、总体情况",
        "(一)主动公开情况",
        "围绕群众关心的事项持续充实公开目录,及时更新门户网站各栏目内容,方便公众查找和使用。",
        "(二)依申请公开情况",
        _applications(truth),
        _disputes(truth),
        "二、主动公开政府信息情况",
        grid_two(truth),
        "三、收到和处理政府信息公开申请情况",
        grid_three(truth),
        "四、政府信息公开行政复议、行政诉讼情况",
        grid_four(truth),
        "五、存在的主要问题及改进情况",
        "公开内容的检索还不够便捷,解读形式有待丰富。下一步将完善栏目设置并加强人员培训。",
        "六、其他需要报告的事项",
        f"{truth.year}年未收取信息处理费。",
    ]


def _applications(truth: Truth) -> str:
    words = dict(zip(GROUPS, ("予以公开及部分公开", "不予公开", "无法提供", "不予处理", "其他处理"), strict=True))
    clauses = []
    for name, word in words.items():
        claim = truth.claim(name)
        clauses.append(f"{word}{claim.value}件" + (f",占{claim.share}%" if claim.share is not None else ""))
    return (
        f"{truth.year}年共收到政府信息公开申请{truth.claim('received').value}件,"
        f"上年结转{truth.claim('carried_in').value}件;答复{truth.claim('answered').value}件,"
        f"结转下年度{truth.claim('carried_over').value}件。其中" + ";".join(clauses) + "。"
    )


def _disputes(truth: Truth) -> str:
    return (
        f"全年政府信息公开行政复议{truth.claim('reconsideration').value}件,"
        f"结果纠正{truth.claim('reconsideration_corrected').value}件;"
        f"行政诉讼{truth.claim('litigation').value}件,结果纠正{truth.claim('litigation_corrected').value}件。"
    )
