"""How every act of this context is done: through the flow, in one transaction, and told to those above."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongkai.catalogue.enums import PUBLIC
from gongkai.catalogue.events import ItemChanged
from gongkai.catalogue.flow import binding
from gongkai.catalogue.models import Course, Item
from gongkai.kernel import bus
from gongkai.workflow import services as workflow
from gongkai.workflow.rules import Doer, Refused, Rule

Change = Callable[[Item, Rule], Mapping[str, object]]
LONGEST = 1000


def act(pk: int, name: str, by: Doer, version: int, key: str, change: Change) -> Item:
    """Do one act of the flow on an item; see `workflow.services.act`. What is or was public is told upwards."""
    with workflow.one_transaction():
        before = Item.objects.filter(pk=pk).values_list("state", "version").first()
        row: Item = workflow.act(binding=binding(), pk=pk, act=name, by=by, version=version, key=key, change=change)
        if before and before[1] != row.version and (before[0] in PUBLIC or row.public):
            bus.publish(ItemChanged(row.pk, public=row.public))
    return row


def course(item: Item) -> Course:
    """What belongs to the making of an item, to be written to."""
    return Course.objects.get_or_create(item=item)[0]


def wanted(text: str, what: str) -> str:
    """A text that somebody must give; what is too long is cut."""
    if not text.strip():
        raise Refused(f"请写明{what}。")
    return text.strip()[:LONGEST]


def other(item: Item, user_id: int | None, what: str) -> None:
    """Art. 17: who drafted an item does not pass it."""
    if user_id is not None and item.drafted_by_id == user_id:
        raise Refused(f"起草和{what}不得为同一人。请由另一位办理。")
