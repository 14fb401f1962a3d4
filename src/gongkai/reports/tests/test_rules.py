"""Clean reports get no error and no warning; one planted mistake is found, and nothing else but what follows from it."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from gongkai.reports.enums import Block, Column, Item, Measure, Relation, Result, Row, Severity
from gongkai.reports.reading.model import Claim, Figure, Reading, Remark, State
from gongkai.reports.reading.read import read_text
from gongkai.reports.rules.check import check, failing
from gongkai.reports.rules.finding import percentage, truncated
from gongkai.reports.tests.dirt import make_report, render

GRAVE = {Severity.ERROR, Severity.WARNING}
N, E, T = Column.NATURAL_PERSON, Column.COMMERCIAL_ENTERPRISE, Column.TOTAL


def report(form: str = "2021", *, words: str = "", seed: int = 5) -> Reading:
    """A clean report, perhaps with another sentence in place of its own about applications."""
    truth = make_report(Random(seed), form=form)
    text = render(truth, "tabs", [], Random(seed))
    assert isinstance(text, str)
    if words:
        own = f"{truth.year}年共收到"
        line = next(line for line in text.split("\n") if line.startswith(own))
        text = text.replace(line, words.format(year=truth.year, **{c.name: c.value for c in truth.claims}))
    (reading,) = read_text(text)
    return reading


def grave(reading: Reading, before: Reading | None = None) -> set[tuple[str, ...]]:
    """Errors and warnings by relation and place."""
    return {
        (f.relation.value, *(str(v) for k, v in f.where.items() if k not in ("from", "to")))
        for f in failing(check(reading, before))
        if f.severity in GRAVE
    }


CLEAN = (
    "{year}年，本机关新收政府信息公开申请{received}件，上年结转{carried_in}件，办结{answered}件，结转下年度{carried_over}件。",
    "全年共受理政府信息公开申请{received}件（另有上年结转{carried_in}件），答复申请{answered}件，均在法定期限内办理完毕。",
    "收到政府信息公开申请{received}件，近年来数量保持平稳；按时答复率100%，满意度98.5%。",
    "{year}年收到政府信息公开申请{received}件。2018年收到政府信息公开申请9999件，此后逐年变化。",
    "一是规范受理，收到政府信息公开申请{received}件；二是严格答复，答复{answered}件，其中予以公开及部分公开{granted_or_partial}件。",
    "区政府各部门共开展政策解读120余次，举办培训12场，其中线上5场、线下4场等，收到政府信息公开申请{received}件。",
    "制定出台制度8项，包括公开审查制度2项、保密审查制度3项。全年收到政府信息公开申请{received}件，答复{answered}件。",
    "共承办人大建议30件、政协提案25件，答复率100%。受理政府信息公开申请{received}件，其中自然人申请居多。",
    "召开新闻发布会6场，回应关切90余次。收到政府信息公开申请{received}件，不予处理{not_processed}件，其他处理{other_handling}件。",
    "12345热线受理群众来电5400件，办结5398件。依申请公开方面，收到政府信息公开申请{received}件，办结{answered}件。",
)


@pytest.mark.parametrize("words", CLEAN)
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_clean_report_is_left_alone(form: str, words: str) -> None:
    assert grave(report(form, words=words)) == set()


# --- One mistake in the tables ---------------------------------------------------------------------------------------
def put(reading: Reading, row: Row, column: Column, by: int) -> Reading:
    """The reading with one cell of table three changed."""
    figure = reading.three[row][column]
    cells = {**reading.three[row], column: replace(figure, value=int(figure.value or 0) + by)}
    return replace(reading, three={**reading.three, row: cells}, claims=())


def put_four(reading: Reading, block: Block, result: Result, by: int) -> Reading:
    figure = reading.four[block][result]
    cells = {**reading.four[block], result: replace(figure, value=int(figure.value or 0) + by)}
    return replace(reading, four={**reading.four, block: cells}, claims=())


def put_two(reading: Reading, item: Item, measure: Measure, figure: Figure) -> Reading:
    return replace(reading, two={**reading.two, item: {**reading.two[item], measure: figure}}, claims=())


LEAF = Row.WITHHELD_THIRD_PARTY
PLANTED: dict[str, tuple[Callable[[Reading], Reading], set[tuple[str, ...]]]] = {
    "a case carried in too many": (
        lambda r: put(put(r, Row.CARRIED_IN, N, 1), Row.CARRIED_IN, T, 1),
        {("R1", "natural_person"), ("R1", "total")},
    ),
    "a result too many in its column": (
        lambda r: put(put(r, LEAF, N, 2), LEAF, T, 2),
        {("R2", "natural_person"), ("R2", "total")},
    ),
    "a row that does not add up": (lambda r: put(r, LEAF, T, 3), {("R3", LEAF.value), ("R2", "total")}),
    "one cell in the wrong": (lambda r: put(r, LEAF, E, 1), {("R3", LEAF.value), ("R2", "commercial_enterprise")}),
    "a total of table four": (
        lambda r: put_four(r, Block.LITIGATION_DIRECT, Result.TOTAL, 1),
        {("R4", "litigation_direct")},
    ),
    "rules made by an organ that makes none": (
        lambda r: put_two(r, Item.RULES, Measure.ISSUED, Figure(6)),
        {("plausibility", "rules")},
    ),
    "yuan in a column of ten thousands": (
        lambda r: put_two(
            r, Item.ADMINISTRATIVE_CHARGES, Measure.AMOUNT_TEN_THOUSAND_YUAN, Figure(Decimal("25.1"), text="251000元")
        ),
        {("unit", "two", "administrative_charges", "amount_ten_thousand_yuan")},
    ),
    "less than nothing": (
        lambda r: put_two(r, Item.LICENCES, Measure.DECISIONS, Figure(-3, text="减3")),
        {("unit", "two", "licences", "decisions")},
    ),
    "a chapter without its heading": (
        lambda r: replace(r, headings=tuple(h for h in r.headings if h.chapter.value != "applications")),
        {("structure", "applications")},
    ),
    "a wrong number of chapter": (
        lambda r: replace(r, headings=tuple(replace(h, numeral=5) if h.numeral == 6 else h for h in r.headings)),
        {("numbering", "other_matters")},
    ),
    "a table gone": (lambda r: replace(r, four={}, claims=()), {("structure", "four")}),
    "the old decree": (
        lambda r: replace(r, remarks=(Remark("regulation_decree", {"number": 492}),)),
        {("statute", "regulation_decree")},
    ),
    "another organ's name": (
        lambda r: replace(r, remarks=(Remark("stranger", {"name": "望海区教育局"}),)),
        {("leftover", "organ")},
    ),
    "a part left out": (
        lambda r: replace(r, remarks=(Remark("gap", {"after": 3, "found": 5}),)),
        {("numbering", "part")},
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_mistake_is_found_and_nothing_else(name: str) -> None:
    plant, expected = PLANTED[name]
    assert grave(plant(report())) == expected


def test_a_form_used_in_the_wrong_year_is_an_error() -> None:
    old = replace(report("2019"), year=2022)
    assert ("form", "2022") in grave(old)


def test_a_cell_not_read_is_never_part_of_a_comparison() -> None:
    reading = report()
    cells = {**reading.three[LEAF], N: Figure(None, State.UNREAD)}
    findings = check(replace(reading, three={**reading.three, LEAF: cells}, claims=()))
    places = {(f.relation.value, *f.where.values()) for f in findings}
    assert ("R3", LEAF.value) not in places
    assert ("R2", "natural_person") not in places
    assert ("R2", "total") in places


# --- One mistake in the words ----------------------------------------------------------------------------------------
WRONG_WORDS = {
    "收到政府信息公开申请1件。": {("R9", "received")},
    "收到政府信息公开申请{received}件，答复1件。": {("R9", "answered")},
    "收到政府信息公开申请{received}件，其中当面申请1件，网上申请2件。": {("R9", "channels")},
    "收到政府信息公开申请{received}件，答复{answered}件，其中不予公开{withheld}件，占99.99%。": {
        ("R9", "withheld.share")
    },
    "收到政府信息公开申请{received}件。共制发文件20件，其中规定5件，通知6件，其余8件为函。": {("R9", "list")},
    "全年未收到政府信息公开申请。": {("R9", "received")},
    "全年产生公文类政府信息200件，其中主动公开180件，主动公开率95%。": {("R10", "disclosure_rate")},
}


@pytest.mark.parametrize("words", WRONG_WORDS)
def test_words_that_contradict_are_found(words: str) -> None:
    found = grave(report(words=words))
    assert {place[:2] for place in found} == WRONG_WORDS[words]


TOLERATED = (
    "收到政府信息公开申请约{received}件。",
    "全区收到政府信息公开申请{received}件，其中本级收到政府信息公开申请7件。",
    "收到政府信息公开申请{received}件。举办培训20场，其中专题培训15场、集中培训8场等。",
)


@pytest.mark.parametrize("words", TOLERATED)
def test_round_words_parts_and_open_lists_are_tolerated(words: str) -> None:
    assert grave(report(words=words)) == set()


# --- Two years -------------------------------------------------------------------------------------------------------
def successive() -> tuple[Reading, Reading]:
    """Two years of one organ that agree."""
    before = report(seed=5)
    year = (before.year or 0) + 1
    two = dict(before.two)
    for item in (Item.RULES, Item.NORMATIVE_DOCUMENTS):
        stock = before.two[item][Measure.IN_FORCE].value
        two[item] = {Measure.ISSUED: Figure(0), Measure.REPEALED: Figure(0), Measure.IN_FORCE: Figure(stock)}
    three = dict(before.three)
    three[Row.CARRIED_IN] = before.three[Row.CARRIED_OVER]
    for column in Column:
        received = int(three[Row.HANDLED_TOTAL][column].value or 0)
        three = {**three, Row.NEW_RECEIVED: {**three[Row.NEW_RECEIVED], column: Figure(received)}}
    return before, replace(before, year=year, two=two, three=three, claims=())


def test_two_years_that_agree_are_left_alone() -> None:
    before, now = successive()
    assert grave(now, before) == set()
    relations = {f.relation for f in check(now, before) if f.holds}
    assert {Relation.R5, Relation.R6, Relation.R8} <= relations


def test_cases_lost_between_two_years_are_found() -> None:
    before, now = successive()
    short = put(put(now, Row.CARRIED_IN, N, -1), Row.CARRIED_IN, T, -1)
    follows = {("R1", "natural_person"), ("R1", "total")}
    assert grave(short, before) == {("R5", "natural_person"), ("R5", "total")} | follows


def test_documents_in_force_that_do_not_follow_are_found() -> None:
    before, now = successive()
    more = put_two(now, Item.NORMATIVE_DOCUMENTS, Measure.IN_FORCE, Figure(9999))
    assert grave(more, before) == {("R6", "normative_documents")}


@pytest.mark.parametrize(("growth", "expected"), [("0.0", set()), ("5.0", {("R9", "received.growth")})])
def test_growth_is_reckoned_against_the_year_before(growth: str, expected: set[tuple[str, ...]]) -> None:
    before, now = successive()
    last = before.three[Row.NEW_RECEIVED][T].value
    stated = Claim("received", Decimal(last or 0), growth=growth)
    same = replace(now, three={**now.three, Row.NEW_RECEIVED: before.three[Row.NEW_RECEIVED]}, claims=(stated,))
    assert {place for place in grave(same, before) if place[0] == "R9"} == expected


def test_years_apart_and_other_organs_are_not_compared() -> None:
    before, now = successive()
    for other in (replace(before, year=2001), replace(before, organ="上海市望海区教育局")):
        assert not {f.relation for f in check(now, other)} & {Relation.R5, Relation.R6, Relation.R7, Relation.R8}


# --- Arithmetic ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("part", "whole", "printed", "rounded", "cut"),
    [
        (554, 1162, "47.63", "47.68", "47.67"),
        (1615, 34430, "4.70", "4.69", "4.69"),
        (1, 8, "12.5", "12.5", "12.5"),
        (1, 8, "13", "13", "12"),
        (1, 2, "50", "50", "50"),
        (2, 3, "66.667", "66.667", "66.666"),
    ],
)
def test_shares_are_rounded_half_up_to_the_decimals_printed(
    part: int, whole: int, printed: str, rounded: str, cut: str
) -> None:
    share = Decimal(part), Decimal(whole), printed
    assert (percentage(*share), truncated(*share)) == (rounded, cut)
