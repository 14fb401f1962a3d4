"""The parts of the reader, each with a table of small cases: figures, dirt, labels, titles, chapters, claims."""

from decimal import Decimal

import pytest

from gongkai.reports.enums import Column, Form, Row, Scope
from gongkai.reports.reading.chapters import find_headings
from gongkai.reports.reading.claims import find_claims
from gongkai.reports.reading.decode import decode
from gongkai.reports.reading.html import html_text
from gongkai.reports.reading.labels import item_in, measures_in, row_like, rows_in
from gongkai.reports.reading.mapped import Mapped
from gongkai.reports.reading.model import Claim, Reading, State
from gongkai.reports.reading.noise import clean
from gongkai.reports.reading.numbers import parse_count
from gongkai.reports.reading.read import read_text


# --- Figures ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *(("0", 0), ("12", 12), ("1,234", 1234), ("1,234,567.50", Decimal("1234567.50")), ("0.84", Decimal("0.84"))),
        *(("+22", 22), ("+2", 2), ("减3", -3), ("增691", 691), ("-49", -49), ("--253", -253), ("净减 4", -4)),
        *(("251000元", 251000), ("67552.91(万元)", Decimal("67552.91")), ("18件", 18)),
        *(("18(含新制发4件,修改14件)", 18), ("18 (含上年结转)", 18)),
        *(("/", None), ("-", None), ("--", None), ("", None), ("无", None), ("…", None)),
    ],
)
def test_a_cell_is_read_as_it_is_meant(cell: str, value: object) -> None:
    count = parse_count(cell)
    assert count is not None
    assert count.value == value
    assert count.state is (State.BLANK if value is None else State.READ)


@pytest.mark.parametrize("cell", ["属于国家秘密", "2.重复申请", "1-2", "3/9", "12,34", "约3", "1 2", "一"])
def test_words_are_no_figure(cell: str) -> None:
    assert parse_count(cell) is None


def test_a_number_too_long_to_be_one_is_unread() -> None:
    count = parse_count("1" * 30)
    assert count is not None
    assert count.state is State.UNREAD


# --- Dirt ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("dirty", "plain"),
    [
        ("根據(jù)有關(guān)規(guī)定", "根据有关规定"),
        ("根據(j?)有關規定", "根据有关规定"),
        ("政府資訊公開年度報告，依申請公開政府資訊", "政府信息公开年度报告,依申请公开政府信息"),
        ("上海(shanghai)的文件(pdf)", "上海(shanghai)的文件(pdf)"),
        ("共１，２３４件", "共1,234件"),
        ("公开\n- 3 -\n申请", "公开\n\n申请"),
        ("公开\n第 3 页 共 9 页\n申请", "公开\n\n申请"),
        ("答复\u200b12\u00a0件", "答复12 件"),
        ("件\r\n次\r篇", "件 \n次\n篇"),
    ],
)
def test_dirt_is_taken_off_and_nothing_else(dirty: str, plain: str) -> None:
    assert clean(Mapped.of(dirty))[0].text == plain


def test_every_letter_remembers_its_place() -> None:
    text, _ = clean(Mapped.of("根據(jù)規定答復12件"))
    at = text.text.index("12")
    assert (text.span(at, at + 2).start, text.span(at, at + 2).end) == (10, 12)


@pytest.mark.parametrize(
    ("coding", "name"), [("utf-8", "utf-8"), ("gb18030", "gb18030"), ("utf-16-le", "utf-16-le"), ("utf-16", "utf-16")]
)
def test_an_encoding_is_told_by_the_words_in_it(coding: str, name: str) -> None:
    words = "上海市临江区人民政府2023年政府信息公开工作年度报告\n收到申请3件"
    assert decode(words.encode(coding)) == (words, name)


def test_big5_is_told_from_gb() -> None:
    words = "政府信息公開工作年度報告，收到申請三件，予以公開一件。"
    assert decode(words.encode("big5")) == (words, "big5hkscs")


# --- Labels ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "row"),
    [
        ("一、本年新收政府信息公开申请数量", Row.NEW_RECEIVED),
        ("二、上年结转政府信息公开申请数量", Row.CARRIED_IN),
        ("三、本年度办理结果(一)予以公开", Row.GRANTED),
        ("(二)部分公开(区分处理的,只计这一情形,不计其他情形)", Row.PARTIALLY_GRANTED),
        ("2.其他法律行政止公开", Row.WITHHELD_PROHIBITED_BY_LAW),
        ("5.属于三类内容事务信息", Row.WITHHELD_INTERNAL_AFFAIRS),
        ("3.危及三安全一稳定", Row.WITHHELD_SECURITY_AND_STABILITY),
        ("1.逾期不补正", Row.OTHER_SUPPLEMENT_OVERDUE),
        ("2.逾期不缴费", Row.OTHER_FEE_OVERDUE),
        ("3.其他", Row.OTHER_REMAINING),
        ("(六)其他处理", Row.OTHER_HANDLING),
        ("(七)总计", Row.HANDLED_TOTAL),
        ("四、结转下年度继续办理", Row.CARRIED_OVER),
    ],
)
def test_a_row_is_known_by_its_label_in_all_its_spellings(words: str, row: Row) -> None:
    assert rows_in(words)[-1] is row


def test_a_worn_label_is_known_only_when_it_resembles_one_row() -> None:
    assert row_like("4.保护第三万合法权益", Row.WITHHELD_SECURITY_AND_STABILITY) is Row.WITHHELD_THIRD_PARTY
    assert row_like("某某园林有限公司", Row.GRANTED) is None


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("本年制发件数本年废止件数现行有效件数", 3),
        ("本年(2023)制发件数", 1),
        ("上一年项目数量本年增/减处理决定数量", 3),
    ],
)
def test_columns_of_table_two_are_known_by_their_heads(words: str, count: int) -> None:
    assert len(measures_in(words)) == count


@pytest.mark.parametrize(("words", "known"), [("行政规范性文件", True), ("规范性文件", True), ("有关文件", False)])
def test_documents_are_known_under_the_old_name_too(words: str, known: bool) -> None:
    assert (item_in(words) is not None) is known


# --- Tables ----------------------------------------------------------------------------------------------------------
LABELS = [row.label for row in Row if row is not Row.OTHER_HANDLING]
ZEROS = ["0"] * 7


def table(rows: dict[str, list[str]], by: str = "\n") -> Reading:
    """A report with table three, noughts but for the rows given, cells parted by ``by``."""
    lines = [by.join([label, *rows.get(label, ZEROS)]) for label in LABELS]
    (reading,) = read_text("临江区教育局2023年政府信息公开工作年度报告\n" + "\n".join(lines))
    return reading


def cells(reading: Reading, row: Row) -> list[object]:
    return [reading.three[row][column].value for column in Column]


@pytest.mark.parametrize("by", ["\n", "\n\n", "\t", " ", "   ", "|"])
def test_a_row_is_read_however_its_cells_are_parted(by: str) -> None:
    reading = table({Row.GRANTED.label: ["3", "1", "0", "0", "0", "0", "4"]}, by)
    assert cells(reading, Row.GRANTED) == [3, 1, 0, 0, 0, 0, 4]


@pytest.mark.parametrize("printed", [["3"] + ["0"] * 4 + ["3"], ["3", "3"], ["1"] * 9, ["0"] * 6])
def test_a_row_with_a_cell_lost_or_too_many_is_unread_and_named(printed: list[str]) -> None:
    reading = table({Row.GRANTED.label: printed})
    assert {figure.state for figure in reading.three[Row.GRANTED].values()} == {State.UNREAD}
    assert any("予以公开" in unread.what for unread in reading.unread)


def test_a_page_number_after_a_row_does_not_move_it() -> None:
    reading = table({Row.GRANTED.label: ["3", "1", "0", "0", "0", "0", "4", "7"]})
    assert cells(reading, Row.GRANTED) == [3, 1, 0, 0, 0, 0, 4]
    assert [u.text for u in reading.unread if "多出" in u.what] == ["7"]


def test_two_figures_that_the_sums_confirm_are_natural_persons_and_total() -> None:
    flow = (Row.NEW_RECEIVED.label, Row.GRANTED.label, Row.HANDLED_TOTAL.label)
    reading = table({label: ["5", "5"] for label in flow})
    assert cells(reading, Row.GRANTED) == [5, None, None, None, None, None, 5]
    assert any("空格已被合并" in unread.what for unread in reading.unread)


def test_two_lines_run_together_never_lend_one_row_the_figures_of_the_other() -> None:
    """The second label is worn as well: it is the row it resembles, and the first is missing, not wrong."""
    together = "2.重复申请 0 0 0 0 0 0 03.要求提供公开出物 0 6 0 0 23 0 29"
    names = {Row.NOT_PROCESSED_REPEATED.label: together, Row.NOT_PROCESSED_PUBLIC_PUBLICATION.label: ""}
    lines = [names.get(label, " ".join([label, *ZEROS])) for label in LABELS]
    (reading,) = read_text("临江区教育局2023年政府信息公开工作年度报告\n" + "\n".join(lines))
    assert {figure.state for figure in reading.three[Row.NOT_PROCESSED_REPEATED].values()} == {State.UNREAD}
    assert cells(reading, Row.NOT_PROCESSED_PUBLIC_PUBLICATION) == [0, 6, 0, 0, 23, 0, 29]


def test_a_line_of_other_handling_in_form_2021_is_read_as_one_row() -> None:
    lines = [
        "\t".join([row.label, *ZEROS]) for row in Row if not row.value.startswith("other_") or row == "other_handling"
    ]
    text = "临江区教育局2023年政府信息公开工作年度报告\n本年制发件数\n" + "\n".join(lines)
    (reading,) = read_text(text)
    assert reading.form is Form.F2021
    assert Row.OTHER_HANDLING in reading.three
    assert Row.OTHER_REMAINING not in reading.three


def test_boxes_are_read_as_a_table_and_scripts_are_not_read() -> None:
    row = "<div><div>重复申请</div><div>3</div><div></div><div>3</div></div>"
    text = html_text(f"<html><script>9</script><body><p>题</p><div>{row * 4}</div></body></html>")
    assert text == "题\n" + "\n".join(["重复申请\t3\t\t3"] * 4)


# --- Titles and chapters ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("title", "organ", "year"),
    [
        ("上海市虹口区2020年政府信息公开工作年度报告", "上海市虹口区", 2020),
        ("上海市虹口区人民政府 2023 年政府信息公开工作年度报告", "上海市虹口区人民政府", 2023),
        ("临江区教育局二〇二三年政府信息公开年度报告", "临江区教育局", 2023),
        ("2022年临江区民政局政府信息公开年报", "临江区民政局", 2022),
    ],
)
def test_a_report_is_known_by_its_title(title: str, organ: str, year: int) -> None:
    (reading,) = read_text(f"{title}\n一、总体情况\n收到政府信息公开申请3件。")
    assert (reading.organ, reading.year) == (organ, year)


def test_a_text_of_three_years_is_three_reports() -> None:
    text = "\n广告\n".join(
        f"临江区{year}年政府信息公开工作年度报告\n一、总体情况\n收到政府信息公开申请{year - 2000}件。"
        for year in (2018, 2017, 2020)
    )
    assert [(r.year, str(r.claims[0].value)) for r in read_text(text)] == [(2018, "18"), (2017, "17"), (2020, "20")]


def test_headings_carry_their_numerals() -> None:
    text = "一、总体情况\n好。二、主动公开政府信息情况\n收到和处理政府信息公开申请情况\n"
    headings = find_headings(Mapped.of(text))
    assert [(h.chapter.value, h.numeral) for h in headings] == [
        ("overview", 1),
        ("proactive", 2),
        ("applications", None),
    ]


# --- Claims ----------------------------------------------------------------------------------------------------------
def said(words: str, year: int = 2023) -> list[Claim]:
    return list(find_claims(clean(Mapped.of(words))[0], year))


CLAIMS: dict[str, dict[str, int]] = {
    "全年收到政府信息公开申请86件。": {"received": 86},
    "新收政府信息公开申请86件，办结84件，结转下年度继续办理5件。": {"received": 86, "answered": 84, "carried_over": 5},
    "共受理政府信息公开申请1,245件（含上年结转12件），答复1,240件。": {
        "received": 1245,
        "carried_in": 12,
        "answered": 1240,
    },
    "收到政府信息公开申请7宗，上年结转1件，答复8件。": {"received": 7, "carried_in": 1, "answered": 8},
    "收到政府信息公开申请33件；答复33件，其中予以公开20件，部分公开3件，不予公开5件（属于国家秘密1件），无法提供5件。": {
        "received": 33,
        "answered": 33,
        "granted": 20,
        "partially_granted": 3,
        "withheld": 5,
        "withheld_state_secret": 1,
        "unable": 5,
    },
    "全年未收到政府信息公开申请，未发生因政府信息公开引起的行政复议、行政诉讼。": {
        "received": 0,
        "reconsideration": 0,
        "litigation": 0,
    },
    "因政府信息公开被申请行政复议12件，其中结果纠正1件；被提起行政诉讼5件，未出现败诉情况。": {
        "reconsideration": 12,
        "reconsideration_corrected": 1,
        "litigation": 5,
        "litigation_corrected": 0,
    },
    "2023年度未收取政府信息公开信息处理费。": {"processing_fee": 0},
    "2023年收取信息处理费1200元。": {"processing_fee": 1200},
    "2021年收到政府信息公开申请30件，2023年收到政府信息公开申请50件。": {"received": 50},
    "共收到申请15件，均非本系统。": {},
    "办理人大建议30件、政协提案25件，12345热线来电5400件。": {},
}


@pytest.mark.parametrize("words", CLAIMS)
def test_words_state_what_they_state(words: str) -> None:
    found = {c.kind: c.value for c in said(words) if c.kind not in {"list", "channels"}}
    assert found == CLAIMS[words]


def test_growth_shares_and_scopes_stand_with_their_figure() -> None:
    words = "全区共收到政府信息公开申请200件，同比下降3.4%，其中本级收到政府信息公开申请76件。"
    whole, own = (c for c in said(words) if c.kind == "received")
    assert (whole.value, whole.growth, whole.scope) == (Decimal(200), "-3.4", Scope.WHOLE)
    assert (own.value, own.growth, own.scope) == (Decimal(76), None, Scope.ORGAN)


@pytest.mark.parametrize(
    ("words", "mark"), [("约1200件", "约"), ("近1200件", "近"), ("1200余件", "余"), ("超1200件", "超")]
)
def test_round_figures_are_marked(words: str, mark: str) -> None:
    (claim,) = said(f"全年收到政府信息公开申请{words}。")
    assert (claim.value, claim.approximate) == (Decimal(1200), mark)


@pytest.mark.parametrize(
    "words",
    [
        "收到政府信息公开申请15件，其中网络8件、信函5件、当面2件。",
        "收到政府信息公开申请15件，申请方式为：网络8件、信函5件、当面2件。",
        "收到政府信息公开申请15件，网络、信函、当面申请分别为8件、5件、2件。",
    ],
)
def test_channels_are_read_with_their_counts(words: str) -> None:
    (claim,) = (c for c in said(words) if c.kind == "channels")
    assert [(name, int(count)) for name, count, _ in claim.parts] == [("网络", 8), ("信函", 5), ("当面", 2)]


@pytest.mark.parametrize(
    ("words", "whole"), [("其中规定5件，通知6件，其余9件为函", True), ("其中规定5件，通知6件等", False)]
)
def test_a_list_is_whole_only_when_it_says_so(words: str, whole: bool) -> None:
    (claim,) = (c for c in said(f"制发公文20件，{words}。") if c.kind == "list")
    assert claim.exhaustive is whole


def test_a_claim_points_at_its_words() -> None:
    words = "根據(jù)規定，全年收到政府信息公開申請86件。"
    (claim,) = said(words)
    assert claim.span is not None
    assert words[claim.span.start : claim.span.end] == "收到政府信息公開申請86件"
