"""What is counted, and what of it may be kept. Nothing here knows who reads: no address, no cookie, no account."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from urllib.parse import urlsplit

LONGEST_TERM = 60
LONGEST_KEY = 90
# Programs that gather pages name themselves; those that do not are few beside readers.
_PROGRAM = re.compile(
    r"bot|spider|crawl|slurp|curl|wget|python|java/|go-http|httpclient|monitor|headless|scan", re.IGNORECASE
)
_SPACES = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Seen:
    """One page as it was given out: what kind of page, which thing on it, and whether a visit began with it."""

    page: str
    key: str
    began: bool


@dataclass(frozen=True)
class Sought:
    """One question to the search: its words as they are kept, and whether nothing was found."""

    term: str
    empty: bool


@dataclass
class Counts:
    """Counts that wait to be written: (opened, begun) by page and thing, (asked, empty) by term."""

    pages: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    terms: dict[str, list[int]] = field(default_factory=dict)

    def add(self, what: Seen | Sought) -> None:
        """Count one more."""
        if isinstance(what, Seen):
            row = self.pages.setdefault((what.page, what.key), [0, 0])
            more = what.began
        else:
            row = self.terms.setdefault(what.term, [0, 0])
            more = what.empty
        row[0] += 1
        row[1] += more

    def __len__(self) -> int:
        """How many rows wait."""
        return len(self.pages) + len(self.terms)


def is_reader(agent: str, *, prefetched: bool = False) -> bool:
    """Whether a page is given to a reader: not to a program that says so, not ahead of a click."""
    return bool(agent) and not prefetched and _PROGRAM.search(agent) is None


def begins(referrer: str, host: str) -> bool:
    """Whether a visit begins: the reader does not come from another page of this site."""
    return urlsplit(referrer).netloc != host


def term(text: str) -> str:
    """The words of a question as they are counted together: one width, one case, single spaces; "" for none."""
    folded = unicodedata.normalize("NFKC", _CONTROLS.sub(" ", text)).lower()
    return _SPACES.sub(" ", folded).strip()[:LONGEST_TERM].strip()
