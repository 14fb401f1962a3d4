"""What the pages of the library show of an item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.catalogue.enums import RelationKind, State, Validity
from gongkai.catalogue.rules import body, declared
from gongkai.catalogue.selectors import Item, listing, pages
from gongkai.search import selectors as search
from gongkai.search.rules import Entry
from gongkai.ui.meta import Article

BADGES = {
    Validity.IN_FORCE.value: "live",
    Validity.AMENDED.value: "amended",
    Validity.REPEALED.value: "repealed",
    Validity.LAPSED.value: "lapsed",
    Validity.NOT_YET_IN_FORCE.value: "pending",
}
LONGEST_CONTENTS = 40
CATALOGUE = "catalogue"  # as the search knows the library
MOST_ALIKE = 4


@dataclass(frozen=True)
class Line:
    """One item in a list."""

    title: str
    url: str
    day: Any
    badge: str
    organ: str
    organ_en: str
    number: str
    kind: str
    summary: str
    state: str


def line(item: Item) -> Line:
    """What a list shows of an item."""
    kind = declared.kinds().get(item.kind)
    return Line(
        item.title,
        reverse("library:item", args=[item.slug]),
        item.published_on,
        BADGES.get(item.validity, ""),
        item.organ.short_name,
        item.organ.name_en,
        item.document_number,
        kind.label if kind else item.kind,
        item.summary[:160],
        item.state if item.state != State.PUBLISHED.value else "",
    )


def facets(what: listing.Asked, action: str) -> dict[str, Any]:
    """What `components/_facets.html` takes."""
    legends = {
        "validity": _("有效性"),
        "kind": _("信息类别"),
        "organ": _("发文机关"),
        "theme": _("主题"),
        "year": _("发布年度"),
        "level": _("层级"),
        "tag": _("特色标签"),
    }
    groups = [
        {
            "legend": legends[name],
            "name": name,
            "options": [(one.value, _(one.label), one.count, one.chosen) for one in found],
        }
        for name, found in listing.options(what).items()
        if found
    ]
    hidden = [("q", what.words)] if what.words else []
    return {"action": action, "hidden": hidden, "groups": groups, "clear": action}


def article(item: Item) -> Article:
    """The META tags of a content page."""
    day = item.published_on or timezone.localdate()
    published = timezone.make_aware(datetime.combine(day, time(9)))
    words = ",".join(item.keywords) or item.title
    return Article(item.title, published, item.organ.name, words, (item.summary or item.title)[:160])


def contents(found: Sequence[body.Paragraph]) -> list[dict[str, str]]:
    """The list of contents, when the text is long enough to need one."""
    heads = body.headings(found)
    top = [one for one in heads if one.level == 1] or heads
    if len(top) < 2:
        return []
    return [
        {"id": one.anchor, "title": one.lead if one.kind == "article" else one.text} for one in top[:LONGEST_CONTENTS]
    ]


def banners(item: Item, related: Sequence[pages.Related]) -> list[dict[str, Any]]:
    """What must be said before the text: it was withdrawn, repealed, amended, is not in force yet."""
    found: list[dict[str, Any]] = []
    if item.state == State.WITHDRAWN.value:
        found.append({"tone": "withdrawn", "title": _("本文已撤回"), "text": item.reason})
    if item.state == State.ARCHIVED.value:
        found.append({"tone": "", "title": _("本文已归档"), "text": item.reason or _("内容不再更新，仅供查考。")})
    if stale := pages.behind(item):
        original, day = stale
        text = _("原文在 %(day)s 有改动，这份译文还没有跟上。请以中文原文为准。") % {"day": day.isoformat()}
        by = [pages.Related(_("原文"), original.title, original.slug or "", "", incoming=True)]
        found.append({"tone": "amended", "title": _("译文可能过时"), "text": text, "by": by})
    if said := _said(item):
        title, text = said
        tone = "amended" if item.validity == Validity.AMENDED.value else "withdrawn"
        by = [one for one in related if one.incoming and one.kind in _DOERS.get(item.validity, ())]
        found.append({"tone": tone, "title": title, "text": text, "by": by})
    return found


def alike(item: Item, related: Sequence[pages.Related]) -> list[Entry]:
    """A few public items about the same, but for those that are related to it anyway."""
    known = {reverse("library:item", args=[one.slug]) for one in related if one.slug}
    found = search.alike(CATALOGUE, str(item.pk), item.title, limit=MOST_ALIKE + len(known))
    return [one for one in found if one.url not in known][:MOST_ALIKE]


def readings(related: Sequence[pages.Related]) -> list[pages.Related]:
    """What the reader of a policy or of its interpretation wants first: the other of the two."""
    return [one for one in related if one.kind == RelationKind.INTERPRETS.value and one.slug]


_DOERS = {
    Validity.REPEALED.value: (RelationKind.REPEALS.value, RelationKind.REPLACES.value),
    Validity.LAPSED.value: (RelationKind.LAPSES.value,),
    Validity.AMENDED.value: (RelationKind.AMENDS.value,),
}


def _said(item: Item) -> tuple[str, str] | None:
    day = item.validity_since.isoformat() if item.validity_since else ""
    said = {
        Validity.REPEALED.value: (_("本文已废止"), _("自 %(day)s 起不再施行。") % {"day": day}),
        Validity.LAPSED.value: (_("本文已失效"), _("自 %(day)s 起失效。") % {"day": day}),
        Validity.AMENDED.value: (_("本文已修改"), _("自 %(day)s 起按修改后的规定施行。") % {"day": day}),
        Validity.NOT_YET_IN_FORCE.value: (
            _("本文尚未施行"),
            _("自 %(day)s 起施行。") % {"day": item.effective_on or ""},
        ),
    }
    return said.get(item.validity)
