"""Figures for download: CSV for a spreadsheet, JSON for a program. Anyone may use them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.reports import selectors

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        return value


def safe_cell(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _lines(rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([safe_cell(cell) for cell in row])


def _csv(rows: Iterable[tuple[Any, ...]], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@require_safe
def all_csv(_request: HttpRequest) -> StreamingHttpResponse:
    """Every cell of every report, streamed."""
    return _csv(selectors.figure_rows(), "annual-reports")


@require_safe
def report_csv(_request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """Every cell of one report."""
    if not selectors.exists(slug):
        raise Http404(_("没有这份年度报告。"))
    return _csv(selectors.figure_rows(slug), slug)


@require_safe
def report_json(_request: HttpRequest, slug: str) -> HttpResponse:
    """One report with its relations, as `gongkai report audit --json` prints it."""
    record = selectors.record_of(slug)
    if record is None:
        raise Http404(_("没有这份年度报告。"))
    text = json.dumps(record, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.json"'
    return response
