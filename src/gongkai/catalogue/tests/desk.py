"""The desk of the library, for tests: each act by somebody who holds the role."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.forms.models import model_to_dict

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_officer, an_organ
from gongkai.audit.models import Entry
from gongkai.catalogue import selectors, services
from gongkai.catalogue.models import Course, Item
from gongkai.catalogue.tests.factories import TODAY, a_draft, new_key, standing
from gongkai.workflow.rules import Refused

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
PLAIN: dict[str, Any] = {"kind": "announcement", "document_number": "", "body": "各单位：请按时参加示例活动。"}


class Desk:
    """The people of one organ, and every act in few words."""

    def __init__(self, organ: str = "civil-affairs") -> None:
        self.organ = an_organ(organ).code
        self.people = {role: an_officer(role, organ) for role in Role}

    def do(self, act: Any, item: Item, role: Role, **words: Any) -> Item:
        item.refresh_from_db()
        who = self.people[role]
        made: Item = act(pk=item.pk, by=standing(who), version=item.version, key=new_key(), **words)
        return made

    def user(self, role: Role) -> dict[str, int]:
        return {"user_id": self.people[role].pk}

    def drafted(self, **values: Any) -> Item:
        return a_draft(organ=self.organ, by=self.people[Role.OFFICER], **{**PLAIN, **values})

    def in_review(self, item: Item) -> Item:
        self.do(services.submit, item, Role.OFFICER, today=TODAY, **self.user(Role.OFFICER))
        return self.do(services.approve, item, Role.SECTION_CHIEF, **self.user(Role.SECTION_CHIEF))

    def passed(self, item: Item, review: Any = services.secrecy_pass, role: Role = Role.SECRECY_REVIEWER) -> Item:
        return self.do(review, item, role, opinion="同意。", today=TODAY, **self.user(role))

    def release(self, item: Item, role: Role = Role.DISCLOSURE_OFFICE, now: datetime = NOW) -> Item:
        return self.do(services.release, item, role, now=now, **self.user(role))

    def released(self, **values: Any) -> Item:
        return self.release(self.passed(self.in_review(self.drafted(**values))))


def state_of_all() -> list[dict[str, Any]]:
    """Everything that a refusal may not change."""
    rows = [model_to_dict(row) for model in (Item, Course) for row in model.objects.order_by("pk")]
    return [*rows, {"audit": Entry.objects.count(), "changes": selectors.Change.objects.count()}]


def refused(desk: Desk, item: Item, *why: str, role: Role = Role.DISCLOSURE_OFFICE) -> None:
    before = state_of_all()
    with pytest.raises(Refused) as told:
        desk.release(item, role)
    assert [part for part in why if part not in str(told.value)] == []
    assert state_of_all() == before
