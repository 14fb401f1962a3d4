"""Several at once: numbers without a gap or a double, one release, one correction of a count."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_officer
from gongkai.audit.rules import SYSTEM
from gongkai.catalogue import services
from gongkai.catalogue.models import Attachment, Change, IndexCounter, Item
from gongkai.catalogue.selectors import OWNER, courses
from gongkai.catalogue.tests.factories import new_key, ready, standing
from gongkai.files import services as files
from gongkai.workflow.rules import Refused

pytestmark = pytest.mark.django_db(transaction=True)
CLERKS = 8
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def at_once(works: list[Callable[[], object]]) -> list[str]:
    """Do all of it at the same moment; what was refused, in its words. Anything else fails the test."""
    start, refused, faults = threading.Barrier(len(works)), [], []

    def clerk(work: Callable[[], object]) -> None:
        try:
            start.wait(60)
            work()
        except Refused as error:
            refused.append(str(error))
        except BaseException as error:  # noqa: BLE001 - told below
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=clerk, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert [thread for thread in threads if thread.is_alive()] == []
    assert faults == []
    return refused


def release(item: Item, by: object, user_id: int) -> Callable[[], object]:
    key, version = new_key(), item.version
    return lambda: services.release(pk=item.pk, by=by, version=version, key=key, user_id=user_id, now=NOW)  # type: ignore[arg-type]


def test_eight_released_at_once_get_eight_numbers_in_a_row() -> None:
    items, chief = ready(CLERKS), an_officer(Role.DISCLOSURE_OFFICE, "civil-affairs")
    by = standing(chief)
    assert at_once([release(item, by, chief.pk) for item in items]) == []
    found = sorted(number or "" for number in Item.objects.values_list("index_number", flat=True))
    assert found == [f"civil-affairs/2026-{number:05}" for number in range(1, CLERKS + 1)]
    assert IndexCounter.objects.get().last == CLERKS


def test_those_with_files_and_those_without_do_not_wait_for_each_other() -> None:
    items, chief = ready(CLERKS), an_officer(Role.DISCLOSURE_OFFICE, "civil-affairs")
    by = standing(chief)
    for item in items[::2]:
        kept = files.keep(
            stream=f"附件{item.pk}".encode(), name="附件.txt", owner_kind=OWNER, owner_id=item.pk, actor=SYSTEM
        )
        Attachment.objects.create(item=item, name=kept.name, file=kept.pk)
        item.passes.update(digest=courses.digest(Item.objects.select_related("organ").get(pk=item.pk)))
    assert at_once([release(item, by, chief.pk) for item in items]) == []
    assert Attachment.objects.filter(released__isnull=False).count() == CLERKS // 2


def test_one_item_that_eight_release_at_once_is_released_once() -> None:
    (item,), chief = ready(1), an_officer(Role.DISCLOSURE_OFFICE, "civil-affairs")
    refused = at_once([release(item, standing(chief), chief.pk) for _ in range(CLERKS)])
    assert len(refused) == CLERKS - 1
    assert [text for text in refused if not text.endswith("。")] == []
    assert (Change.objects.filter(kind="released").count(), IndexCounter.objects.get().last) == (1, 1)
