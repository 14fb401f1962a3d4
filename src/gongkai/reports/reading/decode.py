"""Bytes to text, whatever the encoding: UTF-8, UTF-16, GB 18030 (with GBK and GB 2312), Big5."""

from __future__ import annotations

import codecs
import re

from gongkai.reports.reading.model import Unreadable

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_COMMON = frozenset("的政府信息公开年度报告工作申请行区市件开報開為與國務數第一二三四五六")
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_MOST_BROKEN = 0.01
_FEWEST_COMMON = 0.05
_HEAD = 4096


def decode(data: bytes) -> tuple[str, str]:
    """The text and the encoding it was in; raises ``Unreadable`` for bytes that are no text."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, errors="replace"), name
    wide = _wide(data)
    if wide:
        return data.decode(wide, errors="replace"), wide
    if b"\0" in data[:_HEAD]:
        raise Unreadable("这个文件不是文本，也不是能读的格式（纯文本、Markdown、网页、Word docx、PDF）。")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _guess(data)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: the order of bytes in which the words of reports appear."""
    if b"\0" not in data[:_HEAD]:
        return None
    scores = {name: _score(data[:_HEAD].decode(name, errors="replace")) for name in ("utf-16-le", "utf-16-be")}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > _FEWEST_COMMON else None


def _guess(data: bytes) -> tuple[str, str]:
    declared = _DECLARED.search(data[:4096])
    names = ["gb18030", "big5hkscs", *([declared[1].decode("ascii")] if declared else [])]
    best: tuple[float, str, str] | None = None
    for name in ["utf-8", *names]:
        try:
            text = data.decode(name, errors="replace")
        except LookupError:
            continue
        score = _score(text)
        if best is None or score > best[0]:
            best = (score, text, name)
    if best is None or best[1].count("\ufffd") > max(3, len(best[1]) * _MOST_BROKEN):
        raise Unreadable("认不出这个文件的文字编码，请另存为 UTF-8 或 GB18030 后再试。")
    return best[1], best[2]


def _score(text: str) -> float:
    """The share of characters that government texts are full of, less the share of broken ones."""
    if not text:
        return 0.0
    common = sum(1 for c in text if c in _COMMON)
    return (common - 5 * text.count("\ufffd")) / len(text)
