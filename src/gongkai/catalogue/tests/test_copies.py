"""The public copy of a file comes with the release of its item, and never before it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_officer
from gongkai.catalogue import services
from gongkai.catalogue.models import Attachment, Item
from gongkai.catalogue.selectors import OWNER
from gongkai.catalogue.selectors.rows import row_of
from gongkai.catalogue.services import releasing
from gongkai.catalogue.tests.factories import TODAY, a_draft, new_key, standing
from gongkai.files import selectors as files
from gongkai.files import services as keeping
from gongkai.files.selectors import DRAFT
from gongkai.workflow.rules import Refused

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def do(act: Any, item: Item, role: Role, **words: Any) -> Item:
    item.refresh_from_db()
    who = an_officer(role, "civil-affairs")
    made: Item = act(pk=item.pk, by=standing(who), version=item.version, key=new_key(), user_id=who.pk, **words)
    return made


@pytest.fixture
def item(db: None) -> Item:
    """An item with a file, approved, and not reviewed yet."""
    officer = an_officer(Role.OFFICER, "civil-affairs")
    file = keeping.keep(
        stream="示例附件".encode(),
        name="附件.txt",
        owner_kind=DRAFT,
        actor=standing(officer).actor,
        organ="civil-affairs",
    )
    made = a_draft(by=officer, kind="announcement", document_number="", body="各单位：示例。")
    words: dict[str, Any] = {"by": standing(officer), "user_id": officer.pk}
    data = row_of(made).as_object
    made = services.edit(pk=made.pk, version=made.version, key=new_key(), data=data, uploads=[file], **words)
    made = services.submit(pk=made.pk, version=made.version, key=new_key(), today=TODAY, **words)
    return do(services.approve, made, Role.SECTION_CHIEF)


def public_copies(item: Item) -> list[str]:
    return [file.name for file in files.of_owner(OWNER, item.pk) if file in files.visible_to(None)]


def test_a_release_that_is_refused_leaves_no_copy(item: Item) -> None:
    do(services.ask_forced_release, item, Role.DISCLOSURE_OFFICE, reason="汛情紧急。")
    with pytest.raises(Refused, match="保密审查还没有通过"):
        do(services.forced_release, item, Role.COMPETENT_DEPARTMENT, now=NOW)
    do(services.secrecy_pass, item, Role.SECRECY_REVIEWER, opinion="", today=TODAY)
    with pytest.raises(Refused):  # whose act it is not
        do(services.release, item, Role.OBSERVER, now=NOW)
    assert public_copies(item) == []
    do(services.release, item, Role.DISCLOSURE_OFFICE, now=NOW)
    assert public_copies(item) == ["附件.txt"]


def test_a_release_that_dies_on_the_way_leaves_no_copy(item: Item, monkeypatch: pytest.MonkeyPatch) -> None:
    do(services.secrecy_pass, item, Role.SECRECY_REVIEWER, opinion="", today=TODAY)

    def dies(*_told: object) -> dict[str, object]:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(releasing, "_open", dies)
        with pytest.raises(MemoryError):
            do(services.release, item, Role.DISCLOSURE_OFFICE, now=NOW)
    assert public_copies(item) == []
    assert Attachment.objects.get(item=item, file__isnull=False).released is None
    do(services.release, item, Role.DISCLOSURE_OFFICE, now=NOW)
    assert public_copies(item) == ["附件.txt"]
