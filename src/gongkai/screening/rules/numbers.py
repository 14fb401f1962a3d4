"""Numbers that carry their own proof: identity numbers and bank cards. Pure."""

from __future__ import annotations

import re
from datetime import date

# The first two digits of a place of registration; 83 stands for Taiwan beside 71.
_PROVINCES = frozenset(
    str(number)
    for block in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for number in range(block[0], block[1] + 1)
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
_CHECKS = "10X98765432"
_OLDEST = 1850  # year of birth
_CARD = re.compile(r"62\d{14,17}|(?:955\d\d|60[0-9]\d\d|690755|9400\d\d)\d{11,14}|4\d{15}|(?:5[1-5]|35|2[2-7])\d{14}")
_UNION = re.compile(r"62|955|60|69|94")


def is_identity_number(number: str) -> bool:
    """18 digits (the last may be X) with place, day of birth and check digit right."""
    return looks_like_identity_number(number) and check_digit(number) == number[17].upper()


def looks_like_identity_number(number: str) -> bool:
    """Place and day of birth right; the check digit may be wrong, as after a slip of the pen."""
    if len(number) != 18 or not number[:17].isdigit() or number[17] not in "0123456789Xx":
        return False
    place = number[1:3] if number[0] == "9" else number[:2]  # 9: a foreigner with permanent residence
    return place in _PROVINCES and _is_day(number[6:14])


def check_digit(number: str) -> str:
    """The eighteenth character that the first seventeen demand."""
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False)) % 11]


def is_former_identity_number(number: str) -> bool:
    """15 digits with place and day of birth right; there was no check digit."""
    return len(number) == 15 and number.isdigit() and number[:2] in _PROVINCES and _is_day(f"19{number[6:12]}")


def is_bank_card(number: str) -> bool:
    """Leading digits and length of a card in use, and the check digit right."""
    return bool(_CARD.fullmatch(number)) and luhn(number)


def is_union_card(number: str) -> bool:
    """Leading digits of cards issued in China, which hardly anything else begins with."""
    return bool(_UNION.match(number))


def luhn(number: str) -> bool:
    """ISO/IEC 7812: whether the last digit is the check digit."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _is_day(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= _OLDEST
    except ValueError:
        return False
