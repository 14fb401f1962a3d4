"""Art. 42: what came in before the fee rules were in force costs nothing, whenever the notice would be sent."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gongkai.accounts.enums import Role
from gongkai.applications import services
from gongkai.applications.enums import Scale
from gongkai.applications.models import Application, Fee
from gongkai.applications.tests import factories
from gongkai.workflow.rules import Refused

pytestmark = pytest.mark.django_db


def charged(received: date, noticed: date) -> Application:
    """A notice for 230 pages, sent on a day, in a case that was received on another."""
    factories.organs()
    head = factories.holding(factories.person(), Role.DISCLOSURE_OFFICE)
    moment = datetime(received.year, received.month, received.day, 2, tzinfo=UTC)
    row = factories.registered(head, day=received, at=moment)
    words: dict[str, Any] = {"scale": Scale.BY_PAGE, "pages": 230, "how": "示例账户"}
    key = f"charge-{row.pk}-sample-case"
    return services.charge(pk=row.pk, by=head, version=row.version, key=key, today=noticed, **words)


@pytest.mark.parametrize("noticed", [date(2020, 12, 31), date(2021, 1, 4)])
def test_what_was_received_before_the_rules_is_not_charged_and_the_article_is_named(noticed: date) -> None:
    with pytest.raises(Refused, match=r"2020-12-30收到的申请适用当时的规定.*第四十二条第一款.*请直接办理"):
        charged(date(2020, 12, 30), noticed)
    assert not Fee.objects.exists()
    assert Application.objects.get().state == "registered"


def test_what_was_received_from_their_first_working_day_on_is_charged_by_them() -> None:
    row = charged(date(2021, 1, 4), date(2021, 1, 5))
    assert (row.state, Fee.objects.get().yuan) == ("paying", 3900)
