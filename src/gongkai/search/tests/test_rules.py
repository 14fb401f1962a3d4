"""How text is taken apart, questions are understood, and what was meant is guessed: without an index, without a database."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.accounts.enums import Role
from gongkai.accounts.rules.standing import Held, Standing
from gongkai.search.rules import Entry, digest_of, scopes_of
from gongkai.search.rules.ask import Ask
from gongkai.search.rules.asking import MOST_CLAUSES, MOST_SIGNS, understand
from gongkai.search.rules.entry import NotAnEntry, read_entry
from gongkai.search.rules.folding import bare, fold
from gongkai.search.rules.lexicon import groups
from gongkai.search.rules.marking import excerpt, finder, marked, reasons
from gongkai.search.rules.numbers import asked_in, cited_in, keys_of, shortened
from gongkai.search.rules.spelling import meant, sounds_of
from gongkai.search.rules.tokens import BREAK, grams, pairs, sounds, units, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ（二）", "abc(二)"),
        ("關於徵收補償", "关于征收补偿"),
        ("接著 著名", "接着 著名"),
        ("怎么", "怎么"),
        ("㊜", "适"),
        ("臺灣\u3000同胞", "台湾 同胞"),
        ("a\x00b\nc", "a b\nc"),
    ],
)
def test_every_spelling_has_one_shape(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_keeps_every_place_and_is_done_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert bare(bare(text)) == bare(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("征收补偿", ["征收", "收补", "补偿"]),
        ("征收，补", ["征收", BREAK, "补"]),
        ("虹口区 2020 年", ["虹口", "口区", "区2020", "2020年"]),
        ("annual report 2018", ["annual_report", "report_2018"]),
        ("一\n二", ["一", BREAK, "二"]),
        ("", []),
        ("。，", []),
    ],
)
def test_neighbours_are_paired_up_to_the_next_break(text: str, found: list[str]) -> None:
    assert grams(text) == found


def test_lines_of_an_attachment_part_nothing() -> None:
    assert grams("准入\n标准", lines_break=False) == ["准入", "入标", "标准"]


@given(st.text(alphabet="区政府信息，。 2aA\n", max_size=60), st.data())
@settings(max_examples=200)
def test_the_pairs_of_a_piece_stand_one_after_the_other_in_the_pairs_of_the_whole(
    text: str, data: st.DataObject
) -> None:
    """The heart of finding: tokens of a question and of a text are made alike, so a piece is found in the whole."""
    segments = [segment for segment in re.split("[,。\n]", fold(text)) if segment.strip()]
    if not segments:
        return
    found = units(data.draw(st.sampled_from(segments)))
    if len(found) < 2:
        return
    start = data.draw(st.integers(0, len(found) - 2))
    end = data.draw(st.integers(start + 2, len(found)))
    piece, whole = pairs(found[start:end]), grams(fold(text))
    assert any(whole[place : place + len(piece)] == piece for place in range(len(whole)))


def test_words_are_cut_by_the_dictionary_and_signs_have_sounds() -> None:
    assert words("虹口区财政局2020") == ["虹口", "口区", "虹口区", "财政", "政局", "财政局", "2020"]
    assert sounds("重庆，a1") == ["chong", "qing", BREAK, "a", "1"]


@pytest.mark.parametrize(
    "spelling",
    [
        "虹府规〔2023〕4号",
        "虹府规[2023]4号",
        "虹府规（2023）4 号",
        "虹府规【2023】第4号",
        "虹府规2023-4",
        "虹府规２０２３年４号",
    ],
)
def test_a_document_number_has_one_key_in_every_spelling(spelling: str) -> None:
    assert keys_of(spelling) == ["虹府规/2023/4", "府规/2023/4", "规/2023/4", "/2023/4"]
    assert [key for _start, _end, key in asked_in(fold(spelling))] == ["虹府规/2023/4"]


@pytest.mark.parametrize("text", ["2020 年报", "2020年年报", "2020", "20-7", "虹口 2020 年 12 月 3 日"])
def test_what_is_no_number_is_not_taken_for_one(text: str) -> None:
    assert asked_in(text) == []


@pytest.mark.parametrize(
    "spelling", ["虹府规[2023年]4号", "虹府规{2023}4号", "虹府规《2023》第4号", "虹府规2023(4)号", "虹府规（2023年） 4"]
)
def test_a_question_may_have_brackets_that_no_paper_has(spelling: str) -> None:
    assert asked_in(fold(spelling)) == [(0, len(spelling), "虹府规/2023/4")]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        *((spelling, "虹府规/2023/4") for spelling in (
            "虹府规23-4", "虹府规 23-4号", "虹府规〔23〕4号", "虹府规(23)4号", "虹府规[23] 第4号", "虹府规【23年】4",
            "虹府规〔二〇二三〕四号", "虹府规〔二○二三〕第四号", "虹府规（二零二三）四号", "虹府规〔2023〕四号",
            "虹府规二〇二三年第四号", "虹府规二三年四号", "虹府规2023年第四号", "虹府規〔２３〕４號",
        )),
        *((spelling, "/2023/4") for spelling in (
            "〔23〕4号", "[23]4号", "【23】第4号", "〔二〇二三〕四号", "二零二三年第四号", "二〇二三年四号", "23年第4号", "二三年四号",
        )),
        ("国办发98-12", "国办发/1998/12"),
        ("虹府规〔48〕1号", "虹府规/2048/1"),
        ("虹府规〔49〕1号", "虹府规/1949/1"),
        ("虹府规〔2023〕十号", "虹府规/2023/10"),
        ("虹府规〔2023〕十二号", "虹府规/2023/12"),
        ("虹府规〔2023〕二十号", "虹府规/2023/20"),
        ("虹府规〔2023〕一百零五号", "虹府规/2023/105"),
        ("虹府规〔2023〕一百二十三号", "虹府规/2023/123"),
        ("虹府规〔2023〕一千零一号", "虹府规/2023/1001"),
        ("虹府规〔2023〕一二三号", "虹府规/2023/123"),
    ],
)  # fmt: skip
def test_a_number_may_be_said_with_two_figures_of_its_year_or_in_characters(typed: str, key: str) -> None:
    assert asked_in(fold(typed)) == [(0, len(typed), key)]
    assert [clause.numbers[0] for clause in understand(typed).clauses] == [key]


def test_said_numbers_in_brackets_stand_among_other_words() -> None:
    assert [(clause.text, clause.numbers) for clause in understand("虹府规〔二〇二三〕四号 解读").clauses] == [
        ("虹府规〔二〇二三〕四号", ("虹府规/2023/4",)),
        ("解读", ()),
    ]
    assert [key for _start, _end, key in asked_in("参照〔23〕4号和〔22〕1号")] == ["参照/2023/4", "和/2022/1"]


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "23-4",
            "天宝路23-4",
            "公租房12-3",
            "养老金20-30",
            "报告20-30",
            "60-70岁",
            "小学16-18",
            "天宝路(12)3号",
            "(12)3号",
        ),
        *(
            "[12]3号楼",
            "23年4月",
            "12月4号",
            "十二月四号",
            "二〇二三年四月",
            "二零二三年",
            "2023年第四季度",
            "二零二三年第四期",
        ),
        *(
            "四号线",
            "第四号线",
            "十四号线二期",
            "四号楼",
            "一号文件",
            "十四五规划",
            "三八妇女节",
            "九三学社",
            "五一路",
            "十九大",
        ),
        *("虹府规〔二千〕四号", "虹府规〔2023〕零号", "虹府规〔2023〕十百号", "虹府规〔2150〕4号", "〔〇〕四号"),
    ],
)
def test_what_only_looks_like_a_said_number_stays_what_was_typed(typed: str) -> None:
    assert asked_in(fold(typed)) == []
    forms = [form for clause in understand(typed).clauses for form in clause.forms if form.other]
    assert [form.text for form in forms if form.text.endswith("号")] == []


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        ("四号", [("四号", "4号")]),
        ("第十七号", [("第十七号", "17号")]),
        ("市政府令第十七号", [("第十七号", "17号"), ("市政府令",)]),
        ("养老 第一百零五号", [("第一百零五号", "105号"), ("养老",)]),
    ],
)
def test_a_number_without_its_year_is_looked_for_in_both_writings(typed: str, clauses: list[tuple[str, ...]]) -> None:
    assert [tuple(form.text for form in clause.forms) for clause in understand(typed).clauses] == clauses


def test_a_number_is_told_with_less_and_less_before_it() -> None:
    assert shortened("沪虹规/2023/4") == ["虹规〔2023〕4号", "规〔2023〕4号", "〔2023〕4号"]
    assert shortened("/2023/4") == shortened("aa-01") == []


def test_numbers_cited_in_a_text_are_known_by_each_end_of_their_word() -> None:
    assert cited_in(fold("根据虹府规〔2023〕4号、〔2022〕1号，")) == [
        *(f"{word}/2023/4" for word in ("根据虹府规", "据虹府规", "虹府规", "府规", "规", "")),
        "/2022/1",
    ]


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        ("房屋征收补偿", ["房屋", "征收", "补偿"]),
        ("房屋 房屋", ["房屋"]),
        ("“房屋征收”办法", ["房屋征收", "办法"]),
        ("外省市的人怎么申请公租房", ["外省市", "申请", "公租房"]),
        ("依申请公开", ["依申请公开"]),
        ("北外摊", ["摊"]),
        ("annual report", ["annual", "report"]),
        ("虹府规[2023]4号 解读", ["虹府规[2023]4号", "解读"]),
        ("的", ["的"]),
        ("税", ["税"]),
        ("", []),
        ("。，()+*", []),
    ],
)
def test_a_question_is_taken_apart(typed: str, clauses: list[str]) -> None:
    assert [clause.text for clause in understand(typed).clauses] == clauses


def test_a_sign_that_the_dictionary_leaves_alone_belongs_to_a_neighbour() -> None:
    assert [form.text for clause in understand("北外摊").clauses for form in clause.forms] == ["北外摊"]


def test_words_that_mean_the_same_weigh_less_than_what_was_typed() -> None:
    (clause,) = understand("动迁").clauses
    assert [(form.text, form.weight, form.other) for form in clause.forms] == [
        ("动迁", 1.0, False),
        ("征收", 0.4, True),
        ("拆迁", 0.4, True),
    ]


def test_groups_of_words_are_folded_and_stand_for_something() -> None:
    assert all(len(group) > 1 and all(word == fold(word) for word in group) for group in groups())


def test_a_question_has_an_end() -> None:
    long = understand("征收 " * 20_000)
    assert [clause.text for clause in long.clauses] == ["征收"]
    many = understand(" ".join(f"{number}号" for number in range(100)))
    assert len(many.clauses) == MOST_CLAUSES
    assert many.left_out
    (form,) = understand("“" + "征" * 80 + "”").clauses[0].forms
    assert len(form.units) == 80
    assert understand("a" * 20_000).left_out == "a" * (20_000 - MOST_SIGNS)


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_whatever_is_typed_is_understood_somehow(typed: str) -> None:
    asked = understand(typed)
    assert all(clause.forms or clause.numbers for clause in asked.clauses)
    wanted = finder(asked.clauses, asked.near)
    assert "".join(part for part, _marked in marked(typed, wanted)) == typed


@pytest.mark.parametrize(
    ("word", "title", "piece"),
    [
        ("北外摊", "北外滩地区规划", "北外滩"),
        ("beiwaitan", "北外滩地区规划", "北外滩"),
        ("bwt", "北外滩地区规划", "北外滩"),
        ("BWTdq", "北外滩地区规划", "北外滩地区"),
        ("bw", "北外滩地区规划", ""),
        ("证收", "房屋征收办法", "征收"),
        ("环镜保护", "环境保护条例", "环境保护"),
        ("居信证", "居住证管理办法", "居住证"),
        ("政府信息公干指南", "政府信息公开指南", "政府信息公开指南"),
        ("月球", "房屋征收办法", ""),
        ("征收", "房屋征收办法", ""),
        ("xyz", "房屋征收办法", ""),
    ],
)
def test_what_was_meant_is_a_piece_of_a_title(word: str, title: str, piece: str) -> None:
    assert meant(word, title) == piece


def test_letters_are_cut_into_the_fewest_syllables_or_are_none() -> None:
    assert sounds_of("zhengshou") == ("zheng", "shou")
    assert sounds_of("report") == ()


def test_marks_keep_the_text_and_take_blanks_along() -> None:
    asked = understand("2020年报 徵收")
    assert marked("虹口 2020 年报：徵收", finder(asked.clauses, asked.near)) == (
        ("虹口 ", False),
        ("2020 年报", True),
        ("：", False),
        ("徵收", True),
    )
    assert marked("第12020号", finder(understand("2020").clauses)) == (("第12020号", False),)


def test_an_excerpt_stands_around_the_first_word_asked_for() -> None:
    text = "甲" * 100 + "征收" + "乙" * 200
    parts = excerpt(("", "无关", text), finder(understand("征收").clauses))
    assert parts == (("……", False), ("甲" * 36, False), ("征收", True), ("乙" * 96, False), ("……", False))
    assert excerpt(("甲" * 10,), None) == (("甲" * 10, False),)


def test_reasons_name_the_place_the_count_and_the_synonym() -> None:
    entry = Entry(
        id="a:1", kind="x", title="动迁办法", url="/", document_number="虹府规〔2023〕4号",
        body="补偿一，补偿二，见沪府〔2020〕1号", attachments=("申请表",),
    )  # fmt: skip
    clauses = understand("征收 补偿 申请表 2023-4").clauses
    found = [(one.place, one.word, one.count, one.typed) for one in reasons(entry, clauses)]
    assert ("title", "动迁", 1, "征收") in found
    assert ("body", "补偿", 2, "") in found
    assert ("attachment", "申请表", 1, "") in found
    assert [one.place for one in reasons(entry, understand("虹府规2023年4号").clauses)] == ["number"]
    assert [one.place for one in reasons(entry, understand("沪府2020年1号").clauses)] == ["cites"]


def test_who_may_find_what_is_decided_in_one_place() -> None:
    officer = Standing(1, "示例工作人员", frozenset({Held(Role.OFFICER, "finance"), Held(Role.OFFICER, "housing")}))
    assert scopes_of(None) == ("public",)
    assert scopes_of(officer) == ("public", "organ:finance", "organ:housing")


def test_an_entry_is_read_from_its_documented_form_and_every_change_changes_its_digest() -> None:
    told = {"id": "a:1", "kind": "x", "title": "t", "url": "/", "keywords": ["k"], "date": "2023-05-08", "weight": 2}
    entry = read_entry(told)
    assert read_entry(entry.plain) == entry
    assert digest_of(entry) != digest_of(read_entry({**told, "keywords": ["j"]}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": None}, {"id": 1}, {"unknown": ""}, {"date": "8.5.2023"}, {"keywords": "k"}, {"scope": [1]},
        {"weight": 0}, {"weight": True}, {"body": 3},
    ],
)  # fmt: skip
def test_what_is_no_entry_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(NotAnEntry):
        read_entry({"id": "a:1", "kind": "x", "title": "t", "url": "/", **wrong})


def test_a_question_of_an_address_is_bounded() -> None:
    ask = Ask("征" * 9999, {"kind": tuple(map(str, range(99))), "nonsense": ("x",)}, page=-3, page_size=9999)
    assert (len(ask.text), len(ask.filters["kind"]), ask.page, ask.page_size) == (2000, 20, 1, 100)
    assert list(ask.filters) == ["kind"]
    assert ask.also("organ", "a").without("organ", "a").pairs() == ask.pairs()
