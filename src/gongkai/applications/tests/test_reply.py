"""What a reply says: every outcome of the national table, everything the law wants in it, the right remedy."""

from dataclasses import replace
from datetime import date

import pytest

from gongkai.applications.rules import reply
from gongkai.applications.rules.remedies import Forum
from gongkai.applications.rules.reply import Asked, Incomplete
from gongkai.statutes import decisions, in_force

DAY = date(2025, 10, 15)
WHERE = Forum("上海市虹口区人民政府", "示例法院")
ASKED = Asked("上海市虹口区民政局", "示例申请人甲", date(2025, 9, 15), "2024年居家养老补贴发放标准", "2025-000068")


def written(kind: reply.Kind) -> dict[str, str]:
    return {field.name: f"所填{field.label}" for field in kind.fields}


def letter(name: str, day: date = DAY, **changes: str) -> str:
    kind = reply.kinds()[name]
    paper = reply.letter(kind, {**written(kind), **changes}, ASKED, number="〔2025〕1号", signed_on=day, where=WHERE)
    return "\n".join(part.text for part in paper.body)


def test_every_outcome_with_a_letter_has_one_and_no_other() -> None:
    wanted = {found.code for found in decisions(DAY) if found.group != "other"}
    assert {kind.code for kind in reply.kinds().values()} == wanted | {"O3"}  # what is no application is answered too


@pytest.mark.parametrize("code", [found.code for found in decisions(DAY) if found.group != "other"])
def test_what_the_law_wants_in_a_letter_is_asked_for(code: str) -> None:
    wanted = next(found for found in decisions(DAY) if found.code == code).letter
    kinds = [kind for kind in reply.kinds().values() if kind.code == code]
    asked = {demand for kind in kinds for field in kind.fields for demand in field.covers}
    assert asked == set(wanted)


@pytest.mark.parametrize(
    ("name", "field"), [("partial", "reason"), ("prohibited_by_law", "provision")], ids=["partial", "prohibited"]
)
def test_which_article_withholds_is_written_down_and_a_letter_of_before_stands_as_it_was(name: str, field: str) -> None:
    kind, words = reply.kinds()[name], written(reply.kinds()[name])
    with pytest.raises(reply.Incomplete) as refused:
        reply.complete(kind, words)
    assert list(refused.value.faults) == [field]
    assert "写明是哪一条" in refused.value.faults[field]
    for article in ("条例第十五条", "《示例法》第 25 条"):
        assert reply.complete(kind, {**words, field: article})[field] == article
    assert words[field] in letter(name)


@pytest.mark.parametrize("name", list(reply.kinds()))
def test_each_letter_carries_all_that_was_written_its_articles_and_no_gap(name: str) -> None:
    text = letter(name)
    kind = reply.kinds()[name]
    assert all(value in text for value in written(kind).values())
    assert kind.basis_text(DAY) in text
    assert "{" not in text
    assert "unconfirmed" not in text
    assert "2025年9月15日收到" in text
    assert text.splitlines()[-1].startswith("如不服本答复")


@pytest.mark.parametrize("name", list(reply.kinds()))
def test_review_comes_first_exactly_where_the_law_says_so(name: str) -> None:
    code = reply.kinds()[name].code
    first = code in in_force("remedy_by_result", DAY).table["reconsideration_first"]
    clause = letter(name).splitlines()[-1]
    assert ("先向上海市虹口区人民政府申请行政复议" in clause) is first
    assert ("6个月内" in clause) is not first
    assert "60日内" in clause


def test_before_2024_nobody_had_to_ask_for_review_first() -> None:
    assert "先向" not in letter("third_party", day=date(2023, 12, 31)).splitlines()[-1]
    assert "先向" in letter("third_party", day=date(2024, 1, 1)).splitlines()[-1]


def test_a_supplemented_application_is_named_with_both_days_and_both_texts() -> None:
    asked = replace(ASKED, wanted="补贴标准\n\n【补正】2024年度的发放标准", supplemented_on=date(2025, 9, 22))
    kind = reply.kinds()["state_secret"]
    paper = reply.letter(kind, written(kind), asked, number="〔2025〕1号", signed_on=DAY, where=WHERE)
    first = paper.body[0].text
    assert "2025年9月15日收到。您（单位）的补正材料于2025年9月22日收到。" in first
    assert first.endswith("您（单位）要求获取：补贴标准（补正为：2024年度的发放标准）")
    assert "【补正】" not in "".join(part.text for part in paper.body)


def test_what_is_missing_is_told_field_by_field() -> None:
    with pytest.raises(Incomplete) as caught:
        reply.complete(reply.kinds()["third_party"], {"reason": " ", "consultation": "已征询", "harm": "已衡量"})
    assert set(caught.value.faults) == {"reason"}
    assert "应当载明" in caught.value.faults["reason"]


def test_a_text_past_all_measure_is_refused() -> None:
    with pytest.raises(Incomplete, match="最多 4000 字"):
        reply.complete(reply.kinds()["state_secret"], {"reason": "长" * 4001})


def test_braces_in_what_was_written_stay_as_they_are() -> None:
    assert "{basis}与{0}" in letter("state_secret", reason="{basis}与{0}")


def test_a_letter_calls_itself_by_its_own_name_where_it_tells_of_the_remedies() -> None:
    assert "自收到本告知书之日起" in letter("guidance")
    assert "自收到本答复书之日起" in letter("provided")
