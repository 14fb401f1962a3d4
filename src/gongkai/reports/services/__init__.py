"""Acts of this context, by noun: published reports, drafts, filings."""

from collections.abc import Sequence

from gongkai.reports.reading.model import Reading, Unreadable
from gongkai.reports.services.drafting import enter_figures
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


def draft_as_word(draft: Reading, *, remarks: Sequence[str] = ()) -> bytes:
    """The Word file. `remarks`: sentences for the last chapter that the program can say, such as that on fees."""
    from gongkai.reports.services import exporting  # noqa: PLC0415 - python-docx takes a tenth of a second to load

    return exporting.draft_as_word(draft, remarks=remarks)
