"""JPEG and PNG: decoded whole within a bound of pixels, nothing appended."""

from __future__ import annotations

from pathlib import Path

from PIL import ExifTags, Image, ImageFile

from gongkai.files.enums import Kind
from gongkai.files.rules import Refused
from gongkai.files.rules import marked as _

from .archives import has_directory
from .riders import refuse_riders
from .values import BROKEN, TOO_MANY_PIXELS, TWO_KINDS, Inspection

MOST_PIXELS = 50_000_000
Image.MAX_IMAGE_PIXELS = None  # the bound above is kept by this module, which tells the size
_SHOWN = {
    ExifTags.Base.Artist: "author",
    ExifTags.Base.Copyright: "copyright",
    ExifTags.Base.Software: "software",
    ExifTags.Base.Make: "camera",
    ExifTags.Base.Model: "camera_model",
    ExifTags.Base.DateTime: "created",
    ExifTags.Base.ImageDescription: "description",
    ExifTags.Base.HostComputer: "computer",
}
_JPEG_END = b"\xff\xd9"
_PNG_END = b"IEND\xaeB`\x82"


def inspect_picture(path: Path, kind: Kind) -> Inspection:
    """Look into a picture. Raises Refused, and whatever a broken one makes the library raise."""
    if has_directory(path):
        raise Refused(TWO_KINDS, found="ZIP")
    if kind is Kind.PNG and not path.read_bytes().endswith(_PNG_END):
        raise Refused(
            TWO_KINDS if _PNG_END in path.read_bytes() else BROKEN, found=_("图片之后的数据"), kind=kind.label
        )
    if kind is Kind.JPEG:
        refuse_riders(path.read_bytes().rpartition(_JPEG_END)[2])
    found = Inspection(kind)
    with Image.open(path, formats=["JPEG", "PNG"]) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise Refused(TOO_MANY_PIXELS, width=width, height=height, most=MOST_PIXELS // 10_000)
        _metadata(picture, found)
        ImageFile.LOAD_TRUNCATED_IMAGES = False  # the maker of PDF files turns it on for its whole process
        picture.load()
    return found


def _metadata(picture: Image.Image, found: Inspection) -> None:
    exif = picture.getexif()
    for tag, name in _SHOWN.items():
        found.note(name, exif.get(tag))
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    if place:
        found.note("gps", _position(place))
    for key, value in picture.info.items():
        if isinstance(key, str) and isinstance(value, str) and key.lower() not in {"dpi", "gamma"}:
            found.note({"Author": "author", "Software": "software"}.get(key, f"custom: {key}"[:80]), value)


def _position(place: dict[int, object]) -> str:
    try:
        latitude = [float(part) for part in place[2]]  # type: ignore[attr-defined]
        longitude = [float(part) for part in place[4]]  # type: ignore[attr-defined]
        north = sum(part / 60**power for power, part in enumerate(latitude))
        east = sum(part / 60**power for power, part in enumerate(longitude))
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return "GPS"
    return f"{place.get(1, '')}{north:.5f} {place.get(3, '')}{east:.5f}"
