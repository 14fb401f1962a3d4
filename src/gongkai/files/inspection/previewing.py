"""Pages and pictures as small pictures of our own making, which carry nothing of the original but its looks."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from gongkai.files.enums import Kind

MOST_PAGES = 30
WIDEST = 1000  # pixels
TALLEST = 1600


def preview(path: Path, kind: Kind, folder: Path) -> list[tuple[int, int, int]]:
    """Write `<page>.webp` for each page into `folder`; (page, width, height) of each, counted from 1."""
    if kind is Kind.PDF:
        return _pages(path, folder)
    with Image.open(path, formats=["JPEG", "PNG"]) as picture:
        return [_write(ImageOps.exif_transpose(picture), 1, folder)]


def _pages(path: Path, folder: Path) -> list[tuple[int, int, int]]:
    document = pypdfium2.PdfDocument(path)
    made = []
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        width, height = page.get_size()
        scale = min(WIDEST / max(width, 1), TALLEST / max(height, 1))
        made.append(_write(page.render(scale=scale).to_pil(), number + 1, folder))
        page.close()
    document.close()
    return made


def _write(picture: Image.Image, number: int, folder: Path) -> tuple[int, int, int]:
    small = picture.convert("RGB")
    small.thumbnail((WIDEST, TALLEST))
    small.save(folder / f"{number}.webp", "WEBP", quality=80)
    return number, small.width, small.height
