"""Figures for download: CSV for a spreadsheet, JSON for a program. Anyone may use them."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterable
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongkai.reports import selectors
from gongkai.ui.http import read_only
from gongkai.ui.sheets import safe_cell

_IN_MEMORY = 1_000_000  # bytes; a larger file waits on disk


def _csv(rows: Iterable[tuple[Any, ...]], name: str) -> FileResponse:
    """The rows as a file of known length, so that a download cut short cannot pass for a whole one."""
    spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the response closes it
    words = io.TextIOWrapper(spool, encoding="utf-8-sig", newline="", write_through=True)
    csv.writer(words).writerows([safe_cell(cell) for cell in row] for row in rows)
    words.detach()
    size = spool.tell()
    spool.seek(0)
    response = FileResponse(spool, as_attachment=True, filename=f"{name}.csv", content_type="text/csv; charset=utf-8")
    response["Content-Length"] = str(size)
    return response


@read_only
def all_csv(_request: HttpRequest) -> FileResponse:
    """Every cell of every report, streamed."""
    return _csv(selectors.figure_rows(), "annual-reports")


@read_only
def report_csv(_request: HttpRequest, slug: str) -> FileResponse:
    """Every cell of one report."""
    if not selectors.exists(slug):
        raise Http404(_("没有这份年度报告。"))
    return _csv(selectors.figure_rows(slug), slug)


@read_only
def report_json(_request: HttpRequest, slug: str) -> HttpResponse:
    """One report with its relations, as `gongkai report audit --json` prints it."""
    record = selectors.record_of(slug)
    if record is None:
        raise Http404(_("没有这份年度报告。"))
    text = json.dumps(record, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.json"'
    return response
