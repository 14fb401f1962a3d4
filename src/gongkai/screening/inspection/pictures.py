"""What a picture tells besides what it shows."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import ExifTags, Image, UnidentifiedImageError

from gongkai.files.rules import marked as _
from gongkai.screening.enums import FindingKind, Severity
from gongkai.screening.rules.findings import WHOLE_FILE, Place

from .collecting import Collector

IN_PICTURE = _("图片的附带信息")
_TEXTS = ("Comment", "comment", "XML:com.adobe.xmp", "Description", "Author", "Title", "Copyright")


def read_picture(path: Path, found: Collector) -> None:
    """Where it was taken, what its maker wrote into it; its own words are not read."""
    with Image.open(path, formats=["JPEG", "PNG"]) as picture:
        texts = [value for key, value in picture.info.items() if key in _TEXTS]
        texts += [value for value in picture.getexif().values() if isinstance(value, str | bytes)]
    if position_of(path.read_bytes()):
        found.tell(FindingKind.POSITION, Place(IN_PICTURE))
    for text in texts:
        found.read(text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text), Place(IN_PICTURE))
    found.tell(FindingKind.NOT_READ, Place(WHOLE_FILE), Severity.WARN, "图片里的文字")


def position_of(data: bytes) -> bool:
    """Whether a picture says where it was taken, in its EXIF or in its XMP."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.getexif().get_ifd(ExifTags.IFD.GPSInfo):
                return True
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, KeyError):
        return False
    return b"exif:GPSLatitude" in data
