"""Reads of this context, as plain values: the shelf, one report, series over years, comparisons."""

from gongkai.reports.reading.model import Figure, Reading
from gongkai.reports.selectors.addresses import Address, addresses, last_changes
from gongkai.reports.selectors.comparison import MOST as MOST_COMPARED
from gongkai.reports.selectors.comparison import Comparison, compare
from gongkai.reports.selectors.drafts import Draft, draft_of, entered
from gongkai.reports.selectors.filings import Review, cell_of, filing, filings, review_of
from gongkai.reports.selectors.lines import (
    ReportLine,
    Shelf,
    choices,
    for_organ,
    for_words,
    latest_published,
    series,
    shelf,
    shelf_counts,
    years,
)
from gongkai.reports.selectors.page import ReportPage, page_of, text_parts
from gongkai.reports.selectors.records import figure_rows, record_of
from gongkai.reports.selectors.stored import exists, key_of, known_digests, standing, year_after, year_before

__all__ = [
    "MOST_COMPARED",
    "Address",
    "Comparison",
    "Draft",
    "Figure",
    "Reading",
    "ReportLine",
    "ReportPage",
    "Review",
    "Shelf",
    "addresses",
    "cell_of",
    "choices",
    "compare",
    "draft_of",
    "entered",
    "exists",
    "figure_rows",
    "filing",
    "filings",
    "for_organ",
    "for_words",
    "key_of",
    "known_digests",
    "last_changes",
    "latest_published",
    "page_of",
    "record_of",
    "review_of",
    "series",
    "shelf",
    "shelf_counts",
    "standing",
    "text_parts",
    "year_after",
    "year_before",
    "years",
]
