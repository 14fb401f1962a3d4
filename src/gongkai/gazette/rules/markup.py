"""The texts of an issue as XHTML: for the page, the printed file and the electronic book alike. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from gongkai.catalogue.rules import body

from .frozen import Frozen, Text

STYLE = """
@page { size: A4; margin: 25mm 22mm 25mm 25mm; @bottom-center { content: "— " counter(page) " —"; font: 10pt serif; } }
@page cover { @bottom-center { content: none; } }
html { font: 12pt/1.75 "FangSong", "仿宋", "STFangsong", "Noto Serif CJK SC", serif; color: #0b0c0c; }
body { margin: 0 auto; max-width: 42em; overflow-wrap: anywhere; }
h1, h2, h3 { font-family: "SimHei", "黑体", "Noto Sans CJK SC", sans-serif; line-height: 1.4; }
.cover { page: cover; break-after: page; border-top: 10pt solid #9e1b1e; padding: 50mm 0 0; min-height: 190mm; text-align: center; }
.cover h1 { font: 700 30pt/1.4 "FZXiaoBiaoSong-B05S", "Noto Serif CJK SC", serif; color: #9e1b1e; margin: 0 0 18mm; }
.cover p { margin: 0 0 6pt; font-size: 14pt; }
.contents { break-after: page; } .contents h2 { text-align: center; letter-spacing: 1em; text-indent: 1em; }
.contents h3 { font-size: 12pt; margin: 14pt 0 4pt; border-bottom: .5pt solid #0b0c0c; }
.contents ol { list-style: none; margin: 0; padding: 0; } .contents li { margin: 4pt 0; }
.contents a { color: inherit; text-decoration: none; }
.contents a::after { content: leader(dotted) target-counter(attr(href), page); }
article { break-before: page; } article:first-of-type { break-before: auto; }
article h2 { font-size: 18pt; text-align: center; margin: 0 0 6pt; }
article .meta { text-align: center; font-size: 10.5pt; color: #505a5f; margin: 0 0 14pt; }
article p { margin: 0; text-indent: 2em; text-align: justify; } article .meta, td p { text-indent: 0; }
article h3 { font-size: 13pt; margin: 10pt 0 2pt; } article h4 { font-size: 12pt; margin: 8pt 0 2pt; }
table { border-collapse: collapse; margin: 6pt 0; width: 100%; } th, td { border: .5pt solid #505a5f; padding: 3pt 6pt; text-align: left; }
.cite { text-align: right; font-size: 10pt; color: #505a5f; }
"""


def page(issue: Frozen) -> str:
    """The whole issue as one page that needs nothing from elsewhere."""
    title = escape(issue.title)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN" xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"/>'
        f'<title>{title}</title><meta name="author" content="{escape(issue.publisher)}"/>'
        f'<meta name="dcterms.created" content="{issue.published_on}"/>'
        f'<meta name="viewport" content="width=device-width"/><style>{STYLE}</style></head><body>'
        f"{cover(issue)}{contents(issue)}{''.join(article(issue, text) for text in issue.texts)}</body></html>\n"
    )


def cover(issue: Frozen) -> str:
    """The first page."""
    return (
        f'<section class="cover"><h1>{escape(issue.name)}</h1><p>{issue.year}年第{issue.issue}期</p>'
        f"<p>总第{issue.total}期</p><p>{escape(issue.publisher)}编</p><p>{issue.published_on}出版</p></section>"
    )


def contents(issue: Frozen, link: str = "#{}") -> str:
    """The list of contents by column; `link` says how an article is reached."""
    parts = []
    for column, texts in issue.columns:
        lines = "".join(
            f'<li><a href="{link.format(name_of(text))}">{text.number}　{escape(text.title)}</a></li>' for text in texts
        )
        parts.append(f"<h3>{escape(column)}</h3><ol>{lines}</ol>")
    return f'<nav class="contents"><h2>目录</h2>{"".join(parts)}</nav>'


def article(issue: Frozen, text: Text) -> str:
    """One article with its head and its citation."""
    facts = "　".join(escape(fact) for fact in (text.organ, text.document_number, text.day) if fact)
    return (
        f'<article id="{name_of(text)}"><h2>{escape(text.title)}</h2><p class="meta">{facts}</p>'
        f"{''.join(_blocks(body.paragraphs(text.body)))}"
        f'<p class="cite">引用：{issue.year}年第{issue.issue}期第{text.number}号</p></article>'
    )


def name_of(text: Text) -> str:
    """By what an article is reached within the issue."""
    return f"a{text.number}"


def _blocks(found: Sequence[body.Paragraph]) -> Iterator[str]:
    for one in found:
        if one.kind == "heading":
            level = "h3" if one.level == 1 else "h4"
            yield f"<{level}>{escape(one.text)}</{level}>"
        elif one.kind == "table":
            yield f"<table>{''.join(_row(cells, first=not at) for at, cells in enumerate(one.cells))}</table>"
        elif one.kind == "article":
            yield f"<p><b>{escape(one.lead)}</b>　{escape(one.rest)}</p>"
        elif one.kind == "item":
            yield f"<p>• {escape(one.text)}</p>"
        else:
            yield f"<p>{escape(one.text)}</p>"


def _row(cells: Sequence[str], *, first: bool) -> str:
    name = "th" if first else "td"
    return "<tr>" + "".join(f"<{name}>{escape(cell)}</{name}>" for cell in cells) + "</tr>"
