"""Those who look after a normative document hear in time that its term ends: once for each step, whoever runs it how often."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.catalogue.models import Item
from gongkai.catalogue.rules.reminding import Step, step
from gongkai.catalogue.selectors.watching import terms_ending
from gongkai.notifications.rules import Notice, Recipient
from gongkai.notifications.services import notify_each
from gongkai.statutes import in_force


def remind(*, today: date) -> int:
    """Tell the disclosure office of the organ and the drafter of each document that has come to a step; how many notices."""
    people: dict[str, frozenset[int]] = {}
    notices: list[Notice] = []
    for item in terms_ending(today=today):
        found = step(item.last_day, today) if item.last_day else None
        if found is None:
            continue
        organ = item.organ.code
        if organ not in people:
            holders = accounts.holders(Role.DISCLOSURE_OFFICE, organ, today)
            people[organ] = frozenset(one.pk for one in holders)
        notices += _notices(item, found, people[organ], today)
    return notify_each(notices)


def _notices(item: Item, found: Step, people: frozenset[int], today: date) -> Iterator[Notice]:
    drafter = {item.drafted_by_id} if item.drafted_by_id else set()
    number = f"（{item.document_number}）" if item.document_number else ""
    context = {
        "title": f"《{item.title}》{number}",
        "last_day": item.last_day,
        "cite": in_force(found.setting, today).cite.text,
    }
    key, url = f"item:{item.pk}:{item.last_day}", f"/workbench/library/{item.pk}/"
    for user in sorted(people | drafter):
        yield Notice(found.event, key, Recipient(user_id=user), context, url=url, organ=item.organ.code)
