"""Before a term ends those who look after a document hear of each step, once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_officer, an_organ
from gongkai.catalogue import services
from gongkai.catalogue.models import Item
from gongkai.catalogue.rules.reminding import STEPS, step
from gongkai.catalogue.tests.factories import published
from gongkai.notifications.models import Message, Outgoing

LAST = date(2027, 8, 31)
EVALUATE, REVIEW, SUBMIT = STEPS


@pytest.mark.parametrize(
    ("today", "wanted"),
    [
        (date(2027, 2, 27), None),
        (date(2027, 2, 28), EVALUATE),
        (date(2027, 6, 29), EVALUATE),
        (date(2027, 6, 30), REVIEW),
        (date(2027, 7, 30), REVIEW),
        (date(2027, 7, 31), SUBMIT),
        (LAST, SUBMIT),
        (LAST + timedelta(days=1), None),
    ],
)
def test_a_step_is_reached_on_its_day(today: date, wanted: object) -> None:
    assert step(LAST, today) == wanted


def told() -> list[str]:
    return sorted(Message.objects.values_list("event", flat=True))


@pytest.mark.django_db
def test_each_step_is_told_once_to_the_office_and_the_drafter() -> None:
    an_organ("civil-affairs")
    office, drafter, other = (
        an_officer(Role.DISCLOSURE_OFFICE, "civil-affairs"),
        an_officer(Role.OFFICER, "civil-affairs"),
        an_officer(Role.DISCLOSURE_OFFICE, "other"),
    )
    drafter.email = "drafter@example.gov.cn"
    drafter.save()
    item = published(expires_on=LAST.isoformat())
    Item.objects.filter(pk=item.pk).update(drafted_by=drafter)
    published(expires_on="2029-01-01")
    published(kind="announcement", document_number="", expires_on=LAST.isoformat())
    assert services.remind(today=date(2027, 2, 27)) == 0
    for _each in range(3):
        services.remind(today=date(2027, 3, 1))
        services.remind(today=date(2027, 3, 2))
    assert told() == [EVALUATE.event] * 2
    assert set(Message.objects.values_list("user_id", flat=True)) == {office.pk, drafter.pk}
    assert other.pk not in set(Message.objects.values_list("user_id", flat=True))
    assert "2027-08-31" in Message.objects.all()[0].body
    mail = Outgoing.objects.get()
    assert (item.title in str(mail.subject), "期限与清理" in str(mail.body)) == (True, True)
    services.remind(today=date(2027, 7, 1))
    services.remind(today=LAST)
    services.remind(today=LAST + timedelta(days=1))
    assert told() == [*[EVALUATE.event] * 2, *[REVIEW.event] * 2, *[SUBMIT.event] * 2]


@pytest.mark.django_db
def test_what_was_repealed_is_not_evaluated_any_more() -> None:
    an_officer(Role.DISCLOSURE_OFFICE, "civil-affairs")
    item = published(expires_on=LAST.isoformat())
    published(relations=[{"kind": "repeals", "target": item.document_number}])
    assert services.remind(today=date(2027, 3, 1)) == 0
