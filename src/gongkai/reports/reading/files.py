"""A file offered for reading: what it is, by its content, and its text."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from gongkai.reports.reading.decode import decode
from gongkai.reports.reading.docx import docx_text
from gongkai.reports.reading.html import html_text
from gongkai.reports.reading.model import Reading, Unreadable
from gongkai.reports.reading.pdf import pdf_text
from gongkai.reports.reading.read import read_text

MOST_BYTES = 20 * 1024 * 1024
MOST_CHARACTERS = 4_000_000
_HTML = re.compile(r"<(?:!doctype\s+html|html|body|table|tr|td|div|p|head|meta)\b", re.IGNORECASE)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_TROUBLES = {
    errno.ENOENT: "没有这个文件，请检查路径。",
    errno.EACCES: "没有权限读取这个文件，请检查权限。",
    errno.EISDIR: "这是文件夹，不是文件。",
    errno.ENOTDIR: "路径中有一段不是文件夹，请检查路径。",
    errno.ELOOP: "这个链接绕成了圈，找不到文件。",
    errno.ENAMETOOLONG: "文件名太长，请检查路径。",
    errno.ENXIO: "这是管道或设备，不是文件。",
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Document:
    """A file as text: ``media`` is text, html, docx or pdf; ``digest`` the SHA-256 of its bytes."""

    name: str
    media: str
    text: str
    encoding: str
    digest: str


def open_document(path: Path) -> Document:
    """Read a file from disk. Raises ``Unreadable`` with a sentence for the person who offered it."""
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Unreadable("这是管道或设备，不是文件。")
            data = file.read(MOST_BYTES + 1)
            size = os.fstat(file.fileno()).st_size
    except OSError as error:
        raise Unreadable(_TROUBLES.get(error.errno or 0, f"打不开这个文件（{error.strerror or error}）。")) from error
    except ValueError as error:
        raise Unreadable("文件名中有不能用的字符。") from error
    if len(data) > MOST_BYTES:
        raise Unreadable(
            f"文件有 {size / 1024 / 1024:.0f} MB，超过 {MOST_BYTES // 1024 // 1024} MB 的上限。"
            "年度报告不会这么大，请只提供报告本身。"
        )
    return document_of(shown_name(path.name), data, path)


def shown_name(name: str) -> str:
    """A file's name that can be printed and kept: without control characters and without bytes that are no text."""
    text = os.fsencode(name).decode("utf-8", errors="replace")
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def _without_waiting(path: str, flags: int) -> int:
    """Open without waiting for somebody at the other end of a pipe."""
    return os.open(path, flags | os.O_NONBLOCK)


def document_of(name: str, data: bytes, path: Path | None = None) -> Document:
    """The document in the bytes. The content decides what it is, not the name."""
    if not data.strip():
        raise Unreadable("文件是空的，没有内容可读。")
    digest = hashlib.sha256(data).hexdigest()
    media, text, encoding = _read(data, path)
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(f"文件有 {len(text):,} 字，超过 {MOST_CHARACTERS:,} 字的上限，没有读取。")
    return Document(name, media, text, encoding, digest)


def _read(data: bytes, path: Path | None) -> tuple[str, str, str]:
    if data.startswith(b"%PDF-") or b"%PDF-" in data[:1024]:
        return "pdf", _pdf(data, path), ""
    if data.startswith(b"PK\x03\x04"):
        return "docx", docx_text(data), ""
    if data.startswith(_OLD_OFFICE):
        raise Unreadable("这是旧版 Word（.doc）或 Excel 文件，请另存为 docx 后再试。")
    if data.startswith(_PICTURES):
        raise Unreadable("这是图片，不是文字，无法读取。请提供文字版的报告。")
    text, encoding = decode(data)
    if _HTML.search(text):
        return "html", html_text(text), encoding
    return "text", text.removeprefix("\ufeff"), encoding


def _pdf(data: bytes, path: Path | None) -> str:
    if path is not None:
        return pdf_text(path)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        copy.write(data)
        copy.flush()
        return pdf_text(Path(copy.name))


def read_document(document: Document) -> list[Reading]:
    """The annual reports in a document. Raises ``Unreadable`` when there is none."""
    readings = read_text(document.text)
    if not readings:
        raise Unreadable(
            "没有认出政府信息公开工作年度报告：既没有年度报告的标题和章节，也没有表三、表四。请确认文件是否选对。"
        )
    return readings
