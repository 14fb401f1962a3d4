"""Files that a client sends ahead, and hands in with what it says: the applicant's, or those of an officer's act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.audit.enums import ActorKind
from gongkai.audit.rules import Actor
from gongkai.clients.models import Client
from gongkai.clients.rules import MOST_UPLOADS
from gongkai.files import selectors as kept
from gongkai.files import services as files
from gongkai.workflow.rules import Refused


def program(client: Client) -> Actor:
    """The client as who did something."""
    return Actor(ActorKind.SYSTEM, f"client:{client.pk}")


def upload(*, client: Client, stream: UploadedFile[Any]) -> kept.File:
    """Keep a file for what the client will say; after two days that nothing was made of it, it is swept away.

    Raises `files.rules.Refused` for a file that no form would take, `Refused` where too many lie unused.
    """
    if kept.drafts_by(program(client).id).count() >= MOST_UPLOADS:
        text = _("已有 %(most)d 个上传的文件还没有用。请先用于提交，或者等它们过期（两天）后再传。")
        raise Refused(text % {"most": MOST_UPLOADS})
    return files.keep(stream=stream, name=stream.name or "", owner_kind=kept.DRAFT, actor=program(client))


@transaction.atomic
def hand_in(*, client: Client, uploads: Sequence[UUID], to: Actor) -> None:
    """Give uploads of a client to who brings them. Raises `Refused`, and gives none, unless all are there and unused."""
    wanted = set(uploads)
    if files.pass_on(files=wanted, by=program(client), to=to) != len(wanted):
        raise Refused(_("有的附件不是本客户端上传的，或者已经用过、过期。请重新上传后再提交。"))
