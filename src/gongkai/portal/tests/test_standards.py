"""The public pages of the standard catalogues."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from gongkai.catalogue.tests import factories as library
from gongkai.standards import services
from gongkai.standards.models import Evidence
from gongkai.standards.rules.sheet import read
from gongkai.standards.selectors import line_of
from gongkai.standards.tests.factories import AREA, TODAY, a_row
from gongkai.ui.tables import merged_rows

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_everybody_sees_the_areas_the_rows_and_what_was_published_for_them(client: Client) -> None:
    row = a_row(time_limit="信息形成之日起20个工作日内")
    made = library.published(title="示例低保公示")
    Evidence.objects.create(row=row, item=made, linked_on=TODAY)
    services.refresh([row.pk], today=TODAY)
    overview = client.get("/catalogues/").content.decode()
    assert re.search(r"社会救助</a></th><td class=\"n\">1</td><td class=\"n\">1</td><td class=\"n\">1</td>", overview)
    page = client.get(f"/catalogues/{AREA}/?organ=civil-affairs&carrier=website&proof=green&q=审批").content.decode()
    assert f'<a href="/library/{made.slug}/" lang="zh-CN">示例低保公示</a>' in page
    assert "共 1 项" in page
    assert "没有符合条件的事项" in client.get(f"/catalogues/{AREA}/?proof=red").content.decode()
    assert client.get("/catalogues/nowhere/").status_code == 404


def test_a_catalogue_is_downloaded_in_the_form_it_is_brought_in(client: Client) -> None:
    row = a_row()
    answer = client.get(f"/catalogues/{AREA}/civil-affairs.xlsx")
    assert read(merged_rows(answer.content)) == ([line_of(row)], [])
    assert client.get(f"/catalogues/{AREA}/health.xlsx").status_code == 404


@pytest.mark.parametrize(
    "query", ["page=999999", "page=x", "organ=%00", "q=" + "长" * 5000, "carrier=%27%22", "proof=blue"]
)
def test_a_strange_question_gets_a_page(client: Client, query: str) -> None:
    a_row()
    assert client.get(f"/catalogues/rows/?{query}").status_code == 200


def test_the_pages_cost_the_same_queries_however_many_rows(client: Client, django_assert_max_num_queries: Any) -> None:
    for area in ("social_aid", "elderly_care", "health", "culture"):
        a_row(area=area)
    with django_assert_max_num_queries(8):
        client.get("/catalogues/rows/")
    with django_assert_max_num_queries(8):
        client.get("/catalogues/")
