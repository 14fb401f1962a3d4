"""Reads of this context. ONE function says what everybody may see, and one what somebody at the desk may see."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.catalogue.enums import GONE, ChangeKind, State
from gongkai.catalogue.models import Attachment, Change, Item, Relation, Revision

__all__ = [
    "MAKERS",
    "OWNER",
    "Attachment",
    "Change",
    "Item",
    "Relation",
    "Revision",
    "by_slug",
    "gone",
    "in_effect",
    "item_of",
    "public",
    "visible_to",
]
OWNER = "catalogue-item"  # of the files that are attached to items
MAKERS = (
    Role.OFFICER,
    Role.SECTION_CHIEF,
    Role.DISCLOSURE_OFFICE,
    Role.SECRECY_REVIEWER,
    Role.LEGAL_REVIEWER,
    Role.COMPETENT_DEPARTMENT,
    Role.AUDITOR,
)


def public() -> QuerySet[Item]:
    """What everybody may see. Pages, lists, feeds, exports, programs and the search index all begin here."""
    # A comparison, and not the bare column that Django would write: SQLite takes no index for that.
    return Item.objects.filter(public__in=(True,))


def visible_to(standing: Standing | None) -> QuerySet[Item]:
    """What somebody may see: everything public, and all items of the organs for which he or she makes or reviews them."""
    own = standing.organs_where(*MAKERS) if standing is not None else frozenset()
    if not own:
        return public()
    return Item.objects.filter(Q(public=True) | Q(organ__code__in=own))


def by_slug(slug: str) -> Item | None:
    """A public item by what stands in its address."""
    return public().filter(slug=slug).select_related("organ", "translation_of", "redirect_to").first()


def item_of(pk: int) -> Item | None:
    """An item by its key, public or not: for rooms above that were told of it by an event, never for a page."""
    return Item.objects.filter(pk=pk).select_related("organ", "translation_of", "redirect_to").first()


def gone(slug: str) -> Item | None:
    """What was public once and is not any more: only its title, its reason and where to go are told.

    It was removed, joined to another, or its class was changed; what never was public is not told of.
    """
    told = Change.objects.filter(item__slug=slug, kind=ChangeKind.RECLASSIFIED.value)
    closed = Q(public=False, published_on__isnull=False, pk__in=told.values("item"))
    found = Item.objects.filter(Q(state__in=GONE) | closed, slug=slug)
    return found.select_related("organ", "redirect_to").first()


def in_effect(where: str = "") -> Q:
    """What it does to others holds: it was published once and not by mistake, whoever may read it now."""
    return Q(**{f"{where}slug__isnull": False, f"{where}published_on__isnull": False}) & ~Q(
        **{f"{where}state": State.REMOVED.value}
    )


def newest(found: QuerySet[Item], most: int) -> Iterable[Item]:
    """The newest of them, without their texts."""
    return found.select_related("organ").defer("body", "anchors").order_by("-published_on", "-pk")[:most]
