"""Catalogues for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.accounts.tests.factories import an_organ
from gongkai.audit.rules import SYSTEM
from gongkai.standards.enums import Audience, Carrier, Tier, Way
from gongkai.standards.models import Row
from gongkai.standards.rules.sheet import Line
from gongkai.standards.services import bring_lines

TODAY = date(2026, 11, 20)
AREA = "social_aid"


def a_line(**values: Any) -> Line:
    """A row that asks for something new every month."""
    columns: dict[str, Any] = {
        "matter": "最低生活保障",
        "sub_matter": "审批信息",
        "contents": "保障户数、人数、支出金额",
        "basis": "《社会救助暂行办法》",
        "time_limit": "每月",
        "organ": "区民政局",
        "carriers": (Carrier.WEBSITE.value, Carrier.NOTICE_BOARD.value),
        "audience": (Audience.SOCIETY.value,),
        "ways": (Way.PROACTIVE.value,),
        "tiers": (Tier.DISTRICT.value,),
    }
    return Line(**columns | values)


def a_row(*, organ: str = "civil-affairs", area: str = AREA, today: date = TODAY, **values: Any) -> Row:
    """The one row of an organ's catalogue."""
    an_organ(organ)
    bring_lines(organ=organ, area=area, lines=[a_line(**values)], actor=SYSTEM, today=today)
    return Row.objects.get(catalogue__organ__code=organ, catalogue__area=area, ended_on=None)
