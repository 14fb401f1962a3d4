"""The figures for Prometheus: who may read them, that they are right, and what they cost."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max
from prometheus_client.parser import text_string_to_metric_families

from gongkai import __version__
from gongkai.applications.models import Application
from gongkai.applications.tests import factories
from gongkai.audit import selectors as audit
from gongkai.audit.rules import SYSTEM
from gongkai.audit.services import record
from gongkai.deadlines.models import Clock
from gongkai.deadlines.tests.factories import a_clock
from gongkai.jobs.models import Tick
from gongkai.notifications.models import Outgoing

TOKEN = "a-token-for-tests-of-32-characters"  # noqa: S105 - it opens nothing
Figures = dict[tuple[str, str], float]


@pytest.fixture(autouse=True)
def _with_a_token(settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN


def scrape() -> str:
    response = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain; version=")
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


def figures() -> Figures:
    """Each sample by its name and the value of its one label."""
    families = text_string_to_metric_families(scrape())
    return {(s.name, next(iter(s.labels.values()), "")): s.value for family in families for s in family.samples}


def a_task(status: str = "READY", **values: Any) -> Any:
    given: dict[str, Any] = {"run_after": get_date_max(), "args_kwargs": {"args": [], "kwargs": {}}, **values}
    return DBTaskResult.objects.create(status=status, task_path="tests.work", backend_name="default", **given)


def a_notice(place: int, state: str = "waiting") -> Outgoing:
    return Outgoing.objects.create(
        event="tests.event", key=str(place), recipient="user:0", channel="mail", address="citizen@example.com",
        language="zh-hans", body="示例", state=state, due_at=timezone.now(),
    )  # fmt: skip


def test_without_a_token_of_ours_there_is_no_such_page(settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    assert Client().get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize(
    "sent", [None, "", "Bearer", "Bearer ", TOKEN, f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer 令牌"]
)
def test_who_sends_no_token_or_a_wrong_one_reads_nothing(sent: str | None) -> None:
    extra: dict[str, Any] = {} if sent is None else {"HTTP_AUTHORIZATION": sent}
    response = Client().get("/metrics", **extra)
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")
    assert b"gongkai_" not in response.content


def test_it_is_read_only() -> None:
    assert Client().post("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 405


@pytest.mark.django_db
def test_an_empty_house_has_a_figure_for_every_word() -> None:
    found = figures()
    assert found["gongkai_build_info", __version__] == 1
    assert [found["gongkai_tasks", status] for status in ("ready", "running", "failed", "successful")] == [0] * 4
    assert found["gongkai_oldest_waiting_task_age_seconds", ""] == 0
    assert found["gongkai_notices", "unknown"] == found["gongkai_open_clocks", "overdue"] == 0
    assert found["gongkai_open_applications", ""] == 0


@pytest.mark.django_db
def test_the_figures_are_those_of_the_rows() -> None:
    now = timezone.now()
    a_task("FAILED")
    waiting = a_task(run_after=now - timedelta(minutes=2))
    later = a_task(run_after=now + timedelta(days=1))
    DBTaskResult.objects.filter(pk__in=[waiting.pk, later.pk]).update(enqueued_at=now - timedelta(days=3))
    for place, state in enumerate(["waiting", "failed", "failed"]):
        a_notice(place, state)
    Tick.objects.create(name="sweep-clocks", slot=now - timedelta(hours=1))
    Tick.objects.create(name="sweep-clocks", slot=now)
    Tick.objects.create(name="a-job-of-old", slot=now)
    a_clock(timezone.localdate() - timedelta(days=400))
    record(act="tests.act", actor=SYSTEM)
    found = figures()
    assert (found["gongkai_tasks", "failed"], found["gongkai_tasks", "ready"]) == (1, 2)
    assert 120 <= found["gongkai_oldest_waiting_task_age_seconds", ""] < 180
    assert (found["gongkai_notices", "waiting"], found["gongkai_notices", "failed"]) == (1, 2)
    assert found["gongkai_schedule_last_slot_timestamp_seconds", "sweep-clocks"] == pytest.approx(now.timestamp())
    assert ("gongkai_schedule_last_slot_timestamp_seconds", "a-job-of-old") not in found
    assert found["gongkai_open_clocks", "overdue"] == 1
    assert found["gongkai_audit_rows", "main"] == audit.heads()["main"][0] > 0


@pytest.mark.django_db
def test_a_task_without_an_hour_of_its_own_waits_since_it_was_queued() -> None:
    DBTaskResult.objects.filter(pk=a_task().pk).update(enqueued_at=timezone.now() - timedelta(minutes=5))
    assert 300 <= figures()["gongkai_oldest_waiting_task_age_seconds", ""] < 360


@pytest.mark.django_db
def test_open_applications_are_counted_and_nothing_is_told_of_who_applied() -> None:
    factories.organs()
    number = factories.submitted().application.number
    closed = factories.submitted().application.number
    Application.objects.filter(number=closed).update(state="closed", counted_code="O3", counted_on=timezone.localdate())
    text = scrape()
    assert "gongkai_open_applications 1.0" in text
    for word in (number, factories.DRAFT.applicant_name, factories.DRAFT.phone, factories.ORGAN, "example.com", "示例"):
        assert word not in text


@pytest.mark.django_db
def test_thirty_rows_cost_the_queries_of_one() -> None:
    counted = []
    for first, last in ((0, 1), (1, 30)):
        for place in range(first, last):
            a_task()
            a_notice(place)
            Tick.objects.create(name="sweep-clocks", slot=timezone.now() + timedelta(hours=place))
            a_clock(timezone.localdate())
            record(act="tests.act", actor=SYSTEM)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            scrape()
        counted.append(len(queries))
    assert Clock.objects.count() == 30
    assert counted[0] == counted[1] <= 8
