"""The people of a run: applicants who send until they are answered, officers at the desk, and work for the worker."""

import http.client
import time
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from threading import Event
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from gongkai.accounts.enums import Role
from gongkai.accounts.models import Duty, User
from gongkai.applications.models import Application
from gongkai.organisations.models import Organ

from .tasks import PEOPLE, handle

ORGAN = "civil-affairs"
PATIENCE = 600  # seconds within which a web that is killed again and again must have answered
BACKLOG = 10  # applications that wait for the worker; beyond them all are seen through at the desk
TOKEN = "t" * 32
KIND = "provided"  # of the replies
AT_THE_DESK = ("register", "decide", "pass_secrecy", "sign")


@dataclass
class Work:
    """What was asked of the program: the submissions, what each should have come to, and the tasks queued."""

    port: int
    sessions: dict[str, str]
    wanted: dict[str, list[str]] = field(default_factory=dict)
    tasks: list[str] = field(default_factory=list)
    cut: int = 0  # requests whose web died before it had answered; sent again
    faults: list[str] = field(default_factory=list)


def people() -> dict[str, str]:
    """The directory, an officer, a reviewer and a chief; the session key of each."""
    call_command("organs", "import", verbosity=0)
    call_command("calendar", "import", verbosity=0)
    sessions = {}
    for name, role in zip(PEOPLE, (Role.OFFICER, Role.SECRECY_REVIEWER, Role.SECTION_CHIEF), strict=True):
        user = User.objects.create(username=name, name=f"示例{role.label}", email=f"{name}@example.com")
        organ = Organ.objects.get(code=ORGAN)
        Duty.objects.create(user=user, organ=organ, role=role.value, valid_from=date(2020, 1, 1))
        client = Client()
        client.force_login(user)
        sessions[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return sessions


def keep_busy(work: Work, stop: Event, first: int, step: int) -> None:
    """Bring in one application after the other and see each through, until told to stop."""
    number = first
    try:
        while not stop.is_set():
            waiting = DBTaskResult.objects.ready().filter(task_path=handle.module_path).count()
            _one(work, number, by_task=number % 3 == 0 and waiting < BACKLOG)
            number += step
    except Exception as error:  # noqa: BLE001 - a thread must not end unheard
        work.faults.append(f"the workload ended: {error!r}")
    finally:
        connection.close()


def _one(work: Work, number: int, *, by_task: bool) -> None:
    key = f"fault-run-submission-{number:05}"
    words, came_in = _application(number, key), Application.objects.filter(key=key)
    _send(work, "/apply/", words, came_in)
    if number % 5 == 0:
        _send(work, "/apply/", words, came_in)  # somebody presses the button twice
    if not by_task:
        work.wanted[key] = [*AT_THE_DESK]
        for act in AT_THE_DESK:
            _at_the_desk(work, key, act)
        return
    deliver = number % 24 == 0
    work.wanted[key] = [*AT_THE_DESK, "seal", "deliver"] if deliver else [*AT_THE_DESK]
    work.tasks.append(str(handle.enqueue(key, deliver=deliver).id))


def _application(number: int, key: str) -> dict[str, str]:
    return {
        "stage": "submit",
        "key": key,
        "organ": ORGAN,
        "description": f"示例事项{number}",
        "applicant_kind": "natural_person",
        "applicant_name": "示例申请人",
        "identity_kind": "other",
        "identity_number": f"SAMPLE-{number:06}",
        "phone": "13800000000",
        "email": "sample@example.com",
        "form": "electronic",
        "delivery": "online",
    }


def _at_the_desk(work: Work, key: str, act: str) -> None:
    row = Application.objects.get(key=key)
    today = timezone.localdate().isoformat()
    words = {"version": str(row.version), "key": f"{key}-{act}", "day": today, "kind": KIND, "ways": "随答复提供"}
    done = Application.objects.filter(key=key, version=row.version + 1)
    session = work.sessions[{"pass_secrecy": "reviewer", "sign": "chief"}.get(act, "officer")]
    _send(work, f"/workbench/applications/{row.number}/do/{act}/", words, done, session=session)


def _send(work: Work, address: str, words: dict[str, str], done: QuerySet[Application], *, session: str = "") -> None:
    """Post until there is an answer; what was answered with success must then be there."""
    deadline, status = time.monotonic() + PATIENCE, 0
    while not status:
        try:
            status = _post(work.port, address, words, session)
        except (OSError, http.client.HTTPException) as error:
            work.cut += not isinstance(error, ConnectionRefusedError)
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    if status not in {HTTPStatus.OK, HTTPStatus.FOUND} or not done.exists():
        work.faults.append(f"{address} {words['key']} answered {status}, and done is {done.exists()}")


def _post(port: int, address: str, words: dict[str, str], session: str) -> int:
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    cookies = f"{settings.CSRF_COOKIE_NAME}={TOKEN}; {settings.SESSION_COOKIE_NAME}={session}"
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies, "Accept-Language": "zh-CN"}
    try:
        web.request("POST", address, urlencode({**words, "csrfmiddlewaretoken": TOKEN}), headers)
        response = web.getresponse()
        response.read()
        return response.status
    finally:
        web.close()
