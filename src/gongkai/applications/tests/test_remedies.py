"""Where a reply is challenged: whose authority and court, in which order, the same in the letter and on the page."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from gongkai.applications.enums import Closing
from gongkai.applications.rules import notices, remedies, reply
from gongkai.applications.rules.remedies import Forum, clause, forum, review_first
from gongkai.deadlines.rules import shipped_calendar
from gongkai.organisations.enums import OrganKind
from gongkai.statutes import Override, adopt, decisions

DAY, BEFORE = date(2025, 10, 15), date(2023, 12, 31)
RAILWAY, HIGHER = "上海铁路运输法院", "有管辖权的中级人民法院"
DISTRICT, CITY, JUSTICE = "上海市虹口区人民政府", "上海市人民政府", "上海市虹口区人民政府或者上海市司法局"
CHANNEL = "复议机关在其网站公布的行政复议网上申请渠道"


@pytest.fixture(autouse=True)
def _shipped_law_again() -> Iterator[None]:
    yield
    adopt()


def setting(name: str, value: object) -> None:
    adopt({name: Override(name, value, "示例决定", None)})


@pytest.mark.parametrize(
    ("organ", "kind", "above", "day", "by_internet", "expected"),
    [
        ("civil-affairs", "department", DISTRICT, DAY, False, Forum(DISTRICT, RAILWAY)),
        ("ouyang", "sub_district_office", DISTRICT, DAY, False, Forum(DISTRICT, RAILWAY)),
        ("hongkou", "district_government", CITY, DAY, False, Forum(CITY, HIGHER)),
        ("justice", "department", DISTRICT, DAY, False, Forum(JUSTICE, RAILWAY)),
        ("justice", "department", DISTRICT, BEFORE, False, Forum(DISTRICT, RAILWAY)),
        ("civil-affairs", "department", DISTRICT, DAY, True, Forum(DISTRICT, RAILWAY, CHANNEL)),
        ("civil-affairs", "department", DISTRICT, BEFORE, True, Forum(DISTRICT, RAILWAY)),
    ],
)
def test_before_whom_a_reply_is_challenged(
    organ: str, kind: str, above: str, day: date, by_internet: bool, expected: Forum
) -> None:
    assert forum(day, organ=organ, kind=OrganKind(kind), above=above, by_internet=by_internet) == expected


def test_a_house_names_its_court_its_channel_and_who_else_reviews() -> None:
    setting("administrative_court_of_governments", "示例中级人民法院")
    assert forum(DAY, organ="hongkou", kind=OrganKind.DISTRICT_GOVERNMENT, above=CITY).court == "示例中级人民法院"
    setting("reconsideration_authorities_by_organ", {"civil-affairs": "示例上级主管部门"})
    assert forum(DAY, organ="civil-affairs", kind=OrganKind.DEPARTMENT, above=DISTRICT).authority == "示例上级主管部门"
    setting("online_reconsideration_channel", "示例平台 https://fuyi.example.gov.cn/")
    told = forum(DAY, organ="hongkou", kind=OrganKind.DISTRICT_GOVERNMENT, above=CITY, by_internet=True)
    assert "可以使用示例平台 https://fuyi.example.gov.cn/。" in clause("G2", DAY, told)


def test_whether_review_comes_first_against_the_answer_to_a_query_is_the_houses_choice() -> None:
    assert review_first("D8", DAY) is False
    setting("reconsideration_first_for_query", value=True)
    assert review_first("D8", DAY) is True
    assert "应当自收到本答复书之日起60日内先向" in clause("D8", DAY, Forum(DISTRICT, RAILWAY))
    assert review_first("G2", DAY) is False


@pytest.mark.parametrize("day", [BEFORE, date(2024, 1, 1), DAY])
@pytest.mark.parametrize("first_for_query", [False, True])
def test_the_letter_and_the_page_say_the_same(day: date, first_for_query: bool) -> None:
    setting("reconsideration_first_for_query", first_for_query)
    where = Forum("示例机关", "示例法院", "示例渠道")
    for code in [found.code for found in decisions(day)]:
        words, page = clause(code, day, where), remedies.remedies(code, day, shipped_calendar(), where)
        assert page is not None
        assert [way.before for way in page.ways] == ["示例机关", "示例法院"]
        assert ("先向示例机关" in words) is page.review_first
        assert all(way.before in words and str(way.length) in words for way in page.ways)
        assert ("示例渠道" in words, page.online) == (True, "示例渠道")


def test_every_paper_that_ends_a_case_carries_the_clause_of_its_outcome() -> None:
    ending: dict[str, Any] = {"lapsed": Closing.NOT_SUPPLEMENTED, "unpaid": Closing.NOT_PAID}
    assert {name: notices.notices()[name].remedy_of for name in ending} == {
        name: closing.value for name, closing in ending.items()
    }
    assert all(clause(kind.code, DAY, Forum(DISTRICT, RAILWAY)) for kind in reply.kinds().values())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("third_party_decided", "如不服本决定，可以自收到本告知书之日起"),
        ("third_party_overruled", "如不服本决定，可以自收到本告知书之日起"),
        ("lapsed", "如不服本处理决定，可以自收到本结案记录之日起"),
        ("unpaid", "如不服本处理决定，可以自收到本告知书之日起"),
        ("not_rectified", "如不服本答复，可以自收到本答复书之日起"),
    ],
)
def test_a_paper_that_is_no_reply_calls_itself_by_its_own_name(name: str, words: str) -> None:
    notice = notices.notices()[name]
    given = dict.fromkeys(("number", "received", "due", "opinion", *(field.name for field in notice.fields)), "示例")
    made = notices.paper(
        notice, given, organ="示例机关", number="示例1号", addressee="示例", on=DAY, where=Forum(DISTRICT, RAILWAY)
    )
    last = made.body[-1].text
    assert last.startswith(words)
    assert ("答复" in last) is (name == "not_rectified")
