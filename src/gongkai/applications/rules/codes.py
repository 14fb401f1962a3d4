"""申请编号 and 查询码: what an applicant keeps in hand."""

from __future__ import annotations

# Crockford's alphabet: no letter can be taken for a figure, by eye or by ear.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10  # 50 bits; guesses are throttled
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def code_from(digest: bytes) -> str:
    """A query code of 10 signs from a digest of at least 10 bytes."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])


def shown(code: str) -> str:
    """HK7M-4QXD-92: in groups, as it is read out."""
    return "-".join((code[:4], code[4:8], code[8:]))


def cleaned(text: str) -> str:
    """A code as somebody typed it: blanks and hyphens out, capitals, O read as 0, I and L as 1."""
    return "".join(sign for sign in text.upper() if sign.isalnum()).translate(_READ_AS)[: 2 * LENGTH]


def number(year: int, serial: int) -> str:
    """The number of an application: 2025-000068."""
    return f"{year}-{serial:06d}"
