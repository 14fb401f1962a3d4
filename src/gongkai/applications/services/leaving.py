"""Before a reply leaves: its files are looked through, findings are let pass by name, PDFs are redacted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.db import transaction

from gongkai.applications import selectors
from gongkai.applications.flow import binding
from gongkai.applications.models import Application, LetPass, Redaction, Screened
from gongkai.applications.selectors.leaving import published_of
from gongkai.audit import services as audit
from gongkai.files import selectors as kept
from gongkai.files import services as files
from gongkai.files.rules import Refused as Unreadable
from gongkai.screening import services as screening
from gongkai.screening.rules.boxes import Box
from gongkai.workflow.rules import Doer, Refused

from .reckoning import noted

EDITORS = frozenset({"officer", "disclosure_office"})
RESPONSIBLE = frozenset({"section_chief", "disclosure_office", "secrecy_reviewer"})
IN_THE_MAKING = frozenset({"registered", "proposed"})


def screen_given(application: Application) -> int:
    """Look through every file given with the reply that was not looked through yet; how many. It may take seconds each.

    A file that cannot be read safely has no result, and so does not leave. Raises `Refused` with the reason.
    """
    known = dict(Screened.objects.filter(application=application).values_list("file", "sha256"))
    done = 0
    for file in kept.of_owner(selectors.GIVEN, application.pk):
        if known.get(file.pk) == file.sha256:
            continue
        try:
            found = screening.screen(source=file, name=file.name, allowed=published_of(application))
        except Unreadable as error:
            raise Refused(f"“{file.name}”无法检查：{error}") from error
        Screened.objects.update_or_create(
            application=application, file=file.pk, defaults={"sha256": file.sha256, "result": found.as_json()}
        )
        done += 1
    return done


def case_of(pk: int) -> Application:
    """A case by its key, with its organ at hand."""
    return Application.objects.select_related("organ").get(pk=pk)


def let_pass(*, pk: int, by: Doer, user_id: int, sha256: str, finding: str, why: str) -> None:
    """Let one finding leave, by name and with a reason; who proposed the reply does not."""
    with transaction.atomic():
        row = _in_the_making(pk, by, RESPONSIBLE, "放行由科室负责人、公开工作机构负责人或者保密审查员办理。")
        if row.decided_by_id == user_id:
            raise Refused("拟稿人不能放行自己的答复。请由另一位负责人办理。")
        if not why.strip():
            raise Refused("请写明放行的理由，每一处都要有。")
        gates = [one.gate for one in selectors.leaving(row) if one.screening and one.screening.sha256 == sha256]
        if not any(found.key == finding for gate in gates if gate for found in gate.open_findings):
            raise Refused("这一处已经处理，或者文件已经更换。请刷新页面。")
        LetPass.objects.create(application=row, sha256=sha256, finding=finding, by_id=user_id, why=why.strip()[:500])
        _record(row, by, "applications.let_pass", sha256=sha256, finding=finding, why=why.strip()[:500])


def redact(*, pk: int, by: Doer, user_id: int, file: UUID, boxes: Sequence[Box], today: date) -> Redaction:
    """Art. 37: a copy in which what the boxes hide is no more takes the place of a file.

    Burning takes seconds, so no row is locked meanwhile.
    """
    source = next((found for found in kept.of_owner(selectors.GIVEN, pk) if found.pk == file), None)
    if source is None or not boxes:
        raise Refused("这一文件已不在答复中，或者没有画遮盖框。请刷新页面。")
    with TemporaryDirectory() as folder:
        target = Path(folder) / "redacted.pdf"
        try:
            screening.burn(source=source, boxes=boxes, target=target, day=today)
        except Unreadable as error:
            raise Refused(f"没有遮盖：{error}") from error
        content = target.read_bytes()
    with transaction.atomic():
        row = _in_the_making(pk, by, EDITORS, "遮盖由承办人在办理中进行。")
        if not any(found.pk == file for found in kept.of_owner(selectors.GIVEN, pk)):
            raise Refused("这一文件刚刚被更换。请刷新页面。")
        made = files.keep_own(
            content=content, name=_name(source.name), owner_kind=selectors.GIVEN, owner_id=pk, organ=row.organ.code
        )
        files.hand_over(file=source, owner_kind=selectors.REDACTED, owner_id=pk, actor=by.actor)
        plain = [box.as_json() for box in boxes]
        found = Redaction.objects.create(
            application=row, source=source.pk, result=made.pk, boxes=plain, by_id=user_id, on=today
        )
        noted(row, "redact", today, number=made.name, boxes=len(boxes))
        _record(row, by, "applications.redact", source=source.sha256, result=made.sha256, boxes=len(boxes))
    return found


def _in_the_making(pk: int, by: Doer, roles: frozenset[str], sentence: str) -> Application:
    row = Application.objects.select_for_update().select_related("organ").get(pk=pk)
    if row.state not in IN_THE_MAKING or not roles & set(by.roles_in(row.organ.code)):
        raise Refused(sentence)
    return row


def _record(row: Application, by: Doer, act: str, **facts: object) -> None:
    audit.record(
        act=act, actor=by.actor, organ=row.organ.code, object_kind=binding().kind, object_id=row.pk, facts=facts
    )


def _name(name: str) -> str:
    stem = Path(name).stem
    return f"{stem.removesuffix('（已遮盖）')}（已遮盖）.pdf"
