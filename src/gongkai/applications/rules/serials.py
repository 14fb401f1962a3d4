"""文号: the rows of numbers of an organ and year, and the word that each begins with. Pure."""

from __future__ import annotations

REPLY, NOTICE = "reply", "notice"
WORDS = {REPLY: "信公开", NOTICE: "信公开告"}


def word_of(letter_word: str, purpose: str) -> str:
    """虹民信公开 for replies, 虹民信公开告 for the papers of procedure: two rows, so that neither has gaps."""
    return f"{letter_word}{WORDS[purpose]}"
