"""An issue as EPUB 3, the same bytes from every building: fixed order, fixed times, no compression that could differ. Pure."""

from __future__ import annotations

import io
import zipfile
from html import escape

from . import markup
from .frozen import Frozen

MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP file knows; the issue's own day stands in its metadata
PLAIN = 0o644 << 16
CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)


def epub(issue: Frozen) -> bytes:
    """The book."""
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "book/package.opf": _package(issue),
        "book/nav.xhtml": _leaf(issue, "目录", _contents(issue), nav=True),
        "book/style.css": markup.STYLE,
        "book/cover.xhtml": _leaf(issue, issue.title, markup.cover(issue)),
        **{
            f"book/{markup.name_of(text)}.xhtml": _leaf(issue, text.title, markup.article(issue, text))
            for text in issue.texts
        },
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, MOMENT)
            info.external_attr, info.create_system = PLAIN, 3
            archive.writestr(info, content.encode())
    return out.getvalue()


def _contents(issue: Frozen) -> str:
    """The table of contents in the only shape that EPUB readers take."""
    lines = "".join(
        f"<li><span>{escape(column)}</span><ol>"
        + "".join(f'<li><a href="{markup.name_of(text)}.xhtml">{escape(text.title)}</a></li>' for text in texts)
        + "</ol></li>"
        for column, texts in issue.columns
    )
    return f'<nav epub:type="toc"><h2>目录</h2><ol>{lines}</ol></nav>'


def _leaf(issue: Frozen, title: str, content: str, *, nav: bool = False) -> str:
    space = ' xmlns:epub="http://www.idpf.org/2007/ops"' if nav else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"{space} '
        f'lang="zh-CN" xml:lang="zh-CN"><head><title>{escape(title)}</title>'
        f'<link rel="stylesheet" type="text/css" href="style.css"/></head><body>{content}</body></html>\n'
    )


def _package(issue: Frozen) -> str:
    names = ["cover", *(markup.name_of(text) for text in issue.texts)]
    leaves = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in ("cover", "nav", *names[1:]))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        'unique-identifier="id" xml:lang="zh-CN"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">urn:uuid:{issue.identifier}</dc:identifier><dc:title>{escape(issue.title)}</dc:title>'
        f"<dc:language>zh-CN</dc:language><dc:publisher>{escape(issue.publisher)}</dc:publisher>"
        f"<dc:date>{issue.published_on}</dc:date>"
        f'<meta property="dcterms:modified">{issue.published_on}T00:00:00Z</meta></metadata><manifest>'
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        f'<item id="style" href="style.css" media-type="text/css"/>{leaves}</manifest>'
        f"<spine>{spine}</spine></package>\n"
    )
