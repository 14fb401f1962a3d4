"""An annual report is uploaded, read, set right where the reader was wrong, and published by somebody else."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from gongkai.audit import services as audit
from gongkai.files import services as files
from gongkai.organisations import selectors as organisations
from gongkai.reports.codec import to_data
from gongkai.reports.filing import OWNER, binding
from gongkai.reports.models import Correction, Filing
from gongkai.reports.reading.files import document_of, read_document
from gongkai.reports.reading.segments import organ_key
from gongkai.reports.rules import corrections
from gongkai.reports.rules.corrections import Place
from gongkai.workflow import services as workflow
from gongkai.workflow.rules import Doer, Refused, Rule

from . import publishing


def file_report(*, upload: UploadedFile[Any], organ: str, by: Doer) -> list[Filing]:
    """Keep an uploaded report, read it, and put each report found into review.

    Raises `files.rules.Refused` for a file that is not taken, `Unreadable` for one without a report, `Refused` for a
    report of another organ: each with a sentence for the person who uploaded it.
    """
    upload.seek(0)
    document = document_of(upload.name or "report", upload.read())
    readings = read_document(document)
    found = organisations.by_code(organ)
    for reading in readings:
        if found is None or not reading.organ or not _same(reading.organ, found.name):
            raise Refused(
                f"文件是“{reading.organ or '（机关未认出）'}”的年度报告，不是“{found.name if found else organ}”的。"
                "请换一个文件，或者改选机关。"
            )
    kept = files.keep(
        stream=upload, name=upload.name or "report", owner_kind=OWNER, owner_id=organ, organ=organ, actor=by.actor
    )
    with transaction.atomic():
        source = publishing.source_of(document)
        rows = [
            Filing.objects.create(
                organ=organ,
                source=source,
                file_id=kept.pk,
                original=to_data(reading),
                reading=to_data(reading),
                filed_by=by.actor.id,
            )
            for reading in readings
        ]
        for row in rows:
            audit.record(
                act="filings.file",
                actor=by.actor,
                organ=organ,
                object_kind=binding().kind,
                object_id=row.pk,
                facts={"sha256": document.digest},
            )
    return rows


def _same(read: str, name: str) -> bool:
    found = organisations.find_by_name(read)
    return organ_key(found.name if found else read) == organ_key(name)


def correct(*, pk: int, by: Doer, version: int, key: str, where: Place, text: str, reason: str) -> Filing:
    """Set one figure right, with the reason. Raises `Refused`; before and after stand in the record."""

    def change(row: Filing, rule: Rule) -> dict[str, object]:
        if not reason.strip():
            raise Refused("请写明更正的理由，例如“原文为 45，读作 54”。")
        try:
            value, before = corrections.figure(text), corrections.figure_at(row.figures, where)
            row.reading = to_data(corrections.corrected(row.figures, where, value))
        except corrections.NoFigure as error:
            raise Refused(str(error)) from error
        except corrections.NoSuchCell as error:
            raise Refused("这份报告没有这一格。请返回重新选择。") from error
        was = "" if before.value is None else str(before.value)
        Correction.objects.create(
            filing=row,
            table=where.table,
            row=where.row,
            column=where.column,
            before=was,
            after=str(value),
            reason=reason.strip()[:300],
            by=by.actor.id,
        )
        return {"cell": where.text, "before": was, "after": str(value)}

    return _act(pk, "correct", by, version, key, change)


def submit(*, pk: int, by: Doer, version: int, key: str) -> Filing:
    """Hand the reviewed report over to whoever publishes it."""

    def change(row: Filing, rule: Rule) -> dict[str, object]:
        row.submitted_by = by.actor.id
        return {}

    return _act(pk, "submit", by, version, key, change)


def send_back(*, pk: int, by: Doer, version: int, key: str) -> Filing:
    """Hand it back to be looked at once more."""
    return _act(pk, "send_back", by, version, key, None)


def publish(*, pk: int, by: Doer, version: int, key: str, replace: bool = False) -> Filing:
    """Put the report on the public shelf. Not by who submitted it; a standing report is only replaced when told to."""

    def change(row: Filing, rule: Rule) -> dict[str, object]:
        if row.submitted_by == by.actor.id:
            raise Refused("送审和公布不得为同一人。请由另一位负责人公布。")
        count = row.corrections.count()
        note = f"据上传的文件读出，更正 {count} 处。" if count else "据上传的文件读出。"
        try:
            done = publishing.publish_reading(reading=row.figures, source=row.source, note=note, replace=replace)
        except publishing.Refused as error:
            raise Refused(str(error)) from error
        row.slug = done.report.slug
        return {"slug": row.slug, "outcome": done.outcome, "corrections": count}

    return _act(pk, "publish", by, version, key, change)


def discard(*, pk: int, by: Doer, version: int, key: str) -> Filing:
    """Let it be: the file and what was read stay in the record, nothing is published."""
    return _act(pk, "discard", by, version, key, None)


def _act(pk: int, act: str, by: Doer, version: int, key: str, change: Any) -> Filing:
    row: Filing = workflow.act(binding=binding(), pk=pk, act=act, by=by, version=version, key=key, change=change)
    return row
