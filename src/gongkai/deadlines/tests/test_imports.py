"""A notice imported late moves exactly the open clocks it should, all or nothing, whoever else is importing."""

from __future__ import annotations

import json
import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from gongkai.audit.models import Entry
from gongkai.deadlines import selectors, services
from gongkai.deadlines.enums import NoticeState
from gongkai.deadlines.events import CalendarChanged, ClockMoved
from gongkai.deadlines.models import CalendarYear, Clock, ClockMove
from gongkai.deadlines.rules import Notice, due, shipped_calendar

from .factories import OFFICER, TODAY, a_clock, a_notice, hearing

pytestmark = pytest.mark.django_db


def applied(notice: Notice) -> int:
    row = services.propose_notice(notice=notice, by=OFFICER)
    version = selectors.version_of(notice.year)
    return services.apply_notice(pk=row.pk, version=version, by=OFFICER, today=TODAY).clocks_moved


def test_an_empty_database_goes_by_what_the_program_carries_and_seeding_changes_nothing() -> None:
    assert selectors.calendar() is shipped_calendar()
    first, second = services.seed(by=OFFICER), services.seed(by=OFFICER)
    assert (first.added, first.changed) == (33, 0)
    assert (second.added, second.changed, second.clocks_moved) == (0, 0, 0)
    assert selectors.calendar() is shipped_calendar()
    assert Entry.objects.filter(act="deadlines.calendar_seeded").count() == 1


def test_exactly_the_open_clocks_that_run_over_a_changed_day_move() -> None:
    over = a_clock(date(2026, 12, 21))
    crossing = a_clock(date(2027, 1, 8))
    ends_before = a_clock(date(2026, 11, 23))
    begins_after = a_clock(date(2027, 1, 9))
    met = a_clock(date(2026, 12, 21))
    services.stop_clock(owner_kind=met.owner_kind, owner_id=met.owner_id, name="reply", on=TODAY)
    named = (*a_notice(off=("01-04", "01-08"), worked=("01-09",)).days, *shipped_calendar().notices[2027].days)
    changed = Notice(2027, ("示例通知",), named)
    expected = [
        (over.pk, date(2027, 1, 19), date(2027, 1, 20)),  # two days off, one worked
        (crossing.pk, date(2027, 2, 11), date(2027, 2, 4)),  # one day worked, before Spring Festival
    ]
    found = selectors.preview(changed)
    assert found.days == (date(2027, 1, 4), date(2027, 1, 8), date(2027, 1, 9))
    assert [(move.clock_id, move.before, move.after) for move in found.moves] == expected
    with hearing(ClockMoved) as moved, hearing(CalendarChanged) as told:
        assert applied(changed) == 2
    assert [(e.clock.clock_id, e.before, e.after) for e in moved if e.before != e.after] == expected
    assert [(event.year, event.days_changed, event.clocks_moved) for event in told] == [(2027, 3, 2)]
    rows = {clock.pk: clock for clock in Clock.objects.all()}
    assert [rows[pk].due_on for pk, _before, _after in expected] == [after for _pk, _before, after in expected]
    for unmoved in (ends_before, begins_after, met):
        assert rows[unmoved.pk].due_on == unmoved.due_on


def test_every_move_is_kept_with_both_days_and_the_import_in_the_audit_chain() -> None:
    clock = a_clock(date(2026, 12, 21))
    before = clock.due_on
    applied(a_notice(off=("01-01", "01-04", "01-05")))
    (move,) = ClockMove.objects.all()
    assert (move.clock_id, move.before, (move.after - move.before).days) == (clock.pk, before, 2)
    entry = Entry.objects.get(act="deadlines.calendar_changed")
    facts = json.loads(entry.facts)
    assert (entry.actor, facts["year"], facts["clocks_moved"], facts["version"]) == ("7", 2027, 1, 2)
    assert facts["digest"] != facts["digest_before"]


def test_a_notice_that_only_confirms_takes_the_mark_of_the_provisional_away() -> None:
    clock = a_clock(date(2026, 12, 21))
    assert clock.provisional
    shipped = shipped_calendar().notices[2027]
    with hearing(ClockMoved) as moved:
        assert applied(Notice(2027, ("示例通知",), shipped.days)) == 0
    assert Clock.objects.get().provisional is False
    assert [(event.before, event.after, event.provisional) for event in moved] == [(clock.due_on, clock.due_on, False)]
    assert ClockMove.objects.count() == 0


def test_pauses_go_along_when_the_calendar_changes() -> None:
    from gongkai.deadlines.rules import Pause

    pause = Pause(date(2026, 12, 28), date(2027, 1, 6), "征求第三方意见")
    clock = a_clock(date(2026, 12, 21), pauses=[pause])
    applied(a_notice(off=("01-01", "01-04", "01-20")))
    clock.refresh_from_db()
    assert clock.due_on == due(clock.starts_on, 20, selectors.calendar(), pauses=[pause]).due_on


def test_the_same_notice_again_is_refused_in_words() -> None:
    applied(a_notice())
    with pytest.raises(ValidationError, match="不必再导入"):
        services.propose_notice(notice=a_notice(), by=OFFICER)


def test_a_notice_is_applied_once_and_a_dropped_one_not_at_all() -> None:
    row = services.propose_notice(notice=a_notice(), by=OFFICER)
    version = selectors.version_of(2027)
    services.apply_notice(pk=row.pk, version=version, by=OFFICER)
    with pytest.raises(ValidationError, match="已启用"):
        services.apply_notice(pk=row.pk, version=version + 1, by=OFFICER)
    dropped = services.propose_notice(notice=a_notice(off=("01-02",)), by=OFFICER)
    assert services.withdraw_notice(pk=dropped.pk, by=OFFICER).state == NoticeState.WITHDRAWN
    with pytest.raises(ValidationError, match="已放弃"):
        services.apply_notice(pk=dropped.pk, version=version + 1, by=OFFICER)
    with pytest.raises(ValidationError, match="没有这份"):
        services.withdraw_notice(pk=10**9, by=OFFICER)


def test_a_preview_made_before_somebody_elses_change_is_refused() -> None:
    one = services.propose_notice(notice=a_notice(), by=OFFICER)
    other = services.propose_notice(notice=a_notice(off=("01-01", "01-04")), by=OFFICER)
    version = selectors.version_of(2027)
    services.apply_notice(pk=one.pk, version=version, by=OFFICER)
    with pytest.raises(ValidationError, match="已被他人更改"):
        services.apply_notice(pk=other.pk, version=version, by=OFFICER)
    assert CalendarYear.objects.get(year=2027).digest == one.digest


def test_the_official_notice_of_a_house_outlives_an_update_of_the_program() -> None:
    applied(a_notice(year=2026))
    digest = CalendarYear.objects.get(year=2026).digest
    assert services.seed(by=OFFICER).changed == 0
    assert CalendarYear.objects.get(year=2026).digest == digest


def test_an_update_of_the_program_replaces_provisional_years_and_moves_clocks() -> None:
    services.seed(by=OFFICER)
    old = a_notice(year=2027, off=())
    CalendarYear.objects.filter(year=2027).update(
        **CalendarYear.fields_of(Notice(2027, ("旧推算",), old.days, official=False))
    )
    clock = a_clock(date(2026, 12, 21))
    done = services.seed(by=OFFICER, today=TODAY)
    before = clock.due_on
    clock.refresh_from_db()
    assert (done.added, done.changed, done.clocks_moved) == (0, 1, 1)
    assert clock.due_on == due(clock.starts_on, 20, shipped_calendar()).due_on != before


def test_a_year_past_the_shipped_ones_can_be_added() -> None:
    applied(a_notice(year=2037))
    assert selectors.calendar().last == date(2037, 12, 31)
    assert selectors.version_of(2037) == 1


def test_the_preview_asks_the_same_queries_for_one_clock_and_for_thirty(django_assert_num_queries: object) -> None:
    services.seed(by=OFFICER)
    notice = a_notice(off=("01-01", "01-04"))
    counts = []
    for number in (1, 29):
        for _ in range(number):
            a_clock(date(2026, 12, 21))
        with django_assert_num_queries(3):  # type: ignore[operator]
            counts.append(len(selectors.preview(notice).moves))
    assert counts == [1, 30]


@pytest.mark.django_db(transaction=True)
def test_two_importers_at_once_stand_in_line_and_the_second_is_told() -> None:
    services.seed(by=OFFICER)
    clock = a_clock(date(2026, 12, 21))
    version = selectors.version_of(2027)
    notices = [a_notice(off=("01-01", f"01-{day:02}")) for day in (4, 5)]
    rows = [services.propose_notice(notice=notice, by=OFFICER) for notice in notices]
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def apply(pk: int) -> None:
        ready.wait()
        try:
            services.apply_notice(pk=pk, version=version, by=OFFICER, today=TODAY)
            outcomes.append("applied")
        except ValidationError as error:
            outcomes.append(str(error.code))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=apply, args=(row.pk,)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcomes) == ["applied", "stale"]
    clock.refresh_from_db()
    assert clock.due_on == due(clock.starts_on, 20, selectors.calendar()).due_on
    assert selectors.version_of(2027) == version + 1
    assert connection.is_usable()
