"""Publish a report that was read; check it again."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.organisations.selectors import find_by_name
from gongkai.reports.codec import same_figures, to_data
from gongkai.reports.enums import Scope, Severity
from gongkai.reports.models import Report, ReportFinding, SourceText
from gongkai.reports.reading.files import Document
from gongkai.reports.reading.model import Reading
from gongkai.reports.rules.check import check
from gongkai.reports.rules.finding import Finding
from gongkai.reports.rules.quantities import known
from gongkai.reports.searching import NAME as SEARCHED_AS
from gongkai.reports.selectors import key_of, year_after, year_before
from gongkai.search import services as search

_LONGEST_SIDE = 100
_LONGEST_NAME = 100
_DIGEST = 10
_LARGEST = 2**31 - 1
_YEARS = range(1990, 2201)
_KEY_FIGURES = {
    "new_received": "received",
    "carried_in": "carried_in",
    "handled_total": "answered",
    "carried_over": "carried_over",
}


class Refused(Exception):
    """A report that cannot be published as it is. The message is for the person who offered it."""


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a report: ``created``, ``replaced``, ``text added`` (same figures) or ``unchanged``."""

    report: Report
    outcome: str


def publish_document(*, document: Document, readings: list[Reading], replace: bool = False) -> list[Published]:
    """Publish every report of a document, all or none. Publishing the same document again changes nothing.

    Raises ``Refused`` when a report lacks its organ or year, or stands already with other figures and ``replace``
    was not asked for.
    """
    with transaction.atomic():
        source = source_of(document)
        return [publish_reading(reading=r, source=source, replace=replace) for r in readings]


def source_of(document: Document) -> SourceText:
    """The document's text as it is kept: once for the same bytes."""
    facts = {
        "name": document.name[:255],
        "media": document.media,
        "encoding": document.encoding,
        "text": document.text.replace("\0", "\ufffd"),
    }
    return SourceText.objects.get_or_create(digest=document.digest, defaults=facts)[0]


def publish_reading(
    *, reading: Reading, source: SourceText | None = None, note: str = "", replace: bool = False
) -> Published:
    """Publish one report: check it, and check next year's again if that stands already."""
    year = _plausible_year(reading)
    data = to_data(reading)
    key = key_of(reading.organ)
    with transaction.atomic():
        existing = _existing(key, reading.scope, year)
        if existing is not None:
            return _again(existing, reading, data, source=source, note=note, replace=replace)
        report = Report(organ_key=key, scope=reading.scope.value, year=year, published_at=timezone.now())
        _fill(report, reading, data, source=source, note=note)
        report.slug = _slug(report)
        try:
            with transaction.atomic():
                report.save(force_insert=True)
        except IntegrityError:
            winner = _existing(key, reading.scope, year)
            if winner is not None:
                return _again(winner, reading, data, source=source, note=note, replace=replace)
            report.slug = _slug(report)  # another report took the address in the meantime
            report.save(force_insert=True)
        search.touch(SEARCHED_AS, [report.slug])
        _recheck_with_neighbour(report)
    return Published(report, "created")


def _plausible_year(reading: Reading) -> int:
    """The year of a report that can be published; `Refused` for one without organ or year, or an implausible one."""
    if not reading.organ or reading.year is None:
        lacking = "编制机关" if not reading.organ else "报告年度"
        raise Refused(f"没有认出{lacking}，不能公布。请在文件标题中写明“××（机关）××××年政府信息公开工作年度报告”。")
    if reading.year not in _YEARS:
        raise Refused(f"报告年度认作 {reading.year} 年，不合理，不能公布。请核对文件标题中的年度。")
    if len(reading.organ) > _LONGEST_NAME:
        raise Refused(
            f"编制机关的名称认作“{reading.organ[:20]}……”，长达 {len(reading.organ)} 字，不合理。请核对文件标题。"
        )
    return reading.year


def _existing(key: str, scope: Scope, year: int) -> Report | None:
    return Report.objects.select_for_update().filter(organ_key=key, scope=scope.value, year=year).first()


def _again(
    report: Report, reading: Reading, data: dict[str, object], *, source: SourceText | None, note: str, replace: bool
) -> Published:
    same_text = source is None or report.source_id == source.pk
    if same_text and (report.reading == data or (source is None and report.source_id is not None and not replace)):
        return Published(report, "unchanged")
    adds_text = report.source_id is None and same_figures(report.figures, reading)
    if not replace and not adds_text:
        raise Refused(
            f"{report.organ_name} {report.year} 年度的报告已经公布，与本文件不同。"
            "如要更正，请选择替换（命令行加 --replace）后重新公布；原报告的版次会加一。"
        )
    outcome = "text added" if adds_text else "replaced"
    _fill(report, reading, data, source=source or report.source, note=note or report.source_note)
    report.version += outcome == "replaced"
    report.save()
    search.touch(SEARCHED_AS, [report.slug])
    _recheck_with_neighbour(report)
    return Published(report, outcome)


def _fill(report: Report, reading: Reading, data: dict[str, object], *, source: SourceText | None, note: str) -> None:
    organ = find_by_name(reading.organ)
    report.organ_name = reading.organ[:100]
    report.organ_code = organ.code if organ else ""
    report.form = reading.form.value
    report.title = reading.title[:200]
    report.reading = data
    report.source = source
    report.source_note = note
    for field, kind in _KEY_FIGURES.items():
        setattr(report, field, _count(known(reading, kind)))


def _count(value: Decimal | None) -> int | None:
    """A figure for lists and charts; one that no column of the database holds stays in the reading only."""
    return int(value) if value is not None and 0 <= value <= _LARGEST else None


def _slug(report: Report) -> str:
    """The report's address: the organ's code in the directory, or a digest of its name, and the year."""
    base = report.organ_code or f"organ-{hashlib.sha256(report.organ_key.encode()).hexdigest()[:_DIGEST]}"
    slug = f"{base}-{report.year}"
    return f"{slug}-{report.scope}" if Report.objects.filter(slug=slug).exists() else slug


def _recheck_with_neighbour(report: Report) -> None:
    recheck(report=report)
    following = year_after(report)
    if following is not None:
        recheck(report=following)


def recheck(*, report: Report) -> None:
    """Check a report afresh against the law as it stands and against last year's report."""
    before = year_before(report)
    findings = check(report.figures, before.figures if before else None)
    counts = Counter(f.severity for f in findings if not f.holds)
    with transaction.atomic():
        ReportFinding.objects.filter(report=report).delete()
        ReportFinding.objects.bulk_create([_row(report, order, f) for order, f in enumerate(findings)])
        report.checked = len(findings)
        report.errors = counts[Severity.ERROR]
        report.warnings = counts[Severity.WARNING]
        report.notes = counts[Severity.INFORMATION]
        report.save(update_fields=["checked", "errors", "warnings", "notes", "updated_at"])


def _row(report: Report, order: int, finding: Finding) -> ReportFinding:
    return ReportFinding(
        report=report,
        order=order,
        relation=finding.relation.value,
        where=dict(finding.where),
        left="" if finding.left is None else str(finding.left)[:_LONGEST_SIDE],
        right="" if finding.right is None else str(finding.right)[:_LONGEST_SIDE],
        holds=finding.holds,
        severity=finding.severity.value if finding.severity else "",
        text=finding.text,
        cause=finding.cause,
        start=finding.span.start if finding.span else None,
        end=finding.span.end if finding.span else None,
    )
