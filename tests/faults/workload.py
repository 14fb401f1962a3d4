"""The people of a run, what they asked for, and how they ask: until they are answered."""

import http.client
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from threading import Event
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django_tasks_db.models import DBTaskResult

from gongkai.accounts.models import Duty, User
from gongkai.organisations.models import Organ

from .tasks import PEOPLE

ORGAN = "civil-affairs"
PATIENCE = 600  # seconds within which a web that is killed again and again must have answered
BACKLOG = 10  # tasks of one kind that wait for the worker; beyond them all is seen through at the desk
TOKEN = "t" * 32
REFUSAL = re.compile(r'role="alert".*?</(?:div|section)>', re.DOTALL)


@dataclass
class Work:
    """What was asked of the program, by subject: what each submission should have come to, and the tasks queued."""

    port: int
    sessions: dict[str, str]
    wanted: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    tasks: list[str] = field(default_factory=list)
    cut: int = 0  # requests whose web died before it had answered; sent again
    faults: list[str] = field(default_factory=list)

    def want(self, subject: str, key: str, *acts: str) -> None:
        """These acts are now asked for, after those before."""
        self.wanted.setdefault(subject, {}).setdefault(key, []).extend(acts)


def people() -> dict[str, str]:
    """The directory, and one person of each role; the session key of each."""
    call_command("organs", "import", verbosity=0)
    call_command("calendar", "import", verbosity=0)
    sessions = {}
    for name, role in PEOPLE.items():
        user = User.objects.create(username=name, name=f"示例{role.label}", email=f"{name}@example.com")
        organ = Organ.objects.get(code=ORGAN)
        Duty.objects.create(user=user, organ=organ, role=role.value, valid_from=date(2020, 1, 1))
        client = Client()
        client.force_login(user)
        sessions[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return sessions


def keep_busy(work: Work, stop: Event, see_through: Callable[[Work, int], None], first: int, step: int) -> None:
    """Bring in one thing after the other and see each through, until told to stop."""
    number = first
    try:
        while not stop.is_set():
            see_through(work, number)
            number += step
    except Exception as error:  # noqa: BLE001 - a thread must not end unheard
        work.faults.append(f"the workload ended: {error!r}")
    finally:
        connection.close()


def waiting(path: str) -> int:
    """How many tasks of a kind wait for the worker."""
    return DBTaskResult.objects.ready().filter(task_path=path).count()


def send(
    work: Work, address: str, words: Mapping[str, object], done: QuerySet[Any], *, who: str = "", refused: bool = False
) -> None:
    """Post until there is an answer; what was answered with success must then be there, what was refused must not."""
    deadline, status, said = time.monotonic() + PATIENCE, 0, ""
    body, kind = _body({**words, "csrfmiddlewaretoken": TOKEN})
    while not status:
        try:
            status, said = _post(work.port, address, body, kind, work.sessions.get(who, ""))
        except (OSError, http.client.HTTPException) as error:
            work.cut += not isinstance(error, ConnectionRefusedError)
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    wanted = {HTTPStatus.UNPROCESSABLE_ENTITY} if refused else {HTTPStatus.OK, HTTPStatus.FOUND}
    if status not in wanted or done.exists() is refused:
        work.faults.append(f"{address} {words['key']} answered {status}, and done is {done.exists()}{said}")


def _body(words: dict[str, object]) -> tuple[str | bytes, str]:
    if any(isinstance(value, list) for value in words.values()):  # of files
        return encode_multipart(BOUNDARY, words), MULTIPART_CONTENT
    return urlencode(words), "application/x-www-form-urlencoded"


def _post(port: int, address: str, body: str | bytes, kind: str, session: str) -> tuple[int, str]:
    """The status, and what a refusal says."""
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    cookies = f"{settings.CSRF_COOKIE_NAME}={TOKEN}; {settings.SESSION_COOKIE_NAME}={session}"
    try:
        web.request("POST", address, body, {"Content-Type": kind, "Cookie": cookies, "Accept-Language": "zh-CN"})
        response = web.getresponse()
        page = response.read().decode()
        return response.status, "：".join(
            ["", *REFUSAL.findall(page)]
        ) if response.status >= HTTPStatus.BAD_REQUEST else ""
    finally:
        web.close()
