"""What a client does with applications: as the applicant's messenger, or as an officer of its organ.

Each is an act of the applications themselves; beside it stands in the same transaction which program did it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.applications import services as applications
from gongkai.applications.rules.flow import flow
from gongkai.applications.selectors import Application
from gongkai.audit import services as audit
from gongkai.audit.rules import VISITOR
from gongkai.clients.models import Brought, Client
from gongkai.clients.rules import Reused, digest, own_key
from gongkai.workflow import selectors as workflow
from gongkai.workflow.rules import Refused

from .uploading import hand_in, program

OBJECT = "clients.client"


@transaction.atomic
def submit(
    *,
    client: Client,
    draft: applications.Draft,
    key: str,
    content: Mapping[str, object],
    attachments: Sequence[UUID] = (),
) -> tuple[applications.Receipt, bool]:
    """Take an application in that a client brings; whether it is new. The same key again gives the same receipt.

    Raises `Reused` when the key came before with another content, `Refused` as `applications.services.submit` does.
    """
    mine, sum_ = own_key(client.key, key), digest(content)
    before = Brought.objects.filter(client=client, key=mine).first()
    if before is not None and before.content != sum_:
        raise Reused(_("这一提交标识（Idempotency-Key）已用于另一份内容。新的申请请用新的标识。"))
    came = Brought.objects.filter(client=client, key=mine)
    _hand_in(client, attachments, came.exists)
    receipt = applications.submit(draft=draft, key=mine, attachments=attachments)
    row, new = Brought.objects.get_or_create(
        application=receipt.application, defaults={"client": client, "key": mine, "content": sum_}
    )
    if row.content != sum_:
        raise Reused(_("这一提交标识（Idempotency-Key）已用于另一份内容。新的申请请用新的标识。"))
    if new:
        _record(client, receipt.application, "submit")
    return receipt, new


@transaction.atomic
def supplement(
    *, client: Client, application: Application, key: str, text: str, today: date, attachments: Sequence[UUID] = ()
) -> Application:
    """The applicant supplements, through the client that brought the application. Art. 30: only within the term."""
    if not text.strip():
        raise Refused(_("请写明补正的内容。"))
    mine = own_key(client.key, key)
    _hand_in(client, attachments, lambda: workflow.performed(flow=flow().name, key=mine) is not None)
    done = applications.supplement(
        pk=application.pk,
        by=applications.applicant_of(application),
        version=application.version,
        key=mine,
        today=today,
        text=text,
        attachments=attachments,
    )
    if done.version > application.version:
        _record(client, done, "supplement")
    return done


@transaction.atomic
def withdraw(*, client: Client, application: Application, key: str, today: date) -> Application:
    """The applicant takes the application back, through the client that brought it."""
    done = applications.withdraw(application=application, key=own_key(client.key, key), today=today)
    if done.version > application.version:
        _record(client, done, "withdraw")
    return done


@transaction.atomic
def act(*, client: Client, application: Application, name: str, do: Callable[[], Application]) -> None:
    """An officer's act through a client. `do` is the act itself; which program did it stands in its own row.

    A submission that arrives again does nothing, and nothing is written of it.
    """
    if do().version > application.version:
        _record(client, application, "act", act=name, officer=client.officer_id)


def read_letter(*, client: Client, application: Application, letter: int) -> None:
    """A paper names who applied, so that a program reads it is recorded."""
    _record(client, application, "read_letter", letter=letter)


def _hand_in(client: Client, attachments: Sequence[UUID], came_before: Callable[[], bool]) -> None:
    """Uploads are the applicant's from now on, unless this very submission gave them before."""
    if not attachments or came_before():
        return
    try:
        hand_in(client=client, uploads=attachments, to=VISITOR)
    except Refused:
        if not came_before():  # the same submission arrived twice at once, and the other was first
            raise


def _record(client: Client, application: Application, verb: str, **facts: object) -> None:
    audit.record(
        act=f"clients.{verb}",
        actor=program(client),
        organ=application.organ.code,
        object_kind="applications.application",
        object_id=application.pk,
        facts={"number": application.number, **facts},
    )
