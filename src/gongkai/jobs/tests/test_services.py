"""Each slot is fired once, and a task whose worker died is taken up again."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from gongkai.jobs import checks, selectors, services
from gongkai.jobs.models import Tick
from gongkai.jobs.rules import Job
from gongkai.jobs.tests import work

NOTE = Job("note", "30 2 * * *", "gongkai.jobs.tests.work.note")
BEFORE = datetime(2026, 11, 21, 18, 29, tzinfo=UTC)  # 02:29 on the 22nd in Shanghai
SLOT = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def schedule(settings: Any) -> Iterator[None]:
    settings.SCHEDULE = [(NOTE.name, NOTE.cron, NOTE.task)]
    work.done.clear()
    yield
    work.done.clear()


@pytest.mark.django_db
def test_a_slot_fires_when_it_comes_and_only_once() -> None:
    assert services.fire_due(now=BEFORE) == []  # first seen: yesterday's slot is not run
    assert services.fire_due(now=SLOT) == ["note"]
    assert services.fire_due(now=SLOT + timedelta(minutes=1)) == []
    assert work.done == ["note"]


@pytest.mark.django_db
def test_of_many_missed_slots_the_last_is_caught_up() -> None:
    services.fire_due(now=BEFORE)
    assert services.fire_due(now=SLOT + timedelta(days=5)) == ["note"]
    assert selectors.last_fired("note") == SLOT + timedelta(days=5)
    assert work.done == ["note"]


@pytest.mark.django_db(transaction=True)
def test_racing_schedulers_fire_a_slot_once() -> None:
    services.fire_due(now=BEFORE)
    fired: list[list[str]] = []

    def scheduler() -> None:
        try:
            fired.append(services.fire_due(now=SLOT))
        finally:
            connection.close()

    threads = [threading.Thread(target=scheduler) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(fired) == [[]] * 7 + [["note"]]
    assert work.done == ["note"]


@pytest.mark.django_db
def test_a_slot_is_not_taken_when_its_task_cannot_be_queued(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> None:
        raise RuntimeError(path)

    monkeypatch.setattr(services, "import_string", refuse)
    with pytest.raises(RuntimeError):
        services.fire(job=NOTE, slot=SLOT)
    assert not Tick.objects.exists()


def running(*, since: timedelta, attempts: int) -> DBTaskResult[Any, Any]:
    task: DBTaskResult[Any, Any] = DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        started_at=SLOT - since,
        args_kwargs={"args": [], "kwargs": {}},
        task_path=NOTE.task,
        worker_ids=[str(number) for number in range(attempts)],
        backend_name="default",
        run_after=SLOT,
        exception_class_path="",
        traceback="",
    )
    return task


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("minutes", "attempts", "status", "count"),
    [(14, 1, "RUNNING", 0), (16, 1, "READY", 1), (16, 2, "READY", 1), (16, 3, "FAILED", 1)],
)
def test_a_lost_task_is_taken_up_three_times(minutes: int, attempts: int, status: str, count: int) -> None:
    task = running(since=timedelta(minutes=minutes), attempts=attempts)
    assert services.reap(now=SLOT) == count
    task.refresh_from_db()
    assert task.status == status


@pytest.mark.django_db
def test_the_command_looks_once() -> None:
    call_command("run_schedule", once=True)
    assert Tick.objects.filter(name="note").count() == 1


@pytest.mark.parametrize(
    ("entries", "ids"),
    [
        ([("note", "30 2 * * *", NOTE.task)], []),
        ([("note", "60 2 * * *", NOTE.task)], ["jobs.E001"]),
        ([("note", "30 2 * * *", "gongkai.jobs.tests.work.done")], ["jobs.E002"]),
        ([("note", "30 2 * * *", "gongkai.nowhere.at_all")], ["jobs.E002"]),
        ([("note", "30 2 * * *", NOTE.task)] * 2, ["jobs.E003"]),
    ],
)
def test_a_job_that_could_not_run_is_refused_at_start(entries: list[Any], ids: list[str], settings: Any) -> None:
    settings.SCHEDULE = entries
    assert [message.id for message in checks.scheduled_jobs(None)] == ids


def failed(attempts: int, ago: timedelta) -> Any:
    return DBTaskResult.objects.create(
        status=TaskResultStatus.FAILED,
        finished_at=SLOT - ago,
        args_kwargs={"args": [], "kwargs": {}},
        task_path=NOTE.task,
        backend_name="default",
        worker_ids=["w"] * attempts,
        run_after=SLOT,
        traceback="ValueError",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("attempts", "ago", "again"),
    [
        (1, timedelta(seconds=59), 0),
        (1, timedelta(minutes=1), 1),
        (2, timedelta(minutes=9), 0),
        (2, timedelta(minutes=10), 1),
        (3, timedelta(hours=1), 1),
        (4, timedelta(hours=5), 0),
        (1, timedelta(days=2), 0),
    ],
)
def test_a_failed_task_is_tried_again_after_longer_and_longer_pauses(attempts: int, ago: timedelta, again: int) -> None:
    task = failed(attempts, ago)
    assert services.retry(now=SLOT) == again
    task.refresh_from_db()
    assert task.status == (TaskResultStatus.READY if again else TaskResultStatus.FAILED)


@pytest.mark.django_db
def test_what_has_long_been_done_is_forgotten_and_the_last_slot_of_a_job_is_not() -> None:
    old = failed(4, timedelta(days=30))
    DBTaskResult.objects.filter(pk=failed(1, timedelta(days=30)).pk).update(status=TaskResultStatus.SUCCESSFUL)
    for days in (40, 30):
        Tick.objects.create(name="note", slot=SLOT - timedelta(days=days))
    assert services.tidy(now=SLOT) == 1
    assert list(DBTaskResult.objects.values_list("pk", flat=True)) == [old.pk]
    assert [tick.slot for tick in Tick.objects.all()] == [SLOT - timedelta(days=30)]
