"""Table two of a report in the making: what the library counts stands there until somebody enters another figure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.accounts.tests.factories import an_organ
from gongkai.audit.rules import SYSTEM
from gongkai.catalogue.tests.factories import a_row, received
from gongkai.reports import selectors, services
from gongkai.reports.enums import Item, Measure

pytestmark = pytest.mark.django_db
ORGAN = "civil-affairs"


def two(year: int) -> dict[str, int | Decimal | None]:
    found = selectors.draft_of(ORGAN, year)
    assert found is not None
    return {measure.value: one.value for measure, one in found.reading.two[Item.NORMATIVE_DOCUMENTS].items()}


def test_normative_documents_are_counted_from_the_library_and_a_person_has_the_last_word() -> None:
    an_organ(ORGAN)
    assert two(2023) == {"issued": None, "repealed": None, "in_force": None}
    days = {"signed_on": "2022-01-04", "published_on": "2022-01-05", "effective_on": "2022-02-01"}
    received(
        a_row(**days, document_number="虹民规〔2022〕1号"),
        a_row(relations=[{"kind": "repeals", "target": "虹民规〔2022〕1号"}]),
        a_row(),
    )
    assert two(2022) == {"issued": 1, "repealed": 0, "in_force": 1}
    assert two(2023) == {"issued": 2, "repealed": 1, "in_force": 2}
    row = (f"two-{Item.NORMATIVE_DOCUMENTS.value}", Measure.REPEALED.value)
    services.enter_figures(organ=ORGAN, year=2023, figures={row: Decimal(4)}, by=SYSTEM)
    assert two(2023) == {"issued": 2, "repealed": 4, "in_force": 2}
