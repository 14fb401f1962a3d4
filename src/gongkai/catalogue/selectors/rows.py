"""Items in the interchange form: for export, for programs, and for what a revision keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from gongkai.catalogue.models import Attachment, Item
from gongkai.catalogue.rules.interchange import Named, Paper, Row

CHUNK = 500


def row_of(item: Item) -> Row:
    """The item in the interchange form."""
    return Row(
        kind=item.kind,
        title=item.title,
        issuing_organ=item.organ.code,
        index_number=item.index_number or "",
        document_number=item.document_number,
        joint_organs=tuple(item.joint_organs),
        joint_party=item.joint_party,
        theme=item.theme,
        genre=item.genre,
        signed_on=item.signed_on,
        published_on=item.published_on,
        effective_on=item.effective_on,
        expires_on=item.expires_on,
        summary=item.summary,
        keywords=tuple(item.keywords),
        tags=tuple(tag.code for tag in item.tags.all()),
        level=item.level,
        audience=tuple(item.audience),
        language=item.language,
        translation_of=_named(item.translation_of),
        disclosure_class=item.disclosure_class,
        class_reason=item.class_reason,
        body=item.body,
        attachments=tuple(Paper(one.name, one.text) for one in item.attachments.all() if _shown(item, one)),
        relations=tuple(Named(one.kind, one.named) for one in item.relations.all()),
        facts=item.facts,
        state=item.state,
        reason=item.reason,
        redirect_to=_named(item.redirect_to),
        key=item.key or "",
    )


def _shown(item: Item, one: Attachment) -> bool:
    """Of what is public, a file that comes with a correction is not told of before that is released."""
    return not (item.public and one.file and not one.released)


def _named(item: Item | None) -> str:
    return (item.index_number or item.key or item.title) if item else ""


def whole(found: QuerySet[Item]) -> QuerySet[Item]:
    """The items with everything that a row tells, in a number of queries that does not grow with them."""
    related = found.select_related("organ", "translation_of", "redirect_to")
    return related.prefetch_related("tags", "attachments", "relations")


def rows(found: QuerySet[Item]) -> Iterator[tuple[Item, Row]]:
    """Each item with its row, read in chunks, in the order of their keys: for streams of any length."""
    for item in whole(found).order_by("pk").iterator(chunk_size=CHUNK):
        yield item, row_of(item)


def rows_of(found: Iterable[Item]) -> list[Row]:
    """The rows of items that are read already."""
    return [row_of(item) for item in found]
