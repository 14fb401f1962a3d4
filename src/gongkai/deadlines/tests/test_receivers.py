"""A missing year is told of, once a week."""

from datetime import date

import pytest

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import a_duty, a_person, an_organ
from gongkai.deadlines.events import CalendarMissing
from gongkai.kernel import bus
from gongkai.notifications.models import Message


@pytest.mark.django_db
def test_administrators_hear_of_a_missing_year_once_a_week() -> None:
    person = a_person(organ=an_organ("civil-affairs"))
    a_duty(person, Role.ADMINISTRATOR, "civil-affairs")
    for on in (date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 8)):
        bus.publish(CalendarMissing(2027, on))
    messages = Message.objects.filter(event="deadlines.calendar_missing")
    assert [(message.user_id, "2027" in message.body) for message in messages] == [(person.pk, True)] * 2
