"""Clocks, evaluations, classes looked at again, what is to be cleaned up, and the figures of a year."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.accounts.tests.factories import an_organ
from gongkai.catalogue.models import Item
from gongkai.catalogue.rules.clocks import Tone, clock
from gongkai.catalogue.rules.validity import Deed, Document, evaluate_from, last_day, standing
from gongkai.catalogue.selectors import figures, watching
from gongkai.catalogue.tests.factories import TODAY, a_row, received
from gongkai.deadlines.rules import shift, shipped_calendar

ORGANS = frozenset({"civil-affairs"})


@pytest.mark.parametrize(
    ("signed", "working_days", "tone"),
    [
        *((date(2026, 11, 2), days, tone) for days, tone in ((4, "green"), (5, "amber"), (9, "amber"), (10, "red"))),
        (date(2017, 11, 1), 10, "green"),
    ],
)
def test_what_the_district_wants_sooner_has_a_shorter_clock_from_the_day_of_its_rule(
    signed: date, working_days: int, tone: str
) -> None:
    calendar = shipped_calendar()
    found = clock(signed, shift(signed, working_days, calendar), calendar, kind="major_project")
    assert (found.tone, found.used) == (tone, working_days)


@pytest.mark.parametrize(
    ("working_days", "tone"), [(0, "green"), (14, "green"), (15, "amber"), (19, "amber"), (20, "red"), (30, "red")]
)
def test_a_clock_turns_amber_at_fifteen_working_days_and_red_at_twenty(working_days: int, tone: str) -> None:
    calendar, since = shipped_calendar(), date(2025, 9, 1)
    found = clock(since, shift(since, working_days, calendar), calendar)
    assert (found.used, found.tone) == (working_days, Tone(tone))
    assert found.due_on == shift(since, 20, calendar)


def document(**values: object) -> Document:
    whole = {"kind": "normative_document", "title": "示例办法", "genre": "measures", "signed_on": date(2020, 1, 2)}
    days = {"published_on": date(2020, 1, 3), "effective_on": date(2020, 2, 1), "expires_on": None}
    return Document(**{**whole, **days, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "last"),
    [
        ({}, date(2025, 1, 31)),
        ({"title": "示例办法（试行）"}, date(2022, 1, 31)),
        ({"title": "示例暂行规定"}, date(2022, 1, 31)),
        ({"genre": "announcement"}, date(2021, 1, 31)),
        ({"expires_on": date(2023, 6, 30)}, date(2023, 6, 30)),
        ({"effective_on": None}, date(2025, 1, 2)),
        ({"signed_on": date(2018, 1, 1), "published_on": date(2018, 1, 2), "effective_on": None}, None),
        ({"kind": "plan"}, None),
        ({"kind": "plan", "expires_on": date(2025, 12, 31)}, date(2025, 12, 31)),
        ({"kind": "announcement", "expires_on": date(2025, 12, 31)}, None),
    ],
)
def test_the_last_day_is_the_one_named_else_that_of_the_kind(values: dict[str, object], last: date | None) -> None:
    assert last_day(document(**values)) == last


@pytest.mark.parametrize(
    ("today", "deeds", "validity", "since", "next_on"),
    [
        (date(2020, 1, 15), [], "not_yet_in_force", None, date(2020, 2, 1)),
        (date(2020, 2, 1), [], "in_force", date(2020, 2, 1), date(2025, 2, 1)),
        (date(2025, 1, 31), [], "in_force", date(2020, 2, 1), date(2025, 2, 1)),
        (date(2025, 2, 1), [], "lapsed", date(2025, 2, 1), None),
        (date(2022, 1, 1), [("amends", date(2021, 1, 1))], "amended", date(2021, 1, 1), date(2025, 2, 1)),
        (date(2022, 1, 1), [("repeals", date(2022, 1, 2))], "in_force", date(2020, 2, 1), date(2022, 1, 2)),
        (date(2022, 1, 2), [("repeals", date(2022, 1, 2))], "repealed", date(2022, 1, 2), None),
        (date(2026, 1, 1), [("replaces", date(2023, 1, 1))], "repealed", date(2023, 1, 1), None),
        (date(2026, 1, 1), [("repeals", date(2025, 6, 1))], "lapsed", date(2025, 2, 1), None),
        (date(2022, 1, 1), [("lapses", date(2021, 5, 1))], "lapsed", date(2021, 5, 1), None),
        (date(2022, 1, 1), [("implements", date(2021, 5, 1))], "in_force", date(2020, 2, 1), date(2021, 5, 1)),
    ],
)
def test_validity_follows_from_days_and_deeds(
    today: date, deeds: list[tuple[str, date]], validity: str, since: date | None, next_on: date | None
) -> None:
    found = standing(document(), [Deed(*deed) for deed in deeds if deed[0] != "implements"], today=today)
    wanted = date(2025, 2, 1) if deeds and deeds[0][0] == "implements" else next_on
    assert (found.validity.value, found.since, found.next_on) == (validity, since, wanted)


def test_a_repeal_gives_validity_to_what_has_none_of_its_own() -> None:
    plain = document(kind="announcement")
    assert standing(plain, [], today=TODAY).validity.value == "not_applicable"
    assert standing(plain, [Deed("repeals", date(2021, 1, 1))], today=TODAY).validity.value == "repealed"


def test_evaluation_begins_six_months_before_the_last_day() -> None:
    assert evaluate_from(document()) == date(2024, 7, 31)
    assert evaluate_from(document(kind="plan", expires_on=date(2025, 12, 31))) is None


@pytest.fixture
def _organ(db: None) -> None:
    an_organ("civil-affairs")


@pytest.mark.usefixtures("_organ")
def test_what_waits_is_watched_by_its_clock() -> None:
    new = a_row(state="drafting", published_on=None, signed_on="2026-11-19")
    old = a_row(state="in_review", published_on=None, signed_on="2026-10-10")
    kept = a_row(
        state="filed", published_on=None, signed_on="2026-01-01", disclosure_class="withheld", class_reason="内部。"
    )
    received(new, old, kept, a_row())
    found = watching.clocks(ORGANS, today=TODAY)
    assert [(one.item.key, one.clock.tone) for one in found] == [(old["key"], Tone.RED), (new["key"], Tone.GREEN)]
    assert watching.clocks({"health"}, today=TODAY) == []


@pytest.mark.usefixtures("_organ")
def test_what_became_public_late_stands_on_the_quarters_sheet() -> None:
    late = a_row(signed_on="2025-01-06", published_on="2025-03-31")
    waiting = a_row(state="drafting", signed_on="2025-01-07", published_on=None)
    received(late, waiting, a_row(signed_on="2025-01-06", published_on="2025-01-20"))
    found = watching.late(ORGANS, first=date(2025, 1, 1), last=date(2025, 3, 31))
    assert [one.item.key for one in found] == [late["key"], waiting["key"]]
    sheet = watching.sheet(ORGANS, first=date(2025, 1, 1), last=date(2025, 3, 31))
    assert [one.item.key for one in sheet.lines] == [late["key"], waiting["key"]]
    assert [(one.code, one.made, one.in_time, one.late, one.waiting) for one in sheet.tallies] == [
        ("civil-affairs", 3, 1, 2, 0)
    ]
    assert watching.sheet(ORGANS, first=date(2025, 1, 1), last=date(2025, 1, 10)).tallies[0].waiting == 1


@pytest.mark.usefixtures("_organ")
def test_each_list_of_the_desk_holds_what_belongs_there() -> None:
    soon = a_row(expires_on="2027-03-01")
    over = a_row(expires_on="2026-01-01", signed_on="2021-01-01", published_on="2021-01-02", effective_on="2021-02-01")
    old = a_row(kind="announcement", published_on="2023-06-01", document_number="")
    new = a_row(kind="announcement", published_on="2026-06-01", document_number="")
    twin = a_row(title=new["title"], kind="announcement", published_on="2026-06-02", document_number="")
    kept = a_row(state="filed", published_on=None, disclosure_class="withheld", class_reason="内部。")
    received(soon, over, old, new, twin, kept)
    Item.objects.filter(key=kept["key"]).update(reassess_on=TODAY)
    lists = {
        "evaluate": [one.key for one in watching.to_evaluate(ORGANS, today=TODAY)],
        "ended": [one.key for one in watching.ended(ORGANS)],
        "outdated": [one.key for one in watching.outdated(ORGANS, today=TODAY)],
        "redundant": [[one.key for one in group.items] for group in watching.redundant(ORGANS)],
        "reassess": [one.key for one in watching.to_reassess(ORGANS, today=TODAY)],
    }
    assert lists == {
        "evaluate": [soon["key"]],
        "ended": [over["key"]],
        "outdated": [old["key"]],
        "redundant": [[new["key"], twin["key"]]],
        "reassess": [kept["key"]],
    }


def key_of(pks: tuple[int, ...]) -> set[str | None]:
    return set(Item.objects.filter(pk__in=pks).values_list("key", flat=True))


@pytest.mark.usefixtures("_organ")
def test_table_two_agrees_with_the_library_year_by_year() -> None:
    days = {"signed_on": "2021-03-01", "published_on": "2021-03-02", "effective_on": "2021-04-01"}
    old = a_row(**days, document_number="虹府规〔2021〕5号")
    trial = a_row(**days, title="示例办法（试行）")
    new = a_row(relations=[{"kind": "repeals", "target": "虹府规〔2021〕5号"}])
    later = a_row(signed_on="2023-12-20", published_on="2023-12-21", effective_on="2024-02-01")
    received(old, trial, new, later, a_row(kind="plan"), a_row(state="drafting", published_on=None))
    found = {year: figures.year_of("normative_document", ORGANS, year, today=TODAY) for year in range(2020, 2026)}
    assert key_of(found[2021].valid) == {old["key"], trial["key"]}
    assert key_of(found[2023].issued) == {new["key"], later["key"]}
    assert key_of(found[2023].ended) == {old["key"], trial["key"]}
    assert key_of(found[2023].valid) == {new["key"], later["key"]}
    for year in range(2021, 2026):
        before, now = found[year - 1], found[year]
        assert len(now.valid) == len(before.valid) + len(now.issued) - len(now.ended), year


@pytest.mark.usefixtures("_organ")
def test_the_rate_is_that_of_what_was_decided_and_joint_papers_stand_apart() -> None:
    closed = {"state": "filed", "published_on": None, "disclosure_class": "withheld", "class_reason": "内部。"}
    received(
        *(a_row() for _ in range(3)),
        a_row(**closed),
        a_row(joint_party=True),
        a_row(kind="announcement", document_number=""),
        a_row(state="drafting", published_on=None),
        a_row(kind="institution"),
    )
    found = figures.rates(ORGANS, 2023)
    documents, whole = found["documents"], found["all"]
    assert (documents.made, documents.public, documents.joint, documents.percent, documents.reached) == (
        4,
        3,
        1,
        75.0,
        False,
    )
    assert (whole.made, whole.public, whole.percent, whole.reached) == (5, 4, 80.0, False)
    assert set(figures.by_kind(ORGANS, 2023)) == {"normative_document", "announcement", "institution"}
    assert figures.rates(ORGANS, 2022)["all"].percent is None
