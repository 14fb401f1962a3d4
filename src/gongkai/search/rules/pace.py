"""How often one address may ask in a minute. Pure; the counts are kept by whoever holds a `Pace`."""

from __future__ import annotations

import ipaddress
from collections import Counter

MOST_ADDRESSES = 20_000  # that are told apart in a minute; past that, counting begins anew
HOUSE = 64  # bits of an address of version 6 that one house has for itself


class AskedTooOften(Exception):
    """More questions than an address has in its minute; `seconds` until the next one begins."""

    def __init__(self, text: str, seconds: int) -> None:
        super().__init__(text)
        self.seconds = seconds


class Pace:
    """The questions of the present minute, by address."""

    def __init__(self) -> None:
        self._minute = 0
        self._counts: Counter[str] = Counter()

    def wait(self, address: str, *, now: float, most: int) -> int:
        """Count one question: 0 where it may be answered, else the seconds until it may be asked again."""
        minute = int(now // 60)
        if minute != self._minute or len(self._counts) > MOST_ADDRESSES:
            self._minute, self._counts = minute, Counter()
        house = house_of(address)
        self._counts[house] += 1
        return 0 if self._counts[house] <= most else max(1, 60 - int(now % 60))


def house_of(address: str) -> str:
    """What is counted together: an address of version 4, a network of version 6."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(found) if found.version == 4 else str(ipaddress.ip_network((int(found), HOUSE), strict=False))
