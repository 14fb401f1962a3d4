"""The public items of the document library."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.catalogue import selectors
from gongkai.catalogue.rules import declared
from gongkai.catalogue.selectors import Item
from gongkai.search.rules import Entry

NAME = "catalogue"
_MARKS = re.compile(r"^(?:#{1,6} |- )|\|", re.MULTILINE)  # of headings, lists and tables


class CatalogueSource:
    """Each public item as one entry; what becomes public or ceases to be is told by `ItemChanged`."""

    def entries(self, keys: Collection[str]) -> Iterator[Entry]:
        wanted = [int(key) for key in keys if key.isascii() and key.isdigit()]
        found = selectors.public().filter(pk__in=wanted).select_related("organ").prefetch_related("attachments")
        return map(_entry, found)

    def keys(self) -> Iterator[str]:
        pks = selectors.public().order_by("pk").values_list("pk", flat=True)
        return (str(pk) for pk in pks.iterator())

    def version(self) -> str:
        return "1"


def labels() -> Mapping[str, Mapping[str, str]]:
    """What the values of the facets are called."""
    return {
        "kind": {code: _(kind.label) for code, kind in declared.kinds().items()},
        "theme": {code: _(label) for code, label in declared.themes().items()},
    }


def _entry(item: Item) -> Entry:
    return Entry(
        id=f"{NAME}:{item.pk}",
        kind=item.kind,
        title=item.title,
        url=reverse("library:item", args=[item.slug]),
        document_number=item.document_number,
        index_number=item.index_number or "",
        organ=item.organ.code,
        organ_name=item.organ.name,
        theme=item.theme,
        level=item.level,
        validity=item.validity,
        language=item.language,
        date=item.published_on.isoformat() if item.published_on else "",
        summary=item.summary,
        keywords=tuple(dict.fromkeys((*map(str, item.keywords), item.organ.short_name))),
        body=_MARKS.sub("", item.body),
        attachments=tuple(
            f"{paper.name}\n{paper.text or paper.words}"
            for paper in item.attachments.all()
            if paper.released or not paper.file
        ),
    )
