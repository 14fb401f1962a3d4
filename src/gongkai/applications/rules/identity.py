"""Identity numbers as they are written: GB 11643-1999 for citizens, GB 32100-2015 for organisations. Pure."""

from __future__ import annotations

import re
from datetime import date

_CARD = re.compile(r"[1-9]\d{5}(\d{8})\d{3}[\dX]")
_CARD_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CARD_CHECKS = "10X98765432"
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def is_identity_card(text: str) -> bool:
    """18 signs: region, a day of birth that exists, and the check sign of ISO 7064 MOD 11-2."""
    match = _CARD.fullmatch(text)
    if not match:
        return False
    day = match[1]
    try:
        date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return False
    total = sum(int(sign) * weight for sign, weight in zip(text[:17], _CARD_WEIGHTS, strict=True))
    return _CARD_CHECKS[total % 11] == text[17]


def is_credit_code(text: str) -> bool:
    """18 signs of 31, the last a check sign modulo 31."""
    if len(text) != 18 or any(sign not in _CREDIT_SIGNS for sign in text):
        return False
    total = sum(_CREDIT_SIGNS.index(sign) * weight for sign, weight in zip(text[:17], _CREDIT_WEIGHTS, strict=True))
    return _CREDIT_SIGNS[-total % 31] == text[17]


def is_phone(text: str) -> bool:
    """A mobile or fixed-line number, or one abroad with its +; 7 to 20 figures, blanks and hyphens between."""
    return re.fullmatch(r"\+?[\d\s()-]{7,24}", text) is not None and 7 <= sum(sign.isdigit() for sign in text) <= 20
