"""What a reply would give away beside what it should: its text looked through as its files are. Pure but for the key."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

from gongkai.files.rules import marked as _
from gongkai.screening.rules.boxes import Row
from gongkai.screening.rules.findings import Place, Screening, Teller

TEXT = _("答复书的“%(field)s”")
NAME = "答复书"


def screen_text(
    contents: Mapping[str, str], labels: Mapping[str, str], *, key: bytes, allowed: Collection[str]
) -> Screening:
    """The personal data in what an officer wrote for a letter, field by field; bound to the text by its digest."""
    teller = Teller(key, allowed)
    found = [
        finding
        for name, text in contents.items()
        if name in labels
        for finding in teller.personal(text, Place(TEXT, {"field": labels[name]}))
    ]
    return Screening(digest_of(contents, labels), tuple(found), {})


def digest_of(contents: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """Names the text: the same words, the same digest."""
    text = "\n".join(f"{name}={contents[name]}" for name in sorted(labels) if name in contents)
    return hashlib.sha256(text.encode()).hexdigest()


def redaction_text(rows: Collection[Row]) -> str:
    """Art. 37: what was blacked out, by page and ground, as the letter says it."""
    parts = [f"第{row.page}页{row.count}处，{row.ground.label}（{row.article}）" for row in rows]
    return "；".join(parts)
