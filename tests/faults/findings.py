"""What does not agree after a run, in sentences: nothing, if no act was done by half, lost, or done twice."""

import hashlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from gongkai.applications import turns
from gongkai.applications.enums import State
from gongkai.applications.flow import binding
from gongkai.applications.models import Application, Letter, Serial
from gongkai.applications.rules.ledger import REPLY
from gongkai.applications.services import letters
from gongkai.audit import selectors as audit
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines.enums import ClockState
from gongkai.files import selectors as files
from gongkai.jobs.models import Tick
from gongkai.notifications import enums as notices
from gongkai.notifications.models import Message, Outgoing
from gongkai.workflow.models import Performed

from .cases import CASES, KIND
from .forgotten import forgotten
from .released import released
from .tasks import begun
from .workload import Work

PAPERS = {"register": "receipt", "withdraw": "withdrawn", "sign": KIND}  # that an act writes
TOLD = {  # to the applicant, of an act
    "register": "applications.registered",
    "deliver": "applications.decided",
    "withdraw": "applications.closed",
    "reopen": "applications.reopened",
}


def findings(work: Work) -> Iterator[str]:
    """All of them."""
    yield from work.faults
    yield from (f"chain {found.chain} breaks at {found.seq}: {found.fault}" for found in audit.verify())
    yield from _submissions(work)
    for row in Application.objects.order_by("pk"):
        yield from (f"{row.number}: {found}" for found in _case(row, work.wanted.get(CASES, {}).get(row.key, [])))
    yield from forgotten(work)
    yield from released(work)
    yield from _verified()
    yield from _tasks(work)
    yield from _slots()
    yield from _notices()


def _submissions(work: Work) -> Iterator[str]:
    rows = Application.objects.order_by("pk")
    keys = Counter(rows.values_list("key", flat=True))
    wanted = work.wanted.get(CASES, {})
    if keys != Counter(wanted.keys()):
        yield f"{len(wanted)} submissions were answered, and {keys.total()} applications are there"
    replies = Letter.objects.filter(kind=KIND).count()
    given = {"application": rows.count(), "reply": replies, "notice": Letter.objects.count() - replies}
    last = dict(Serial.objects.values_list("purpose", "last"))
    if last != {purpose: count for purpose, count in given.items() if count}:
        yield f"numbers have gaps: the last are {last}, given were {given}"


def _case(row: Application, wanted: list[str]) -> Iterator[str]:
    flow, kind = binding().flow, binding().kind
    performed = Performed.objects.filter(flow=flow.name, object_id=str(row.pk)).order_by("version")
    acts = [done.act for done in performed]
    if acts != wanted:
        yield f"done was {acts}, and wanted {wanted}"
    if [done.version for done in performed] != list(range(1, row.version + 1)):
        yield f"version is {row.version} after {len(acts)} acts"
    state = flow.initial
    for act in acts:
        rule = flow.rule(state, act)
        state = rule.target if rule else f"nowhere by {act}"
    if row.state != state:
        yield f"state is {row.state}, and the acts lead to {state}"
    if [step.act for step in row.steps.all()] != ["submit", *acts]:
        yield f"steps are {[step.act for step in row.steps.all()]}, acts {acts}"
    found = audit.entries_about(object_kind=kind, object_id=row.pk).exclude(act="applications.forget")
    entries = list(found)
    if [entry.act for entry in entries] != [f"{flow.name}.{act}" for act in ("submit", *acts)]:
        yield f"the record tells {[entry.act for entry in entries]}, acts {acts}"
    facts = [json.loads(entry.facts) for entry in entries]
    if [told["version"] for told in facts[1:]] != list(range(1, row.version + 1)):
        yield "the record tells other versions"
    yield from _around(row, acts, facts)


def _around(row: Application, acts: list[str], facts: list[dict[str, Any]]) -> Iterator[str]:
    """What an act writes in other contexts: the clock, the news, the letter."""
    clock = deadlines.clock(owner_kind=binding().kind, owner_id=row.pk, name=REPLY)
    closed = row.state == State.CLOSED.value
    ended = ClockState.STOPPED if "withdraw" in acts else ClockState.MET
    expected = (row.due_on, ended.value if closed else ClockState.OPEN.value) if "register" in acts else None
    if (clock and (clock.due_on, clock.state)) != expected:
        yield f"its clock is {clock and (clock.due_on, clock.state)}, and should be {expected}"
    told = Outgoing.objects.filter(key__startswith=f"application:{row.pk}:", user_id__isnull=True)  # the applicant
    news = Counter(told.values_list("event", "channel"))
    should = {(TOLD[act], channel): 1 for act in acts if act in TOLD for channel in ("mail", "sms")}
    if news != Counter(should):
        yield f"news are {dict(news)}, and should be {should}"
    if Message.objects.filter(event="applications.submitted", key=f"application:{row.pk}").count() != 1:
        yield "its officer was not told once of its arrival"
    yield from _letters(row, acts, facts)


def _letters(row: Application, acts: list[str], facts: list[dict[str, Any]]) -> Iterator[str]:
    """Each paper once, kept whole or not begun, and sealed and delivered as it is kept."""
    papers = list(row.letters.all())
    if [paper.kind for paper in papers] != [PAPERS[act] for act in acts if act in PAPERS]:
        yield f"its papers are {[paper.kind for paper in papers]}, acts {acts}"
    for paper in papers:
        found = files.of_owner(letters.OWNER, paper.pk)
        wanted = sorted(letters.MAKERS) if row.forgotten_on is None and (paper.kept or found) else []
        if sorted(file.name.rpartition(".")[2] for file in found) != wanted:
            yield f"{paper.number} is kept as {[file.name for file in found]}"
        for file in found:
            with files.content(file) as stream:
                if hashlib.sha256(stream.read()).hexdigest() != file.sha256:
                    yield f"{file.name} is not what was kept"
    sealed = [told["letters"] for told in facts if "letters" in told]
    if sealed != [letters.digests(papers[-1])] * len({"seal", "deliver"}.intersection(acts)):
        yield f"sealed and delivered was {sealed}, and kept is {letters.digests(papers[-1])}"


def _verified() -> Iterator[str]:
    """What an operator would ask: the chain is whole, and the index is the database."""
    for command in (("audit", "verify"), ("search", "verify")):
        asked = [sys.executable, "-m", "gongkai", *command]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        if done.returncode:
            yield f"gongkai {' '.join(command)}: {done.stdout} {done.stderr}"


def _tasks(work: Work) -> Iterator[str]:
    times = Counter(begun().read_text(encoding="utf-8").split() if begun().exists() else ())
    results = {str(task.pk): task for task in DBTaskResult.objects.all()}
    yield from (f"task {pk} was queued and is lost" for pk in work.tasks if pk not in results)
    yield from (f"task {pk} was begun and is not there" for pk in times if pk not in results)
    for pk, task in results.items():
        if task.status != TaskResultStatus.SUCCESSFUL:
            yield f"{task.task_path} {pk} is {task.status}: {task.traceback[-300:]}"
        writes = task.task_path.startswith("tests.faults.")
        if writes and not 1 <= times[pk] <= len(task.worker_ids):
            yield f"{task.task_path} {pk} was claimed {len(task.worker_ids)} times and begun {times[pk]} times"


def _slots() -> Iterator[str]:
    for name, _cron, path in settings.SCHEDULE:
        ticks = Tick.objects.filter(name=name).count()
        queued = DBTaskResult.objects.filter(task_path=path).count()
        if queued != ticks - 1:  # the first is the slot before the job was first seen
            yield f"{name}: {ticks} slots, {queued} tasks"


def _notices() -> Iterator[str]:
    """At most once: a notice called sent is there once; one whose sender died is there once or not at all."""
    written = {path.stem for path in (Path(settings.DATA_DIR) / "outbox").glob("*.txt")}
    rows = {str(row.pk): row for row in Outgoing.objects.all()}
    yield from (f"notice {pk} was written, and nobody knows of it" for pk in written - rows.keys())
    for pk, row in rows.items():
        if row.state == notices.State.DROPPED.value and row.recipient.startswith("gone:"):
            # Its case was forgotten: before it was sent, or when nobody knew whether it had been.
            if row.log.count() > 1 or (pk in written and not row.log.exists()):
                yield f"notice {pk} about a forgotten case has {row.log.count()} tries"
            continue
        if row.state == notices.State.DROPPED.value and row.event in turns.TASKS:
            # What it told somebody to do was done before it went out.
            if pk in written or row.log.exists():
                yield f"notice {pk} of what was done already has {row.log.count()} tries"
            continue
        may_be = {notices.State.SENT.value: {True}, notices.State.UNKNOWN.value: {True, False}}
        waits = row.state == notices.State.WAITING.value and row.due_at > timezone.now()
        if (pk in written) not in ({False} if waits else may_be.get(row.state, set())):
            yield f"notice {pk} is {row.state}, and {'is' if pk in written else 'is not'} written"
        if row.log.count() != (0 if waits else 1):
            yield f"notice {pk} has {row.log.count()} tries"
