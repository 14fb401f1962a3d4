"""Clocks: started, stated anew, stopped, swept; told of once for each last day and stage."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from gongkai.audit.rules import SYSTEM
from gongkai.deadlines import selectors, services, tasks
from gongkai.deadlines.enums import ClockState, Stage
from gongkai.deadlines.events import CalendarMissing, ClockDueSoon, ClockMoved, ClockOverdue, ClocksTold
from gongkai.deadlines.models import Clock, ClockMove
from gongkai.deadlines.rules import Pause, shipped_calendar
from gongkai.deadlines.rules.clocks import Thresholds, days_left, missing_year

from .factories import OFFICER, TODAY, a_clock, a_notice, hearing

pytestmark = pytest.mark.django_db
CALENDAR = shipped_calendar()
RECEIVED = date(2025, 9, 15)  # due on 2025-10-17, five working days from 10-12, two from 10-15


@pytest.mark.parametrize(
    ("today", "stage", "left"),
    [
        (date(2025, 9, 15), Stage.CALM, 20),
        (date(2025, 10, 10), Stage.CALM, 6),
        (date(2025, 10, 11), Stage.SOON, 5),
        (date(2025, 10, 12), Stage.SOON, 5),
        (date(2025, 10, 14), Stage.SOON, 3),
        (date(2025, 10, 15), Stage.URGENT, 2),
        (date(2025, 10, 17), Stage.LAST_DAY, 0),
        (date(2025, 10, 18), Stage.OVERDUE, -1),
        (date(2025, 10, 20), Stage.OVERDUE, -1),
        (date(2025, 10, 21), Stage.OVERDUE, -2),
    ],
)
def test_the_stage_and_the_days_left(today: date, stage: Stage, left: int) -> None:
    due_on = date(2025, 10, 17)
    assert Thresholds.on(today).stage(today, due_on, CALENDAR) is stage
    assert days_left(today, due_on, CALENDAR) == left


def test_a_clock_has_its_last_day_and_knows_its_calendar() -> None:
    clock = a_clock(RECEIVED, cite="第三十三条", facts={"channel": "internet"}, today=RECEIVED)
    assert (clock.due_on, clock.provisional, clock.state) == (date(2025, 10, 17), False, ClockState.OPEN)
    assert (clock.calendar, clock.alert_on) == (CALENDAR.stamp, date(2025, 10, 11))


def test_stated_anew_it_is_the_same_clock() -> None:
    first = a_clock(RECEIVED, owner_id="a", today=RECEIVED)
    pause = Pause(date(2025, 9, 18), date(2025, 9, 22), "征求第三方意见")
    again = a_clock(RECEIVED, 40, owner_id="a", pauses=[pause], today=RECEIVED)
    assert first.pk == again.pk
    assert Clock.objects.get().pauses == [["2025-09-18", "2025-09-22", "征求第三方意见"]]
    assert again.due_on == date(2025, 11, 19)


def test_a_stopped_clock_does_not_run_and_may_be_started_again() -> None:
    clock = a_clock(RECEIVED, owner_id="a")
    kind = clock.owner_kind
    stopped = services.stop_clock(owner_kind=kind, owner_id="a", name="reply", on=date(2025, 10, 9))
    assert stopped is not None
    assert (stopped.state, stopped.ended_on, stopped.alert_on) == (ClockState.MET, date(2025, 10, 9), None)
    assert services.stop_clock(owner_kind=kind, owner_id="a", name="reply", on=date(2025, 10, 9)) is None
    assert list(selectors.open_clocks()) == []
    assert a_clock(RECEIVED, owner_id="a").ended_on is None
    assert [row.pk for row in selectors.open_clocks()] == [clock.pk]


def test_the_table_refuses_a_clock_that_ended_without_a_day() -> None:
    clock = a_clock(RECEIVED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Clock.objects.filter(pk=clock.pk).update(state=ClockState.MET.value)


def alerts(batches: list[ClocksTold]) -> list[ClockDueSoon | ClockOverdue]:
    return [alert for batch in batches for alert in batch.alerts]


def name_of(event: ClockDueSoon | ClockOverdue) -> str:
    if isinstance(event, ClockOverdue):
        return "overdue"
    return "last day" if event.last_day else "urgent" if event.urgent else "soon"


def test_each_stage_is_told_once_however_often_the_sweep_runs() -> None:
    a_clock(RECEIVED, today=RECEIVED)
    told: list[tuple[str, str]] = []
    with hearing(ClocksTold) as batches:
        for day in (9, 10, 11, 12, 13, 15, 16, 17, 18, 19, 20):
            for _ in range(2):
                services.sweep(today=date(2025, 10, day))
                told += [(f"10-{day}", name_of(event)) for event in alerts(batches)]
                batches.clear()
    assert told == [("10-11", "soon"), ("10-15", "urgent"), ("10-17", "last day"), ("10-18", "overdue")]


def test_a_sweep_that_was_not_run_for_weeks_tells_what_is_so_now() -> None:
    a_clock(RECEIVED, today=RECEIVED)
    with hearing(ClocksTold) as batches:
        assert services.sweep(today=date(2026, 1, 5)) == 1
        assert services.sweep(today=date(2026, 1, 6)) == 0
    assert [name_of(event) for event in alerts(batches)] == ["overdue"]
    assert Clock.objects.get().alert_on is None


def test_a_last_day_put_off_is_told_of_anew_and_one_that_hardly_moves_is_not() -> None:
    today = date(2025, 10, 13)
    a_clock(RECEIVED, owner_id="a", today=RECEIVED)
    with hearing(ClocksTold) as batches:
        services.sweep(today=today)
        a_clock(RECEIVED, 21, owner_id="a", today=today)  # one day later: still soon
        services.sweep(today=today)
        a_clock(RECEIVED, 40, owner_id="a", today=today)  # extended
        services.sweep(today=today)
        services.sweep(today=date(2025, 11, 11))
    assert [event.due_on for event in alerts(batches)] == [date(2025, 10, 17), date(2025, 11, 14)]


def test_what_a_receiver_cannot_take_in_is_told_again() -> None:
    a_clock(RECEIVED, today=RECEIVED)

    def fails(event: ClocksTold) -> None:
        raise RuntimeError("no room")

    from gongkai.kernel import bus

    bus.subscribe(ClocksTold, fails)
    try:
        with pytest.raises(RuntimeError):
            services.sweep(today=date(2025, 10, 20))
    finally:
        bus.unsubscribe(ClocksTold, fails)
    with hearing(ClocksTold) as batches:
        services.sweep(today=date(2025, 10, 20))
    assert len(alerts(batches)) == 1


def test_a_clock_that_slipped_past_an_import_is_caught_up_by_the_sweep() -> None:
    row = services.propose_notice(notice=a_notice(off=("01-01", "01-04")), by=OFFICER)
    clock = a_clock(date(2026, 12, 21))
    services.apply_notice(pk=row.pk, version=selectors.version_of(2027), by=OFFICER, today=TODAY)
    Clock.objects.filter(pk=clock.pk).update(due_on=clock.due_on, calendar=CALENDAR.stamp)
    with hearing(ClockMoved) as moved:
        services.sweep(today=TODAY)
    clock.refresh_from_db()
    assert (clock.due_on, clock.calendar) == (date(2027, 1, 20), selectors.calendar().stamp)
    assert [(event.before, event.after) for event in moved] == [(date(2027, 1, 19), date(2027, 1, 20))]
    assert [move.notice_id for move in ClockMove.objects.all()] == [row.pk, None]


def test_lists_are_by_organ_and_kind_and_cost_the_same_for_one_and_thirty(
    django_assert_num_queries: object,
) -> None:
    mine = a_clock(RECEIVED)
    a_clock(RECEIVED, organ="housing")
    a_clock(RECEIVED, owner_kind="policies.consultation")
    a_clock(date(2026, 1, 5))
    kinds = ["tests.case"]
    today = date(2025, 10, 13)
    assert [row.pk for row in selectors.due_soon(today=today, organs=["finance"], owner_kinds=kinds)] == [mine.pk]
    assert list(selectors.open_clocks(organs=[])) == []
    assert selectors.stages(today=today) == {
        Stage.CALM: 1,
        Stage.SOON: 3,
        Stage.URGENT: 0,
        Stage.LAST_DAY: 0,
        Stage.OVERDUE: 0,
    }
    for _ in range(30):
        a_clock(RECEIVED)
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert len(selectors.due_soon(today=today)) == 33
        assert selectors.stages(today=date(2025, 10, 20))[Stage.OVERDUE] == 33


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2026, 11, 30), 0), (date(2026, 12, 1), 2027), (date(2027, 1, 4), 2027), (date(2025, 12, 31), 0)],
)
def test_from_december_on_a_missing_notice_is_asked_for(today: date, year: int) -> None:
    assert missing_year(today, CALENDAR) == year


def test_the_task_tells_of_the_missing_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 12, 3))
    with hearing(CalendarMissing) as missing:
        assert tasks.ask_for_next_calendar.call() == 2027
    assert [(event.year, event.on) for event in missing] == [(2027, date(2026, 12, 3))]


def test_the_command_imports_previews_shows_and_exports(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    from pathlib import Path

    file = Path(str(tmp_path)) / "2027.csv"
    file.write_text("day,kind,name\n2027-01-01,放假,元旦\n2027-01-04,放假,元旦\n", encoding="gb18030")
    words = ["import", str(file), "--year", "2027", "--paper", "示例通知"]
    call_command("calendar", "import")
    call_command("calendar", *words, "--preview")
    assert selectors.notice_of(2027) == CALENDAR.notices[2027]
    call_command("calendar", *words)
    call_command("calendar", "show")
    call_command("calendar", "export", "2027", "--csv")
    shown = capsys.readouterr().out
    assert "新增 33 年" in shown
    assert "2027-01-04  周一，工作日（暂定） → 周一，元旦放假" in shown
    assert "2027  示例通知\n" in shown
    assert shown.endswith("day,kind,name\n2027-01-01,放假,元旦\n2027-01-04,放假,元旦\n")
    assert services.seed(by=SYSTEM).changed == 0
