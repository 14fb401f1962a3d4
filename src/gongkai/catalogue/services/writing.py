"""Writing an item from its row: its own columns, what hangs on it, and what is kept of each state of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from gongkai.catalogue.enums import ChangeKind, Size
from gongkai.catalogue.models import Attachment, Change, Item, Relation, Revision, Tag
from gongkai.catalogue.rules import body, numbers
from gongkai.catalogue.rules.history import sentence
from gongkai.catalogue.rules.interchange import Row
from gongkai.catalogue.rules.naming import key_of
from gongkai.catalogue.selectors.rows import row_of

_SAME = (
    *("kind", "title", "joint_party", "theme", "genre", "signed_on", "effective_on", "expires_on", "summary"),
    *("level", "language", "disclosure_class", "class_reason", "reason"),
)


def fill(item: Item, row: Row) -> None:
    """Put the content of a row into the columns; the anchors of what stays in the text stay too. Nothing is saved."""
    for name in _SAME:
        setattr(item, name, getattr(row, name))
    number = numbers.parse(row.document_number) if row.document_number else None
    item.document_number = number.text if number else row.document_number
    item.number_key = number.key if number else ""
    for name in ("joint_organs", "keywords", "audience"):
        setattr(item, name, list(getattr(row, name)))
    item.facts = dict(row.facts)
    item.anchors = body.anchored(row.body, list(zip(body.blocks(item.body), item.anchors, strict=False)))
    item.body = row.body


def hang(item: Item, row: Row, *, fresh: bool = False) -> None:
    """Tags, texts that are attachments, and relations, as the row has them; files stay. A fresh item has none yet."""
    if fresh:
        hang_new([(item, row)])
        return
    Tag.objects.filter(item=item).exclude(code__in=row.tags).delete()
    known = set(Tag.objects.filter(item=item).values_list("code", flat=True))
    Attachment.objects.filter(item=item, file__isnull=True).delete()
    files = set(Attachment.objects.filter(item=item).values_list("name", flat=True))
    Tag.objects.bulk_create(Tag(item=item, code=code) for code in row.tags if code not in known)
    Attachment.objects.bulk_create(one for one in _papers(item, row) if one.name not in files)
    relate(item, row)


def hang_new(pairs: Sequence[tuple[Item, Row]]) -> None:
    """The same of items that have none yet, all at once."""
    Tag.objects.bulk_create(Tag(item=item, code=code) for item, row in pairs for code in row.tags)
    Attachment.objects.bulk_create(paper for item, row in pairs for paper in _papers(item, row))
    Relation.objects.bulk_create(relation for item, row in pairs for relation in _relations(item, _wanted(row)))


def _papers(item: Item, row: Row) -> Iterator[Attachment]:
    for place, paper in enumerate(row.attachments):
        yield Attachment(item=item, position=place, name=paper.name, text=paper.text)


def _wanted(row: Row) -> dict[tuple[str, str], str]:
    return {(one.kind, key_of(one.target)): one.target for one in row.relations}


def _relations(item: Item, wanted: Mapping[tuple[str, str], str]) -> Iterator[Relation]:
    for (kind, key), named in wanted.items():
        yield Relation(source=item, kind=kind, named=named, named_key=key)


def relate(item: Item, row: Row) -> None:
    """The relations of a row: those that are new are made, those that are not in it any more go."""
    wanted = _wanted(row)
    for found in Relation.objects.filter(source=item):
        if wanted.pop((found.kind, found.named_key), None) is None:
            found.delete()
    Relation.objects.bulk_create(_relations(item, wanted))


def sealed(item: Item) -> Row:
    """The item as it now stands, read anew, in the interchange form."""
    return row_of(Item.objects.select_related("organ", "translation_of", "redirect_to").get(pk=item.pk))


def keep(
    item: Item, row: Row, *, public: bool, on: date, by: int | None = None, size: Size = Size.MAJOR, note: str = ""
) -> Revision:
    """Keep the whole item as it now stands."""
    made = revision(item, row, item.revision + 1, public=public, on=on, by=by, size=size, note=note)
    made.save(force_insert=True)
    Item.objects.filter(pk=item.pk).update(revision=made.number)
    item.revision = made.number
    return made


def revision(
    item: Item,
    row: Row,
    number: int,
    *,
    public: bool,
    on: date,
    by: int | None = None,
    size: Size = Size.MAJOR,
    note: str = "",
) -> Revision:
    """A revision of an item, which is not saved yet."""
    return Revision(
        item=item,
        number=number,
        public=public,
        size=size.value,
        note=note[:1000],
        snapshot=replace(row, reason="").as_object,
        anchors=item.anchors,
        made_on=on,
        made_by_id=by,
    )


def tell(
    item: Item,
    kind: ChangeKind,
    *,
    on: date,
    note: str = "",
    revision: int | None = None,
    since: date | None = None,
    **words: str,
) -> None:
    """Write a line of the public history; `since`: the day on which what it tells of had changed."""
    text = sentence(kind, note=note, **words)
    before, after = words.get("before", ""), words.get("after", "")
    Change.objects.create(
        item=item, kind=kind.value, on=on, text=text[:1200], before=before, after=after, revision=revision, since=since
    )
