"""The words of attached files are read once, so that the search finds them: what the public gets is read, nothing else."""

from __future__ import annotations

import logging

from django.db import transaction

from gongkai.catalogue.events import ItemChanged
from gongkai.catalogue.models import Attachment
from gongkai.files import selectors as files
from gongkai.files.rules import Refused
from gongkai.kernel import bus
from gongkai.screening import services as screening

MOST_WORDS = 200_000  # signs of one file
AT_ONCE = 20  # files in one call
_LONGEST_FAULT = 200
log = logging.getLogger(__name__)


def read_attachments(*, most: int = AT_ONCE) -> int:
    """Read the files that came since, oldest first; how many. One that cannot be read never stops the others."""
    public = files.visible_to(None)  # one that the virus scanner has still to see waits, and is in nobody's way
    waiting = Attachment.objects.filter(words_read=False, item__public=True, released__in=public.values("pk"))
    rows = list(waiting.order_by("pk")[:most])
    known = {str(file.pk): file for file in public.filter(pk__in=[row.released for row in rows])}
    for row in rows:
        _store(row, _words_of(row, known[str(row.released)]))
    return len(rows)


def _words_of(row: Attachment, file: files.File) -> str:
    try:
        return screening.words_of(source=file, most=MOST_WORDS)
    except Refused as refused:
        log.warning("Attachment %s has no words that can be read: %s", row.pk, str(refused)[:_LONGEST_FAULT])
    except Exception:
        log.exception("Attachment %s could not be read", row.pk)
    return ""


@transaction.atomic
def _store(row: Attachment, words: str) -> None:
    changed = Attachment.objects.filter(pk=row.pk, released=row.released, words_read=False)
    if changed.update(words=words.replace("\0", ""), words_read=True) and words:
        bus.publish(ItemChanged(row.item_id, public=True))
