"""The fixed sections of the portal and the items that must be public, as the search tells them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.portal import documents
from gongkai.search.rules import Entry, digest_of
from gongkai.search.services import register

NAME = "sections"
SECTION, ITEM = "section", "item"
PAGES = (("guide", "guide"), ("apply", "apply"), ("rules", "rules"), ("contact.zh", "contact"))
PAGE_WEIGHT, PART_WEIGHT, ITEM_WEIGHT = 6.0, 1.0, 4.0


class SectionSource:
    """Few, and told anew with each version of the program and each change of the law in force."""

    def entries(self, keys: Collection[str]) -> Iterator[Entry]:
        wanted = set(keys)
        return (entry for entry in _all() if entry.id.partition(":")[2] in wanted)

    def keys(self) -> Iterator[str]:
        return (entry.id.partition(":")[2] for entry in _all())

    def version(self) -> str:
        told = "".join(digest_of(entry) for entry in _all())
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def labels() -> Mapping[str, Mapping[str, str]]:
    """What the values of the facets are called."""
    return {"kind": {SECTION: _("公开栏目"), ITEM: _("法定主动公开内容")}}


def registered() -> None:
    """Called once, when the program starts."""
    register(NAME, SectionSource(), labels)


def _all() -> Iterator[Entry]:
    for name, to in PAGES:
        yield from _page(name, reverse(f"portal:{to}"))
    for item in documents.contents().items:
        where = _("条例第%(article)s条第%(number)s项") % {"article": item.article, "number": item.ordinal}
        yield Entry(
            id=f"{NAME}:item-{item.id}",
            kind=ITEM,
            title=item.name,
            url=reverse("portal:item", args=[item.id]),
            summary=item.scope,
            keywords=(item.name_en,),
            body=where,
            weight=ITEM_WEIGHT,
        )


def _page(name: str, base: str) -> Iterator[Entry]:
    document = documents.document(name)
    date = f"{document.published:%Y-%m-%d}"
    yield Entry(
        id=f"{NAME}:{name}",
        kind=SECTION,
        title=document.title,
        url=base,
        summary=document.lede,
        date=date,
        organ_name=document.source,
        weight=PAGE_WEIGHT,
    )
    for section in document.sections:
        yield Entry(
            id=f"{NAME}:{name}-{section.id}",
            kind=SECTION,
            title=f"{section.title} · {document.title}",
            url=f"{base}#{section.id}",
            body="\n".join(section.words()),
            date=date,
            organ_name=document.source,
            weight=PART_WEIGHT,
        )
