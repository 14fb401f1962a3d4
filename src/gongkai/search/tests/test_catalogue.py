"""Items of the library are found, and what happens to them is seen in the next answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongkai.catalogue.tests import factories
from gongkai.organisations.tests import factories as directory
from gongkai.search import selectors, services
from gongkai.search.engine import Engine
from gongkai.search.rules.ask import Ask

pytestmark = pytest.mark.django_db


def told(text: str) -> list[tuple[str, str]]:
    return [
        (hit.entry.title, hit.entry.validity)
        for hit in selectors.find(Ask(text, {"kind": ("normative_document",)})).results
    ]


def test_a_paper_that_repeals_another_changes_its_badge_and_its_facet(indexed: Callable[[], Engine]) -> None:
    directory.hongkou()
    old = factories.published(
        kind="normative_document",
        title="示例事项补贴办法",
        document_number="虹府规〔2021〕3号",
        body="# 总则\n第一条 示例。",
    )
    indexed()
    assert told("示例事项补贴") == [("示例事项补贴办法", "in_force")]
    assert told("2021-3") == [("示例事项补贴办法", "in_force")]
    factories.published(
        kind="normative_document",
        title="示例事项补贴若干规定",
        document_number="虹府规〔2024〕9号",
        relations=[{"kind": "repeals", "target": "虹府规〔2021〕3号"}],
    )
    indexed()
    assert dict(told("示例事项补贴")) == {"示例事项补贴若干规定": "in_force", "示例事项补贴办法": "repealed"}
    answer = selectors.find(Ask("“示例事项补贴”"))
    assert {one.value: one.count for one in answer.facets["validity"]} == {"in_force": 1, "repealed": 1}
    assert [one.label for one in answer.facets["kind"]] == ["行政规范性文件"]
    assert [hit.entry.url for hit in answer.results if hit.entry.title == old.title] == [f"/library/{old.slug}/"]
    assert services.verify().equal
