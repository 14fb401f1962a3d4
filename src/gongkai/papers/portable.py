"""A paper as a PDF file, in the same layout; PDF/A-3b for the archive."""

from __future__ import annotations

import io
from html import escape
from typing import Any

import segno
from pypdf import PdfReader
from pypdf.generic import Destination

from .rules import Check, Paper, Slip, Spot, clean

LINE = 28.95  # points
SQUARE = 20  # millimetres of the square code
SERIF = '"FangSong", "仿宋_GB2312", "STFangsong", "Noto Serif CJK SC"'
STYLE = f"""
@page {{ size: A4; margin: 37mm 26mm 35mm 28mm;
  @bottom-left {{ content: element(check); vertical-align: middle; width: 63mm; }}
  @bottom-center {{ content: "— " counter(page) " —"; font: 14pt {SERIF}; width: 30mm; }}
  @bottom-right {{ content: ""; width: 63mm; }} }}
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
.signature {{ display: table; margin: 57.9pt 3em 0 auto; text-align: center; white-space: nowrap;
  break-inside: avoid; break-before: avoid; }}
@page slip {{ @bottom-left {{ content: ""; }} }}
.slip {{ page: slip; break-before: page; }}
.slip table {{ width: 100%; border-collapse: collapse; margin-bottom: 14pt; }}
.slip th, .slip td {{ border: .75pt solid #000; padding: 3pt 6pt; text-align: left; font-weight: 400; }}
.slip th {{ width: 42mm; }} .slip .body p {{ text-indent: 2em; }}
.notes {{ padding-top: 28.95pt; }}
.check {{ position: running(check); font: 7.5pt/10.5pt {SERIF}; letter-spacing: 0; text-align: left; }}
.check table {{ border-collapse: collapse; }} .check td {{ padding: 0 2mm 0 0; vertical-align: middle; }}
.check svg {{ display: block; width: {SQUARE}mm; height: {SQUARE}mm; }}
"""
# Where the day ends and the two lines begin: WeasyPrint writes every `id` into the file as a named place.
ORGAN, DAY, DAY_END = "signature-organ", "signature-day", "signature-day-end"


class Fetched(Exception):
    """A paper asked for something from outside; it never may."""


def pdf(paper: Paper) -> bytes:
    """The PDF file, made without any request to anywhere."""
    from weasyprint import HTML  # noqa: PLC0415 - loading it takes half a second, which places of seals need not pay

    out = io.BytesIO()
    HTML(string=html(paper), url_fetcher=_refuse).write_pdf(out, pdf_variant="pdf/a-3b")
    return out.getvalue()


def signature_spot(content: bytes) -> Spot | None:
    """Where the organ's name and the day stand in a PDF made here; None in any other."""
    reader = PdfReader(io.BytesIO(content))
    places = reader.named_destinations
    if not {ORGAN, DAY, DAY_END} <= set(places):
        return None
    organ, day, end = (places[name] for name in (ORGAN, DAY, DAY_END))
    page = reader.get_destination_page_number(day)
    if page is None:
        return None
    return Spot(page=page, left=_left(day), right=_left(end), top=_top(organ), bottom=_top(day) - LINE)


def _left(place: Destination) -> float:
    return float(place.left or 0)


def _top(place: Destination) -> float:
    return float(place.top or 0)


def html(paper: Paper) -> str:
    """The page that the PDF is made from; every text in it is escaped."""
    body = "".join(f'<p class="l{part.level}">{_text(part.text)}</p>' for part in paper.body)
    attachments = "\n".join(_text(line) for line in paper.attachment_lines)
    to = f"<p>{_text(paper.addressee)}：</p>" if paper.addressee else ""
    notes = "".join(f"<p>（{_text(note)}）</p>" for note in paper.notes)
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{_text(paper.title)}</title>'
        f'<meta name="author" content="{_text(paper.organ)}"><style>{STYLE}.mark {{ font-size: {paper.mark_size}pt; }}</style>'
        f'<p class="mark">{_text(paper.organ)}</p><p class="number">{_text(paper.number)}</p>'
        f"<h1>{_text(paper.title)}</h1>{to}"
        f'<div class="body">{body}</div>'
        + (f'<div class="attachments">{attachments}</div>' if attachments else "")
        + f'<div class="signature"><p><span id="{ORGAN}">{_text(paper.organ)}</span></p>'
        + f'<p><span id="{DAY}">{_text(paper.day)}</span><span id="{DAY_END}"></span></p></div>'
        + (f'<div class="notes">{notes}</div>' if notes else "")
        + (_check(paper.check) if paper.check else "")
        + (_slip(paper.slip) if paper.slip else "")
        + "</html>"
    )


def _slip(slip: Slip) -> str:
    """The form on a page of its own: title, rows with room for a hand, where to send it."""
    rows = "".join(
        f'<tr style="height: {row.lines * LINE:.2f}pt"><th>{_lines(row.label)}</th><td>{_lines(row.text)}</td></tr>'
        for row in slip.rows
    )
    body = "".join(f"<p>{_text(text)}</p>" for text in slip.body)
    return f'<div class="slip"><h1>{_text(slip.title)}</h1><table>{rows}</table><div class="body">{body}</div></div>'


def _lines(text: str) -> str:
    return "".join(f"<p>{_text(line)}</p>" for line in text.split("\n"))


def _check(check: Check) -> str:
    """The square code, and in words what it holds: a running element, which only the last page shows."""
    square = _square(check).svg_inline(scale=1, border=0, omitsize=True)
    lines = ("扫码或者到以下网址核验真伪", _text(check.page.removeprefix("https://")), "核验码", _text(check.code))
    words = "".join(f"<p>{line}</p>" for line in lines)
    return f'<div class="check"><table><tr><td>{square}</td><td>{words}</td></tr></table></div>'


def _square(check: Check) -> segno.QRCode:
    return segno.make(check.address, error="m", micro=False)


def _text(text: str) -> str:
    return escape(clean(text))


def _refuse(url: str, *args: Any, **kwargs: Any) -> Any:
    raise Fetched(f"A paper fetches nothing, and this one asked for {url[:80]}.")
