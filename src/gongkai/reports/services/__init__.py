"""Acts of this context, by noun: published reports, drafts, filings."""

from gongkai.reports.reading.model import Unreadable
from gongkai.reports.services.drafting import enter_figures
from gongkai.reports.services.exporting import draft_as_word
from gongkai.reports.services.filing import correct, discard, file_report, publish, send_back, submit
from gongkai.reports.services.publishing import (
    Published,
    Refused,
    publish_document,
    publish_reading,
    recheck,
)

__all__ = [
    "Published",
    "Refused",
    "Unreadable",
    "correct",
    "discard",
    "draft_as_word",
    "enter_figures",
    "file_report",
    "publish",
    "publish_document",
    "publish_reading",
    "recheck",
    "send_back",
    "submit",
]
