"""Items for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.accounts.models import User
from gongkai.accounts.rules import Standing
from gongkai.accounts.tests.factories import an_officer, an_organ
from gongkai.audit.rules import SYSTEM
from gongkai.catalogue import services
from gongkai.catalogue.models import Batch, Item, Pass
from gongkai.catalogue.selectors import courses
from gongkai.catalogue.services import Received, receive

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
_numbers = count(1)
BODY = (
    "为规范示例事项，制定本办法。\n第一条　本办法适用于本区示例事项。\n第二条　示例事项由示例机关办理。\n"
    "第三条　本办法自2023年6月1日起施行。\n上海市虹口区示例机关\n2023年5月4日"
)


def a_row(**values: Any) -> dict[str, Any]:
    """One item in the interchange form, published before, each with a number of its own."""
    number = next(_numbers)
    return {
        "kind": "normative_document",
        "title": f"虹口区示例事项管理办法之{number}",
        "document_number": f"虹府规〔2023〕{number}号",
        "issuing_organ": "civil-affairs",
        "theme": "civil_affairs",
        "genre": "measures",
        "signed_on": "2023-05-04",
        "published_on": "2023-05-08",
        "effective_on": "2023-06-01",
        "summary": "规定示例事项怎样办理。",
        "keywords": ["示例"],
        "tags": ["open_government"],
        "body": BODY,
        "attachments": [{"name": "示例申请表", "text": "| 项目 | 内容 |\n| 名称 | 示例 |"}],
        "state": "published",
        "key": f"sample-{number}",
        **values,
    }


def received(*rows: dict[str, Any], today: date = TODAY) -> Received:
    """The rows taken in; a fault is a mistake of the test."""
    found = receive(rows, actor=SYSTEM, today=today)
    assert found.faults == []
    return found


def published(*, organ: str = "civil-affairs", **values: Any) -> Item:
    """A published item of an organ, which is made if it is not there."""
    an_organ(organ)
    row = a_row(issuing_organ=organ, **values)
    received(row)
    return Item.objects.get(key=row["key"])


def a_draft(*, organ: str = "civil-affairs", by: User | None = None, **values: Any) -> Item:
    """A draft of an officer of the organ."""
    an_organ(organ)
    person = by or an_officer(Role.OFFICER, organ)
    data = {**a_row(**values), "state": "drafting", "disclosure_class": values.get("disclosure_class", "proactive")}
    data.pop("key")
    return services.draft(organ=organ, by=standing(person), user_id=person.pk, key=new_key(), data=data, today=TODAY)


def ready(count: int, *, organ: str = "civil-affairs", **values: Any) -> list[Item]:
    """Items of one organ that may be released."""
    an_organ(organ)
    officer, reviewer = an_officer(Role.OFFICER, organ), an_officer(Role.SECRECY_REVIEWER, organ)
    plain = {"kind": "announcement", "document_number": "", "body": "各单位：示例。", **values}
    made = []
    for _ in range(count):
        item = a_draft(organ=organ, by=officer, **plain)
        item.state = "in_review"
        item.save()
        item.course.approved_by = item.course.exempt_by = reviewer
        item.course.save()
        for review in ("secrecy", "legality"):
            Pass.objects.create(item=item, review=review, digest=courses.digest(item), by=reviewer, on=TODAY)
        made.append(item)
    return made


def release(item: Item) -> Item:
    """An item that is ready is released by somebody of its organ."""
    chief = an_officer(Role.DISCLOSURE_OFFICE, item.organ.code)
    key, version = new_key(), item.version
    return services.release(pk=item.pk, by=standing(chief), version=version, key=key, user_id=chief.pk, now=NOW)


def standing(person: User) -> Standing:
    """What a person holds."""
    return accounts.standing(person, TODAY)


def new_key() -> str:
    """The key of a submission."""
    return f"submission-{next(_numbers):08}"


def a_batch(*, by: User, organ: str = "civil-affairs") -> Batch:
    """A table of drafts that somebody handed in and that was looked over."""
    return Batch.objects.create(by=by, organs=[organ], name="drafts.csv", content=b"", state="checked", new=1, rows=1)
