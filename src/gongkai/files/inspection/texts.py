"""Plain text and CSV: a known encoding, no markup, no bytes of a program."""

from __future__ import annotations

import re
from pathlib import Path

from gongkai.files.enums import Kind
from gongkai.files.rules import Refused

from .archives import has_directory
from .values import MARKUP, NOT_TEXT, TWO_KINDS, Inspection

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MARKUP = re.compile(r"(?i)<(!doctype|html|script|svg|body|iframe|\?xml|\?php|%)")
_PDF = re.compile(rb"(?m)^%PDF-\d")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_FORMULA = re.compile(r"(?m)(?:^|[,;\t]\"?)(?:[=@]|[+-](?![\d.,;\s\"]|$))")


def inspect_text(path: Path, kind: Kind) -> Inspection:
    """Look into a text. Raises Refused."""
    if has_directory(path):
        raise Refused(TWO_KINDS, found="ZIP")
    data = path.read_bytes()
    if _PDF.search(data):
        raise Refused(TWO_KINDS, found="PDF")
    text, encoding = decode(data)
    if text.startswith("#!") or _MARKUP.search(text[:4096]):
        raise Refused(MARKUP)
    found = Inspection(kind, encoding=encoding)
    if kind is Kind.CSV and (formulas := len(_FORMULA.findall(text))):
        found.remains["formulas"] = formulas
    return found


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding: UTF-8, UTF-16 with its mark, or GB 18030. Raises Refused."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text, encoding
    raise Refused(NOT_TEXT)
