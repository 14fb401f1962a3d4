"""Published annual reports as the search tells them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongkai.reports.models import Report
from gongkai.reports.selectors.lines import line_of
from gongkai.search.rules import Entry

NAME = "reports"
KIND = "report"
WEIGHT = 3.0
_MOST_TEXT = 200_000  # signs


class ReportSource:
    """Each report as one entry, with the text it was read from; dated by the end of the year it tells of."""

    def entries(self, keys: Collection[str]) -> Iterator[Entry]:
        for report in Report.objects.filter(slug__in=list(keys)).select_related("source"):
            line = line_of(report)
            organ, year = line.organ, line.year
            spoken = (
                f"{organ}{year}年年报",
                f"{organ}{year}年年度报告",
                f"{organ}{year}年报",
                f"{organ}年报",
                "annual report",
            )
            yield Entry(
                id=f"{NAME}:{report.slug}",
                kind=KIND,
                title=line.title,
                url=reverse("reports:report", args=[report.slug]),
                organ=line.organ_code,
                organ_name=organ,
                date=f"{year}-12-31",
                keywords=spoken,
                summary=f"{organ} {year}",
                body=report.source.text[:_MOST_TEXT] if report.source else "",
                weight=WEIGHT,
            )

    def keys(self) -> Iterator[str]:
        yield from Report.objects.order_by("pk").values_list("slug", flat=True).iterator()

    def version(self) -> str:
        return "1"


def labels() -> Mapping[str, Mapping[str, str]]:
    """What the values of the facets are called."""
    return {"kind": {KIND: str(_("年度报告"))}}
