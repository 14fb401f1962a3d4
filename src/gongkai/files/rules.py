"""What may be kept, and under which name: the allow-list, the limits, the cleaning of names. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .enums import Kind

MEGABYTE = 1024 * 1024


def marked(sentence: str) -> str:
    """Marks a sentence for the catalogue of translations; it is translated where it is shown."""
    return sentence


_ = marked


class Refused(Exception):
    """A file that is not kept. `sentence` tells the person what happened and what to do; `values` stand in it.

    `str()` is the sentence in Chinese; a page translates `sentence` and puts the values in.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence % values if values else sentence)
        self.sentence = sentence
        self.values = values


@dataclass(frozen=True)
class Allowed:
    """One kind that may be kept: the extensions it may bear, its media type, its greatest size in bytes."""

    extensions: tuple[str, ...]
    media_type: str
    most: int


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
ALLOWED: dict[Kind, Allowed] = {
    Kind.PDF: Allowed(("pdf",), "application/pdf", 50 * MEGABYTE),
    Kind.DOCX: Allowed(("docx",), f"{_OPEN_XML}.wordprocessingml.document", 30 * MEGABYTE),
    Kind.XLSX: Allowed(("xlsx",), f"{_OPEN_XML}.spreadsheetml.sheet", 30 * MEGABYTE),
    Kind.PPTX: Allowed(("pptx",), f"{_OPEN_XML}.presentationml.presentation", 50 * MEGABYTE),
    Kind.DOC: Allowed(("doc",), "application/msword", 30 * MEGABYTE),
    Kind.XLS: Allowed(("xls",), "application/vnd.ms-excel", 30 * MEGABYTE),
    Kind.ODT: Allowed(("odt",), "application/vnd.oasis.opendocument.text", 30 * MEGABYTE),
    Kind.ODS: Allowed(("ods",), "application/vnd.oasis.opendocument.spreadsheet", 30 * MEGABYTE),
    Kind.OFD: Allowed(("ofd",), "application/ofd", 50 * MEGABYTE),
    Kind.JPEG: Allowed(("jpg", "jpeg"), "image/jpeg", 20 * MEGABYTE),
    Kind.PNG: Allowed(("png",), "image/png", 20 * MEGABYTE),
    Kind.TEXT: Allowed(("txt",), "text/plain", 10 * MEGABYTE),
    Kind.CSV: Allowed(("csv",), "text/csv", 10 * MEGABYTE),
}
BY_EXTENSION = {extension: kind for kind, allowed in ALLOWED.items() for extension in allowed.extensions}
MOST = max(allowed.most for allowed in ALLOWED.values())  # bytes of any upload
# What the person is told may be sent.
ACCEPTED = _("PDF、Word、Excel、PowerPoint、OFD、ODF、JPG、PNG、TXT、CSV")

NOT_ALLOWED = _("不接受扩展名为“.%(extension)s”的文件。可以上传：%(accepted)s。")
NO_EXTENSION = _("文件“%(name)s”没有扩展名，无法确认类型。请加上扩展名（如 .pdf）后再传。")
EMPTY = _("文件“%(name)s”是空的，没有内容。请检查后重新选择。")
TOO_LARGE = _("文件“%(name)s”超过 %(most)s MB，没有保存。请压缩其中的图片，或分成几个文件上传。")

LONGEST = 120  # characters of a name
LONGEST_BYTES = 200  # of a name in UTF-8; file systems stop at 255
UNNAMED = "未命名"
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)")
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*%', "_"))
# What a system might run when a name ends in it, hidden before the last dot.
_RUNNABLE = re.compile(
    r"(?i)\.(?=(?:exe|com|bat|cmd|scr|pif|msi|lnk|js|jse|vbs|vbe|wsf|hta|ps1|jar|php\d?|phtml|asp|aspx|jsp|cgi|pl|py|sh|html?|svg)\.)"
)


@dataclass(frozen=True)
class CleanName:
    """A name that is safe everywhere, and whether it differs from what was sent."""

    text: str
    changed: bool

    @property
    def extension(self) -> str:
        """What follows the last dot, in lower case; "" without one."""
        stem, dot, extension = self.text.rpartition(".")
        return extension.lower() if dot and stem else ""


def clean_name(sent: str) -> CleanName:
    """The name without folders, control and invisible characters, reserved words and excess length.

    The extension stays what it was: a file is never made another kind by its name's cleaning.
    """
    name = unicodedata.normalize("NFC", sent.encode("utf-8", "replace").decode("utf-8"))
    name = re.split(r"[/\\]", name.replace("\0", ""))[-1]
    name = "".join(
        char for char in name if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    )
    name = " ".join(name.translate(_FORBIDDEN).split()).rstrip(". ")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        stem, extension = name, ""
    stem = _RUNNABLE.sub("_", f"{stem}.").rstrip(".") if dot else stem
    stem = stem.strip(". ") or UNNAMED
    if _RESERVED.fullmatch(stem.split(".")[0]):
        stem = f"_{stem}"
    tail = f".{extension[:10]}" if extension else ""
    text = _cut(stem, tail)
    return CleanName(text, text != sent)


def expected_kind(name: CleanName) -> Kind:
    """The kind that a name promises. Raises Refused."""
    if not name.extension:
        raise Refused(NO_EXTENSION, name=name.text)
    kind = BY_EXTENSION.get(name.extension)
    if kind is None:
        raise Refused(NOT_ALLOWED, extension=name.extension, accepted=ACCEPTED)
    return kind


def limit_of(kind: Kind) -> int:
    """The greatest size of a kind, in bytes."""
    return ALLOWED[kind].most


def media_type(kind: Kind) -> str:
    """The media type a kind is served under."""
    return ALLOWED[kind].media_type


def storage_path(sha256: str) -> str:
    """Where a content lies: `ab/cd/abcd…`, from its hexadecimal digest."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _cut(stem: str, tail: str) -> str:
    stem = stem[: LONGEST - len(tail)]
    while len((stem + tail).encode()) > LONGEST_BYTES:
        stem = stem[:-1]
    return stem.rstrip(". ") + tail
