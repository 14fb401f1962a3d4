"""The demo content comes into the library whole, once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gongkai.catalogue.demo import contents
from gongkai.catalogue.enums import Validity
from gongkai.catalogue.models import Item, Relation
from gongkai.catalogue.rules import interchange
from gongkai.organisations.tests.factories import hongkou


def test_every_row_is_one_of_the_interchange_form() -> None:
    faults = {row["title"]: interchange.read(row)[1] for row in contents.items()}
    assert {title: texts for title, texts in faults.items() if texts} == {}


@pytest.mark.one_database
@pytest.mark.django_db
def test_the_demo_is_taken_without_a_fault_and_a_second_time_changes_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that were written, and of those composed one in thirty: the interchange form of each is proved above."""
    rows = [*contents.written(), *contents.composed()[60::30]]
    monkeypatch.setattr(contents, "items", lambda: rows)
    hongkou()
    call_command("catalogue", "demo")
    count = len(rows)
    assert f"新增 {count}，更新 0，未变 0，有误 0" in capsys.readouterr().out
    assert Item.objects.count() == count
    assert list(Relation.objects.filter(target=None).values_list("named", flat=True)) == []
    validity = dict(Item.objects.filter(key__startswith="specialised-sme-2023").values_list("key", "validity"))
    assert validity["specialised-sme-2023"] == Validity.AMENDED.value
    assert Item.objects.get(key="sme-2020").validity == Validity.REPEALED.value
    assert Item.objects.get(key="headquarters-2018").validity == Validity.LAPSED.value
    call_command("catalogue", "demo")
    assert f"新增 0，更新 0，未变 {count}，有误 0" in capsys.readouterr().out


def test_the_demo_stays_out_of_production(settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="不能导入正式环境"):
        call_command("catalogue", "demo")
