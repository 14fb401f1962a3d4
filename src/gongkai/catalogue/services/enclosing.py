"""附件: files are looked through when they come, wait beside their item, are given out with it, and are taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gongkai.audit.rules import Actor
from gongkai.catalogue.models import Attachment, Item
from gongkai.catalogue.rules.gates import Found
from gongkai.catalogue.selectors import OWNER, courses
from gongkai.files import selectors as stored
from gongkai.files import services as files
from gongkai.files.rules import Refused as FileRefused
from gongkai.screening import services as screening
from gongkai.workflow.rules import Doer, Refused

Looked = tuple[Any, list[dict[str, object]]]  # a file, and what was found in it
Copies = Sequence[tuple[int, files.Cleaned]]  # the copy for the public of each attachment, by the attachment's key


def look_through(file: Any) -> list[dict[str, object]]:
    """What a file gives away, as it is kept beside it. One that cannot be read safely does not come in."""
    try:
        found = screening.screen(source=file, name=file.name)
    except FileRefused as error:
        raise Refused(f"附件“{file.name}”不能读取。请换一份再传。") from error
    return [
        courses.as_data(
            Found(
                f"附件“{file.name}”", one.kind.label, one.excerpt, one in found.blocking, f"{one.key}{found.sha256[:8]}"
            )
        )
        for one in found.findings
    ]


def attach(item: Item, looked: Sequence[Looked], by: Doer, organ: str) -> list[Attachment]:
    """Uploads become attachments of the item, none of them public; those that are not the doer's are left out."""
    claimed = files.claim(
        files=[file.pk for file, _found in looked], owner_kind=OWNER, owner_id=item.pk, organ=organ, actor=by.actor
    )
    kept = {file.pk for file in claimed}
    return enter(item, [(file, found) for file, found in looked if file.pk in kept])


def enter(item: Item, looked: Sequence[Looked]) -> list[Attachment]:
    """The rows of files that belong to the item already, after those that are there."""
    start = Attachment.objects.filter(item=item).count()
    return Attachment.objects.bulk_create(
        Attachment(item=item, position=start + place, name=file.name, file=file.pk, findings=found)
        for place, (file, found) in enumerate(looked)
    )


def waiting(item: Item) -> QuerySet[Attachment]:
    """The files of an item that the public does not have."""
    return Attachment.objects.filter(item=item, file__isnull=False, released__isnull=True)


@contextmanager
def copies(pk: int) -> Iterator[list[tuple[int, files.Cleaned]]]:
    """The files' copies for the public, cleaned of who made them; slow, so made before the lock, and public only with it."""
    item = Item.objects.get(pk=pk)
    known = _stored(item)
    with ExitStack() as stack:
        found = []
        for one in waiting(item):
            if one.file not in known:
                continue
            try:
                found.append((one.pk, stack.enter_context(files.cleaned(file=known[one.file]))))
            except FileRefused as error:
                raise Refused(f"附件“{one.name}”不能公开：{error}") from error
        yield found


def give_out(item: Item, made: Copies, by: Doer) -> None:
    """The copies become public, in the transaction of the release."""
    for pk, copy in made:
        public = files.publish(cleaned=copy, owner_kind=OWNER, owner_id=item.pk, actor=by.actor)
        Attachment.objects.filter(pk=pk).update(released=public.pk, words="", words_read=False)


def take_back(item: Item, actor: Actor, *, only: Sequence[int] | None = None) -> None:
    """The public copies of the item's files are nobody's any more, not even by their address; the rows stay."""
    found = Attachment.objects.filter(item=item, released__isnull=False)
    found = found if only is None else found.filter(pk__in=only)
    known = _stored(item)
    for one in found:
        if one.released in known:
            files.retract(file=known[one.released], actor=actor)
    found.update(released=None, words="", words_read=False)


def _stored(item: Item) -> dict[UUID, Any]:
    """The files of an item by their keys."""
    return {file.pk: file for file in stored.of_owner(OWNER, item.pk)}
