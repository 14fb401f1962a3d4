"""What stands behind the end of a file, and would make it something else to another program."""

from __future__ import annotations

import re

from gongkai.files.rules import Refused
from gongkai.files.rules import marked as _

from .values import TWO_KINDS

_MARKS = {
    "ZIP": re.compile(rb"PK\x03\x04"),
    "PDF": re.compile(rb"%PDF-\d"),
    _("网页或脚本"): re.compile(rb"(?i)<(?:!doctype|html|script|svg|\?php)"),
    _("程序"): re.compile(rb"(?s)MZ.{30,1000}?PE\0\0|\x7fELF"),
}


def refuse_riders(behind: bytes) -> None:
    """Refuse bytes without a place in the file that are a file of their own. Raises Refused."""
    for name, mark in _MARKS.items():
        if mark.search(behind):
            raise Refused(TWO_KINDS, found=name)
