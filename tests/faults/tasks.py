"""Tasks of a run. Each writes down that it was begun; one then does what an officer and a chief would do."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskContext, task

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.accounts.models import User
from gongkai.accounts.rules import Standing
from gongkai.applications import services
from gongkai.applications.enums import Review
from gongkai.applications.models import Application
from gongkai.applications.services import letters
from gongkai.audit.rules import SYSTEM
from gongkai.catalogue import services as library
from gongkai.catalogue.models import Item
from gongkai.workflow.rules import Outside

PEOPLE = {
    "officer": Role.OFFICER,
    "reviewer": Role.SECRECY_REVIEWER,
    "chief": Role.SECTION_CHIEF,
    "lawyer": Role.LEGAL_REVIEWER,
    "department": Role.COMPETENT_DEPARTMENT,
    "office": Role.DISCLOSURE_OFFICE,
}


def begun() -> Path:
    """The file that holds the id of a task for each time it was begun."""
    return Path(settings.DATA_DIR) / "begun.txt"


def standing(name: str) -> Standing:
    """What one of the people holds."""
    return accounts.standing(User.objects.get(username=name), timezone.localdate())


def _write_down(context: TaskContext) -> None:
    handle = os.open(begun(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(handle, f"{context.task_result.id}\n".encode())
    os.close(handle)


@task(takes_context=True)
def probe(context: TaskContext) -> None:
    """Nothing but being run."""
    _write_down(context)


@task(takes_context=True)
def keep_letters(context: TaskContext) -> None:
    """The minute's sweep for letters that are not kept yet, which takes a second or two for each: one a time."""
    _write_down(context)
    letters.keep_letters(most=1)


@task(takes_context=True)
def handle(context: TaskContext, key: str, *, deliver: bool) -> None:
    """Take one application from its registration to the signature, or to its seal and delivery; again changes nothing."""
    _write_down(context)
    today = timezone.localdate()
    officer, reviewer, chief = (standing(name) for name in ("officer", "reviewer", "chief"))
    row = Application.objects.get(key=key)

    def who(act: str, by: Any) -> dict[str, Any]:
        return {"pk": row.pk, "by": by, "version": row.version, "key": f"{key}-{act}", "today": today}

    row = services.register(**who("register", officer), day=today, handler_id=officer.user_id)
    row = services.decide(
        **who("decide", officer), kind="provided", contents={"ways": "随本答复提供"}, user_id=officer.user_id
    )
    row = services.pass_review(
        **who("pass_secrecy", reviewer), review=Review.SECRECY, user_id=reviewer.user_id, opinion=""
    )
    row = services.sign(**who("sign", chief), user_id=chief.user_id)
    if deliver:
        program = Outside(SYSTEM, frozenset({"system"}))
        row = services.seal(**who("seal", program))
        services.deliver(**who("deliver", officer), sent_on=today, proof="网上送达")


@task(takes_context=True)
def release_all(context: TaskContext, keys: list[str]) -> None:
    """Release a pile of items that have passed, one after the other; what was released already stays as it is."""
    _write_down(context)
    office = standing("office")
    for key in keys:
        item = Item.objects.get(key=f"desk-{key}")
        by: dict[str, Any] = {"by": office, "user_id": office.user_id, "now": timezone.now()}
        library.release(pk=item.pk, version=item.version, key=f"{key}-release", **by)


@task(takes_context=True)
def take_in(context: TaskContext, rows: list[dict[str, Any]]) -> None:
    """Take in a pile of items that were published before: all of them or none; again changes nothing."""
    _write_down(context)
    found = library.receive(rows, actor=SYSTEM, today=timezone.localdate())
    if found.faults:
        raise ValueError(found.faults)
