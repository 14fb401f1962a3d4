"""Places of the frame that higher contexts fill: the main navigation and the footer columns.

A link names an address by its URL name and is shown only while that address exists, so no link is ever dead.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Link:
    """A label and the URL name it leads to."""

    label: Text
    to: str
    order: int = 0
    fragment: str = ""

    @property
    def url(self) -> str | None:
        address = address_of(self.to)
        return address + self.fragment if address else None


@dataclass(frozen=True)
class Place:
    """A link as one page shows it."""

    label: Text
    url: str
    current: bool = False


def address_of(name: str, *arguments: str) -> str | None:
    """The address with this URL name, or None while there is none."""
    try:
        return _reversed(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), name, arguments)
    except NoReverseMatch:
        return None


@lru_cache(maxsize=1024)
def _reversed(addresses: str, _prefix: str, name: str, arguments: tuple[str, ...]) -> str:
    """A frame names some ninety addresses on every page, always the same."""
    return reverse(name, addresses, arguments)


_main: dict[str, Link] = {}
_footer: dict[Text, dict[str, Link]] = defaultdict(dict)


def register_main(*links: Link) -> None:
    """Put links into the main navigation; the same name again replaces the link."""
    _main.update({link.to: link for link in links})


def register_footer(heading: Text, *links: Link) -> None:
    """Put links into the footer column with this heading."""
    _footer[heading].update({link.to + link.fragment: link for link in links})


def main_places(path: str) -> list[Place]:
    """The main navigation for a page: the longest address that the page lies under is current."""
    found = [(link.label, link.url) for link in sorted(_main.values(), key=lambda link: link.order) if link.url]
    above = [url for _label, url in found if url != "/" and path.startswith(url)]
    current = max(above, key=len, default="")
    return [Place(label, url, url == current) for label, url in found]


def footer_columns() -> list[tuple[Text, list[Place]]]:
    """The footer columns that have something to lead to."""
    columns = []
    for heading, links in _footer.items():
        places = [
            Place(link.label, link.url) for link in sorted(links.values(), key=lambda link: link.order) if link.url
        ]
        if places:
            columns.append((heading, places))
    return columns
