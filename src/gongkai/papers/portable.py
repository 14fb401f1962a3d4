"""A paper as a PDF file, in the same layout; PDF/A-3b for the archive."""

from __future__ import annotations

import io
from html import escape
from typing import Any

from .rules import Paper, clean

SERIF = '"FangSong", "仿宋_GB2312", "STFangsong", "Noto Serif CJK SC"'
STYLE = f"""
@page {{ size: A4; margin: 37mm 26mm 35mm 28mm;
  @bottom-center {{ content: "— " counter(page) " —"; font: 14pt {SERIF}; }} }}
html {{ font: 16pt/28.95pt {SERIF}; }}
body {{ margin: 0; letter-spacing: -.21pt; text-align: justify; overflow-wrap: anywhere; }}
p {{ margin: 0; }}
.mark {{ font: 22pt/1.3 "FZXiaoBiaoSong-B05S", "方正小标宋简体", "Noto Serif CJK SC"; font-weight: 700;
  color: #e00000; text-align: center; border-bottom: 5px double #e00000; padding-bottom: 6pt; }}
.number {{ text-align: right; margin-bottom: 28.95pt; }}
h1 {{ font: 700 22pt/1.4 "FZXiaoBiaoSong-B05S", "方正小标宋简体", "Noto Serif CJK SC"; text-align: center;
  margin: 0 0 28.95pt; }}
.body p, .notes p {{ text-indent: 2em; }}
.l1 {{ font-family: "SimHei", "黑体", "Noto Sans CJK SC"; }}
.l2 {{ font-family: "KaiTi", "楷体_GB2312", "Noto Serif CJK SC"; }}
.attachments {{ margin-top: 28.95pt; padding-left: 2em; white-space: pre-wrap; }}
.signature {{ margin: 57.9pt 3em 0 0; float: right; text-align: center; break-inside: avoid; }}
.notes {{ clear: both; padding-top: 28.95pt; }}
"""


class Fetched(Exception):
    """A paper asked for something from outside; it never may."""


def pdf(paper: Paper) -> bytes:
    """The PDF file, made without any request to anywhere."""
    from weasyprint import HTML  # noqa: PLC0415 - loading it takes half a second, which only papers should pay

    out = io.BytesIO()
    HTML(string=html(paper), url_fetcher=_refuse).write_pdf(out, pdf_variant="pdf/a-3b")
    return out.getvalue()


def html(paper: Paper) -> str:
    """The page that the PDF is made from; every text in it is escaped."""
    body = "".join(f'<p class="l{part.level}">{_text(part.text)}</p>' for part in paper.body)
    attachments = "\n".join(_text(line) for line in paper.attachment_lines)
    notes = "".join(f"<p>（{_text(note)}）</p>" for note in paper.notes)
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{_text(paper.title)}</title>'
        f'<meta name="author" content="{_text(paper.organ)}"><style>{STYLE}.mark {{ font-size: {paper.mark_size}pt; }}</style>'
        f'<p class="mark">{_text(paper.organ)}</p><p class="number">{_text(paper.number)}</p>'
        f"<h1>{_text(paper.title)}</h1><p>{_text(paper.addressee)}：</p>"
        f'<div class="body">{body}</div>'
        + (f'<div class="attachments">{attachments}</div>' if attachments else "")
        + f'<div class="signature"><p>{_text(paper.organ)}</p><p>{_text(paper.day)}</p></div>'
        + (f'<div class="notes">{notes}</div>' if notes else "")
        + "</html>"
    )


def _text(text: str) -> str:
    return escape(clean(text))


def _refuse(url: str, *args: Any, **kwargs: Any) -> Any:
    raise Fetched(f"A paper fetches nothing, and this one asked for {url[:80]}.")
