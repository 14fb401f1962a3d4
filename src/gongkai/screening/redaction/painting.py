"""The picture of a page with its boxes painted black, each with its ground in white where there is room."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFont

from gongkai.screening.rules.boxes import Box

_LEAST = 10  # pixels of a letter that can be read
_MOST = 40
_COLOURED = 24  # of 255: more difference between the colours makes a picture coloured
_QUALITY = 85


def paint(picture: Image.Image, boxes: Sequence[Box], labels: Mapping[Box, str]) -> dict[Box, str]:
    """Paint the boxes; the labels that found room."""
    pen = ImageDraw.Draw(picture)
    places = {box: _pixels(box, picture) for box in boxes}
    for place in places.values():
        pen.rectangle(place, fill="black")
    written: dict[Box, str] = {}
    for box, (left, top, right, bottom) in places.items():
        label = labels.get(box, "")
        size = int(min((right - left - 2) / max(len(label), 1), (bottom - top) * 0.8, _MOST))
        font = _font(size) if label and size >= _LEAST else None
        if font is not None:
            pen.text(((left + right) / 2, (top + bottom) / 2), label, fill="white", font=font, anchor="mm")
            written[box] = label
    return written


def packed(picture: Image.Image) -> tuple[bytes, str]:
    """The picture as JPEG, and its colour space: grey where it has no colours."""
    grey = not _is_coloured(picture)
    out = io.BytesIO()
    (picture.convert("L") if grey else picture).save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue(), "/DeviceGray" if grey else "/DeviceRGB"


def _pixels(box: Box, picture: Image.Image) -> tuple[int, int, int, int]:
    """The pixels a box touches, each whole."""
    width, height = picture.size
    return (
        int(box.left * width),
        int(box.top * height),
        min(width - 1, int(box.right * width) + 1),
        min(height - 1, int(box.bottom * height) + 1),
    )


def _is_coloured(picture: Image.Image) -> bool:
    small = picture.resize((max(1, picture.width // 4), max(1, picture.height // 4)))
    red, green, blue = small.split()
    return max(ImageChops.difference(red, other).getextrema()[1] for other in (green, blue)) > _COLOURED  # type: ignore[operator]  # of one channel: two numbers


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | None:
    """A font of this machine that has Chinese; None without one, and then the boxes stay plain."""
    program = shutil.which("fc-match")
    if program is None:
        return None
    asked = [program, "-f", "%{index}\n%{file}", "Noto Sans CJK SC:lang=zh-cn"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=10)  # noqa: S603 - a program of the system with words of our own
    index, _, file = found.stdout.partition("\n")
    try:
        font = ImageFont.truetype(file, size, index=int(index or 0))
    except (OSError, ValueError):
        return None
    return font if font.getmask("国").getbbox() is not None else None
