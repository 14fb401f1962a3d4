"""Figures for Prometheus, read from the database when they are asked for: every process tells the same."""

import hmac
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from gongkai import __version__
from gongkai.applications import selectors as applications
from gongkai.audit import selectors as audit
from gongkai.config.health import PLAIN
from gongkai.deadlines import selectors as deadlines
from gongkai.jobs import selectors as jobs
from gongkai.notifications import selectors as notifications
from gongkai.ui.http import read_only


@never_cache
@read_only
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, for who sends the token as `Authorization: Bearer …`; 401 without it, 404 where none is set."""
    if not settings.METRICS_TOKEN:
        return HttpResponse("no token is set\n", content_type=PLAIN, status=404)
    sent = request.headers.get("Authorization", "")
    if not hmac.compare_digest(sent.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()):
        headers = {"WWW-Authenticate": "Bearer"}
        return HttpResponse("the token is needed\n", content_type=PLAIN, status=401, headers=headers)
    registry = CollectorRegistry()
    registry.register(Figures())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class Figures(Collector):
    """Counts of the whole house, by words that the program itself declares: nothing about a person or a case."""

    def collect(self) -> Iterator[Metric]:
        """Every figure, by a number of queries that does not depend on the number of rows."""
        yield InfoMetricFamily("gongkai_build", "Version of the program.", {"version": __version__})
        yield _by("gongkai_tasks", "Background tasks, by status.", "status", jobs.tasks_by_status())
        yield _oldest_waiting()
        slots = {name: slot.timestamp() for name, slot in jobs.last_slots().items()}
        yield _by("gongkai_schedule_last_slot_timestamp_seconds", "Last slot fired, by scheduled job.", "job", slots)
        states = {state.value: count for state, count in notifications.totals().items()}
        yield _by("gongkai_notices", "Notices by mail and SMS, by state.", "state", states)
        stages = {stage.value: count for stage, count in deadlines.stages(today=timezone.localdate()).items()}
        yield _by("gongkai_open_clocks", "Limits that run, by how near the last day is.", "stage", stages)
        yield GaugeMetricFamily("gongkai_open_applications", "Applications not closed.", applications.open_count())
        rows = {chain: seq for chain, (seq, _digest) in audit.heads().items()}
        yield _by("gongkai_audit_rows", "Last number of the audit chain.", "chain", rows)


def _oldest_waiting() -> GaugeMetricFamily:
    since = jobs.waiting_since()
    age = max((timezone.now() - since).total_seconds(), 0) if since else 0
    return GaugeMetricFamily("gongkai_oldest_waiting_task_age_seconds", "Since when a due task waits; 0: none.", age)


def _by(name: str, meaning: str, label: str, values: dict[str, int] | dict[str, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, meaning, labels=[label])
    for word, value in values.items():
        family.add_metric([word], value)
    return family
