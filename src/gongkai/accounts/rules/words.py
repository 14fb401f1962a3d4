"""What texts from outside must look like. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_USERNAME = re.compile(r"[a-z0-9][a-z0-9.-]{2,59}")
LONGEST_PATH = 2000  # characters


def is_username(text: str) -> bool:
    """A sign-in name: 3 to 60 lower-case letters, figures, dots and hyphens, a letter or figure first."""
    return _USERNAME.fullmatch(text) is not None


def clean_line(text: str) -> str:
    """A text of one line: control characters and line ends out, runs of blanks made one."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def is_local_path(address: str) -> bool:
    """Whether an address stays on this site whatever a browser makes of it: a path from the root, and nothing else.

    Refused: other hosts and schemes, `//host`, `/\\host`, blanks and control characters, which browsers drop, and
    anything of these once it is decoded.
    """
    if not address.startswith("/") or len(address) > LONGEST_PATH:
        return False
    if any(not char.isprintable() or char == "\\" or char.isspace() for char in address):
        return False
    path = address.split("?", 1)[0].split("#", 1)[0]
    second = path[1:].lower()
    if second.startswith(("/", "%2f", "%5c", "%09", "%0a", "%0d")):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc
