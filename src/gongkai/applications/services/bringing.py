"""Files that come with what an applicant says."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from gongkai.applications import selectors
from gongkai.applications.models import Application
from gongkai.audit.rules import VISITOR, Actor
from gongkai.files import services as files


def bring(row: Application, attachments: Sequence[UUID], by: Actor | None = None) -> int:
    """Give drafts of uploads to a case; `by` is who uploaded them, a visitor of the portal when nobody is named."""
    if not attachments:
        return 0
    found = files.claim(
        files=attachments,
        owner_kind=selectors.BROUGHT,
        owner_id=row.pk,
        organ=row.organ.code,
        actor=by or VISITOR,
    )
    return len(found)
