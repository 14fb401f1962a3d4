"""The file of a sealed paper goes when its time is over; that it was sealed, and its digest, stay for ever."""

from __future__ import annotations

from gongkai.audit.rules import Actor
from gongkai.files import selectors as kept
from gongkai.files import services as files
from gongkai.seals import selectors


def forget_contents(*, object_kind: str, object_id: object, by: Actor) -> int:
    """Remove the files of every version of an object's paper; how many.

    Whoever holds a paper can still have it verified, by its code and its digest. Call it inside a transaction.
    """
    found = [
        file
        for paper in selectors.versions(object_kind=object_kind, object_id=object_id)
        for file in kept.of_owner(selectors.OWNER, paper.pk)
    ]
    for file in found:
        files.remove(file=file, actor=by)
    return len(found)
