"""核验码：unguessable, and readable by eye and ear."""

from __future__ import annotations

# Crockford's alphabet: no letter can be taken for a figure.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16  # five bits each: 80 bits
RANDOM_BYTES = 10
_GROUP = 4
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def code_from(random: bytes) -> str:
    """A code of 16 signs from 10 random bytes, without losing a bit of them."""
    if len(random) != RANDOM_BYTES:
        raise ValueError(f"A code is made of {RANDOM_BYTES} bytes, not of {len(random)}.")
    number = int.from_bytes(random, "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))


def shown(code: str) -> str:
    """7K3M-9QXD-2R8V-TB4H: in groups, as it is read out."""
    return "-".join(code[place : place + _GROUP] for place in range(0, len(code), _GROUP))


def cleaned(text: str) -> str:
    """A code as somebody typed it: blanks and hyphens out, capitals, O read as 0, I and L as 1; "" if it is none."""
    code = "".join(sign for sign in text.upper() if sign.isalnum()).translate(_READ_AS)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
