"""Text of content files: plain words with links written `[label](target)`.

A target is an address (`tel:…`, `https://…`) or a URL name with its arguments and an anchor,
for example `portal:organ finance#apply`. A name that leads nowhere yet is shown as plain words.
"""

from __future__ import annotations

import re

from django.urls import NoReverseMatch, reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
OUTSIDE = ("tel:", "https://", "http://")


def resolve(target: str) -> str | None:
    """The address a target stands for, or None while there is none."""
    if target.startswith(OUTSIDE):
        return target
    named, _hash, fragment = target.partition("#")
    name, *arguments = named.split()
    try:
        address = reverse(name, args=arguments)
    except NoReverseMatch:
        return None
    return f"{address}#{fragment}" if fragment else address


def inline(text: object) -> SafeString:
    """The text as HTML: everything escaped, links made."""
    words, done, written = str(text), 0, []
    for found in LINK.finditer(words):
        label, target = found.groups()
        address = resolve(target)
        written.append(escape(words[done : found.start()]))
        written.append(format_html('<a href="{}">{}</a>', address, label) if address else escape(label))
        done = found.end()
    written.append(escape(words[done:]))
    return mark_safe("".join(written))  # noqa: S308 - every part was escaped above


def plain(text: object) -> str:
    """The text without its link targets, for search and summaries."""
    return LINK.sub(r"\1", str(text))
