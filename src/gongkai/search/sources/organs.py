"""The organs of the directory, under every name they had."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongkai.organisations import selectors
from gongkai.search.registry import Labels
from gongkai.search.rules import Entry

NAME = "organs"
KIND = "organ"
WEIGHT = 5.0


class OrganSource:
    """Each organ as one entry."""

    def entries(self, keys: Collection[str]) -> Iterator[Entry]:
        found = selectors.organs().filter(code__in=list(keys)).prefetch_related("further_names")
        for organ in found:
            names = (organ.short_name, organ.name_en, *(row.name for row in organ.further_names.all()))
            yield Entry(
                id=f"{NAME}:{organ.code}",
                kind=KIND,
                title=organ.name,
                url=reverse("portal:organ", args=[organ.code]),
                organ=organ.code,
                organ_name=organ.name,
                summary=organ.short_name,
                keywords=tuple(name for name in dict.fromkeys(names) if name),
                weight=WEIGHT,
            )

    def keys(self) -> Iterator[str]:
        yield from selectors.organs().order_by("pk").values_list("code", flat=True)

    def version(self) -> str:
        return "1"

    def labels(self) -> Labels:
        return {"kind": {KIND: str(_("机关"))}}
