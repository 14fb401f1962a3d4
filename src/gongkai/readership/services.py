"""Acts of this context: count a page, count a question, write what was counted, forget rare words."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import Error, connection, transaction
from django.db.models import Sum
from django.utils import timezone

from gongkai.screening.rules import personal
from gongkai.statutes import in_force

from .models import TermCount
from .rules import LONGEST_KEY, Counts, Seen, Sought, term

log = logging.getLogger(__name__)
EVERY = 10.0  # seconds between two writings
MOST = 500  # rows that wait
BATCH = 200
Rows = list[tuple[str | int, ...]]
# A row is made or added to in one statement, on SQLite and on PostgreSQL.
ADD_PAGES = (
    "INSERT INTO readership_pagecount (day, page, key, opened, begun) VALUES (%s, %s, %s, %s, %s)"
    " ON CONFLICT (day, page, key) DO UPDATE SET"
    " opened = readership_pagecount.opened + excluded.opened, begun = readership_pagecount.begun + excluded.begun"
)
ADD_TERMS = (
    "INSERT INTO readership_termcount (day, term, asked, empty) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (day, term) DO UPDATE SET"
    " asked = readership_termcount.asked + excluded.asked, empty = readership_termcount.empty + excluded.empty"
)


class _Waiting:
    """What this process counted since it last wrote."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.counts = Counts()
        self.since = time.monotonic()

    def add(self, what: Seen | Sought) -> bool:
        """Count it; whether it is time to write."""
        with self.lock:
            self.counts.add(what)
            return len(self.counts) >= MOST or time.monotonic() - self.since >= EVERY

    def take(self) -> Counts:
        """All that waits; from now on it begins anew."""
        with self.lock:
            counts, self.counts, self.since = self.counts, Counts(), time.monotonic()
            return counts


_waiting = _Waiting()


def opened(*, page: str, key: str, began: bool) -> None:
    """A reader opened a page. Written some seconds later with others; a killed process loses those seconds."""
    if _waiting.add(Seen(page[:60], key[:LONGEST_KEY], began)):
        flush_quietly()


def asked(*, text: str, found: int) -> None:
    """A reader asked for words. What looks like a person's number, telephone or address is counted without its words."""
    words = term(text)
    if not words:
        return
    kept = "" if personal.find(words) else words
    if _waiting.add(Sought(kept, empty=not found)):
        flush_quietly()


def flush() -> int:
    """Write what waits; returns how many rows."""
    counts, day = _waiting.take(), timezone.localdate().isoformat()
    if not counts:
        return 0
    pages: Rows = [(day, page, key, *numbers) for (page, key), numbers in sorted(counts.pages.items())]
    terms: Rows = [(day, words, *numbers) for words, numbers in sorted(counts.terms.items())]
    with transaction.atomic(), connection.cursor() as cursor:
        for statement, rows in ((ADD_PAGES, pages), (ADD_TERMS, terms)):
            for start in range(0, len(rows), BATCH):
                cursor.executemany(statement, rows[start : start + BATCH])
    return len(pages) + len(terms)


def flush_quietly() -> None:
    """The same where nobody is to be disturbed: a count that cannot be written is lost, a page is not."""
    try:
        flush()
    except Error:
        log.warning("What was read in the last seconds could not be counted", exc_info=True)


def forget_rare(*, today: date) -> int:
    """Take the words away that were asked for less often than the law of the house wants, once their week is over.

    What many ask for is nobody's; what one asks for may be somebody's name. Their number is kept, without the words.
    """
    least = in_force("search_terms_least", today).integer
    until = today - timedelta(days=7)
    rare = (
        TermCount.objects.filter(day__lt=until)
        .exclude(term="")
        .values("term")
        .annotate(n=Sum("asked"))
        .filter(n__lt=least)
    )
    words = list(rare.values_list("term", flat=True))
    gone = 0
    for start in range(0, len(words), BATCH):
        gone += _forget(words[start : start + BATCH], until)
    return gone


def _forget(words: Sequence[str], until: date) -> int:
    with transaction.atomic():
        found = list(TermCount.objects.select_for_update().filter(term__in=words, day__lt=until))
        with connection.cursor() as cursor:
            cursor.executemany(ADD_TERMS, [(row.day.isoformat(), "", row.asked, row.empty) for row in found])
        TermCount.objects.filter(pk__in=[row.pk for row in found]).delete()
    return len(found)
