"""Whose files the attachments of items are: those of the organ that makes the item."""

from __future__ import annotations

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from gongkai.accounts.rules import Standing
from gongkai.files.selectors import register_owner

from .models import Item
from .selectors import MAKERS, OWNER


def may_read(standing: Standing) -> Q:
    """The files of the items of organs for which the reader makes, reviews or audits them."""
    items = Item.objects.filter(organ__code__in=standing.organs_where(*MAKERS))
    return Q(owner_id__in=items.values_list(Cast("pk", CharField())))


def registered() -> None:
    """Make the owner known to the files."""
    register_owner(OWNER, may_read)
