"""What the statistics of reading show: counts joined with the items and organs they are of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongkai.catalogue import selectors as library
from gongkai.readership import selectors

ITEM = "library:item"
BATCH = 500


@dataclass(frozen=True)
class Read:
    """An item of the library, and how often it was opened."""

    slug: str
    title: str
    organ: str
    opened: int


def items(since: date, until: date) -> list[Read]:
    """The items that were opened most; one that is no longer public is not named."""
    counts = selectors.things(since, until, page=ITEM)
    named: dict[str, tuple[str, str]] = {}
    for start in range(0, len(counts), BATCH):
        slugs = [slug for slug, _n in counts[start : start + BATCH]]
        rows = library.public().filter(slug__in=slugs).values_list("slug", "title", "organ__short_name")
        named |= {str(slug): (title, organ) for slug, title, organ in rows}
    return [Read(slug, named[slug][0], named[slug][1], n) for slug, n in counts if slug in named]


def organs(found: list[Read]) -> list[tuple[str, int]]:
    """Whose items are read most."""
    counts: Counter[str] = Counter()
    for one in found:
        counts[one.organ] += one.opened
    return counts.most_common()


def table(since: date, until: date) -> Iterator[tuple[str | int, ...]]:
    """Rows for a spreadsheet: what kind of figure, of what, of whom, the numbers."""
    total = selectors.total(since, until)
    yield (_("项目"), _("名称"), _("机关"), _("次数"), _("无结果"))
    yield (_("合计"), _("页面阅读"), "", total.opened, "")
    yield (_("合计"), _("访问"), "", total.begun, "")
    yield (_("合计"), _("搜索"), "", total.asked, total.empty)
    for one in items(since, until):
        yield (_("条目"), one.title, one.organ, one.opened, "")
    for words, n, vain in selectors.terms(since, until):
        yield (_("搜索词"), words, "", n, vain)
