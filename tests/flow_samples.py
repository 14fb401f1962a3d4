"""A row for every flow, and how to put it into a state: what the exhaustive test acts on.

Whoever binds a flow adds its sample here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from gongkai.applications.enums import ENDED
from gongkai.applications.models import Application, Disposal, Rectification
from gongkai.applications.tests import factories as applications
from gongkai.catalogue.models import Item
from gongkai.catalogue.tests import factories as catalogue
from gongkai.disputes.models import Dispute
from gongkai.disputes.tests import factories as disputes
from gongkai.organisations.models import Organ
from gongkai.promotions.models import Compilation, Promotion
from gongkai.reports.codec import to_data
from gongkai.reports.models import Filing, SourceText
from gongkai.reports.tests.factories import reading

DAY = date(2025, 9, 15)


def _nothing(row: Any, target: str) -> None:
    """Nothing needs to be there before the act."""


@dataclass(frozen=True)
class Sample:
    """`make` a row; `put` it into a state; `prepare` what its table's constraints want of the state it goes to."""

    make: Callable[[], Any]
    put: Callable[[Any, str], None]
    prepare: Callable[[Any, str], None] = _nothing


def _application() -> Application:
    applications.organs()
    return applications.submitted().application


def _put(row: Application, state: str) -> None:
    counted = {"closed_on": DAY, "code": "G2", "counted_on": DAY, "counted_code": "G2"}
    closed = counted if state in ENDED else {name: None if name.endswith("_on") else "" for name in counted}
    Application.objects.filter(pk=row.pk).update(state=state, received_on=DAY, due_on=date(2025, 10, 17), **closed)


def _prepare(row: Application, target: str) -> None:
    if target in ENDED:
        Application.objects.filter(pk=row.pk).update(closed_on=DAY, code="G2", counted_on=DAY, counted_code="G2")


def _dispute() -> Dispute:
    applications.organs()
    return disputes.opened(application=applications.submitted().application)


def _put_dispute(row: Dispute, state: str) -> None:
    Dispute.objects.filter(pk=row.pk).update(state=state, result="upheld", result_on=DAY)


def _promotion() -> Promotion:
    applications.organs()
    found = applications.submitted().application
    return Promotion.objects.create(
        application=found, key="0" * 16, title="示例", proposed_by=applications.person(), proposed_on=DAY
    )


def _put_promotion(row: Promotion, state: str) -> None:
    Promotion.objects.filter(pk=row.pk).update(state=state)


def _compilation() -> Compilation:
    applications.organs()
    return Compilation.objects.create(organ=Organ.objects.get(code=applications.ORGAN), year=2025)


def _put_compilation(row: Compilation, state: str) -> None:
    Compilation.objects.filter(pk=row.pk).update(state=state)


def _filing() -> Filing:
    source = SourceText.objects.create(digest="0" * 64, name="sample.txt", media="text", text="示例")
    data = to_data(reading())
    return Filing.objects.create(
        organ="civil-affairs", source=source, file_id=uuid4(), original=data, reading=data, filed_by="1"
    )


def _put_filing(row: Filing, state: str) -> None:
    Filing.objects.filter(pk=row.pk).update(state=state)


def _rectification() -> Rectification:
    applications.organs()
    return applications.rectification()


def _put_rectification(row: Rectification, state: str) -> None:
    answer = {"answered_on": DAY, "paper": "rectified"} if state == "answered" else {"answered_on": None, "paper": ""}
    Rectification.objects.filter(pk=row.pk).update(state=state, **answer)


def _prepare_rectification(row: Rectification, target: str) -> None:
    if target == "answered":
        Rectification.objects.filter(pk=row.pk).update(answered_on=DAY, paper="rectified")


def _disposal() -> Disposal:
    applications.organs()
    organ = Organ.objects.get(code=applications.ORGAN)
    return Disposal.objects.create(organ=organ, proposed_by=applications.person(), proposed_on=DAY)


def _put_disposal(row: Disposal, state: str) -> None:
    Disposal.objects.filter(pk=row.pk).update(state=state)


def _item() -> Item:
    return catalogue.published()


def _put_item(row: Item, state: str) -> None:
    row.refresh_from_db()
    row.state = state
    row.save()


SAMPLES = {
    "items": Sample(_item, _put_item),
    "disposals": Sample(_disposal, _put_disposal),
    "rectifications": Sample(_rectification, _put_rectification, _prepare_rectification),
    "applications": Sample(_application, _put, _prepare),
    "disputes": Sample(_dispute, _put_dispute),
    "promotions": Sample(_promotion, _put_promotion),
    "compilations": Sample(_compilation, _put_compilation),
    "filings": Sample(_filing, _put_filing),
}
