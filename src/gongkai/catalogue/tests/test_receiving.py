"""Items come in, once, with what they do to others; a bad row is told and harms no other."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from gongkai.accounts.tests.factories import an_organ
from gongkai.audit.models import Entry
from gongkai.audit.rules import SYSTEM
from gongkai.catalogue import selectors
from gongkai.catalogue.events import ItemChanged
from gongkai.catalogue.models import IndexCounter, Item
from gongkai.catalogue.selectors import rows as interchange
from gongkai.catalogue.services import receive, sweep
from gongkai.catalogue.tests.factories import TODAY, a_row, received
from gongkai.kernel import bus

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _organ(db: None) -> None:
    an_organ("civil-affairs")


def exported() -> list[dict[str, object]]:
    return [row.as_object for _item, row in interchange.rows(selectors.public())]


def test_a_row_comes_in_once_with_all_it_has() -> None:
    row = a_row(relations=[{"kind": "implements", "target": "《示例条例》"}])
    first = received(row)
    assert (first.made, first.changed, first.same) == (1, 0, 0)
    again = received(row)
    assert (again.made, again.changed, again.same) == (0, 0, 1)
    item = Item.objects.get()
    assert (item.index_number, item.slug, item.public, item.year) == (
        "civil-affairs/2023-00001",
        "civil-affairs-2023-00001",
        True,
        2023,
    )
    assert exported() == [{**row, "index_number": item.index_number, **EMPTY, "relations": row["relations"]}]
    assert Entry.objects.filter(act="items.receive").count() == 1


def test_new_drafts_are_written_together_with_all_they_have_and_one_that_comes_again_meets_the_first() -> None:
    draft = {"state": "drafting", "published_on": None}
    more = {"tags": ["public_participation"], "attachments": [{"name": "附件", "text": "示例"}]}
    first = a_row(**draft, **more, relations=[{"kind": "implements", "target": "《示例条例》"}], key="one")
    bare = {"tags": [], "attachments": [], "document_number": ""}
    again, other = {**first, "body": "另一种。"}, a_row(**draft, **bare, key="two")
    found = received(first, other, again, other)
    assert (found.made, found.changed, found.same, found.faults) == (2, 1, 1, [])
    one, two = Item.objects.order_by("pk")
    assert [(item.key, item.body, item.revision, item.public, item.year) for item in (one, two)] == [
        ("one", "另一种。", 2, False, None),
        ("two", other["body"], 1, False, None),
    ]
    assert [tag.code for tag in one.tags.all()] == ["public_participation"]
    assert [(paper.name, paper.text) for paper in one.attachments.all()] == [("附件", "示例")]
    assert [link.named for link in one.relations.all()] == ["《示例条例》"]
    assert [kept.snapshot["body"] for kept in one.revisions.all()] == [first["body"], "另一种。"]
    assert [two.tags.count(), two.attachments.count(), two.relations.count(), two.revisions.count()] == [0, 0, 0, 1]
    assert [item.course.pk is not None for item in (one, two)] == [True, True]


EMPTY: dict[str, object] = {
    "joint_organs": [],
    "joint_party": False,
    "expires_on": None,
    "level": "district",
    "audience": [],
    "language": "zh-hans",
    "translation_of": "",
    "disclosure_class": "proactive",
    "class_reason": "",
    "facts": {},
    "reason": "",
    "redirect_to": "",
}


def test_what_was_exported_comes_in_again_as_the_same() -> None:
    received(a_row(), a_row(expires_on="2030-01-01"), a_row(state="withdrawn", reason="内容有误。"))
    found = receive(exported(), actor=SYSTEM, today=TODAY)
    assert (found.made, found.changed, found.same, found.faults) == (0, 0, 3, [])


def test_into_an_empty_library_an_export_brings_the_same() -> None:
    received(a_row(), a_row(relations=[{"kind": "interprets", "target": "虹府规〔2019〕1号"}]))
    before = exported()
    Item.objects.all().delete()
    IndexCounter.objects.all().delete()
    assert receive(before, actor=SYSTEM, today=TODAY).made == 2
    assert exported() == before
    received(a_row())
    assert Item.objects.order_by("pk").last().index_number == "civil-affairs/2023-00003"  # type: ignore[union-attr]


def test_a_changed_row_makes_a_public_revision_and_keeps_the_number() -> None:
    row = a_row()
    received(row)
    anchors = Item.objects.get().anchors
    found = received({**row, "body": f"新的序言。\n{row['body']}"})
    assert (found.made, found.changed) == (0, 1)
    item = Item.objects.get()
    assert (item.index_number, item.revision, item.anchors[1:]) == ("civil-affairs/2023-00001", 2, anchors)
    assert [change.text for change in item.changes.all()] == ["修订：数据更新", "公开发布。"]


def test_a_bad_row_is_told_with_its_place_and_the_others_come_in() -> None:
    rows = [
        a_row(),
        a_row(kind="nothing", title="坏的一条", key=""),
        a_row(issuing_organ="没有的机关"),
        a_row(body="联系人手机13812345678。"),
        a_row(published_on="2027-01-01"),
        "甲",
        a_row(),
    ]
    found = receive(rows, actor=SYSTEM, today=TODAY)
    assert (found.made, [fault.place for fault in found.faults]) == (2, [2, 3, 4, 5, 6])
    texts = [fault.texts[0] for fault in found.faults]
    assert "没有“nothing”" in texts[0]
    assert "名录中没有“没有的机关”" in texts[1]
    assert "手机号码（13*******78）" in texts[2]
    assert "还没有到" in texts[3]
    assert found.faults[0].name == "坏的一条"


def test_numbers_have_no_gaps_and_no_doubles_and_go_on_after_those_that_came_with_one() -> None:
    received(a_row(index_number="civil-affairs/2023-00007"), a_row(), a_row(published_on="2024-01-05"), a_row())
    found = list(Item.objects.order_by("pk").values_list("index_number", flat=True))
    assert found == [f"civil-affairs/{end}" for end in ("2023-00007", "2023-00008", "2024-00001", "2023-00009")]


def test_two_schemes_that_write_alike_get_two_addresses() -> None:
    received(a_row(index_number="HK01-2023-00317"), a_row(index_number="HK01/2023-00317"))
    assert list(Item.objects.order_by("pk").values_list("slug", flat=True)) == ["hk01-2023-00317", "hk01-2023-00317-2"]


def test_a_repeal_takes_effect_whichever_comes_in_first() -> None:
    old = a_row(
        document_number="虹府规〔2021〕1号",
        signed_on="2021-01-04",
        published_on="2021-01-05",
        effective_on="2021-02-01",
    )
    new = a_row(relations=[{"kind": "repeals", "target": "虹府规[2021]1号"}])
    for order in ((old, new), (new, old)):
        Item.objects.all().delete()
        received(*order)
        item = Item.objects.get(key=old["key"])
        assert (item.validity, item.validity_since) == ("repealed", date(2023, 6, 1))
        assert Item.objects.get(key=new["key"]).validity == "in_force"
        assert f"效力由“现行有效”变更为“已废止”，依据《{new['title']}》。" in [c.text for c in item.changes.all()]


def test_a_document_lapses_on_its_day_by_the_sweep_alone() -> None:
    heard: list[ItemChanged] = []
    row = a_row(expires_on="2026-11-30")
    received(row)
    item = Item.objects.get()
    assert (item.validity, item.validity_next) == ("in_force", date(2026, 12, 1))
    bus.subscribe(ItemChanged, heard.append)
    try:
        assert [sweep(today=date(2026, 11, 30)), sweep(today=date(2026, 12, 1)), sweep(today=date(2026, 12, 2))] == [
            0,
            1,
            0,
        ]
    finally:
        bus.unsubscribe(ItemChanged, heard.append)
    item.refresh_from_db()
    assert (item.validity, item.validity_since, item.validity_next) == ("lapsed", date(2026, 12, 1), None)
    assert heard == [ItemChanged(item.pk, public=True)]


def test_drafts_come_in_unseen_and_without_a_number() -> None:
    received(a_row(state="drafting", published_on=None))
    assert (list(selectors.public()), Item.objects.get().index_number) == ([], None)


def test_what_moved_elsewhere_is_found_though_it_stands_later_in_the_file() -> None:
    gone, there = a_row(state="consolidated", reason="并入。"), a_row()
    gone["redirect_to"] = there["key"]
    received(gone, there)
    assert Item.objects.get(key=gone["key"]).redirect_to == Item.objects.get(key=there["key"])


def test_the_command_takes_json_lines_and_yaml_and_writes_json(tmp_path: Path) -> None:
    lines, out = tmp_path / "a.jsonl", tmp_path / "b.json"
    lines.write_text("\n".join(json.dumps(a_row(), ensure_ascii=False) for _ in range(2)), encoding="utf-8")
    call_command("catalogue", "import", str(lines), verbosity=0)
    (tmp_path / "c.yaml").write_text(json.dumps(a_row(), ensure_ascii=False), encoding="utf-8")
    call_command("catalogue", "import", str(tmp_path / "c.yaml"), verbosity=0)
    call_command("catalogue", "export", str(out), verbosity=0)
    assert json.loads(out.read_text(encoding="utf-8")) == exported()
    assert len(exported()) == 3
    (tmp_path / "d.json").write_text('[{"title": "甲"}]', encoding="utf-8")
    with pytest.raises(CommandError, match="1 条没有导入"):
        call_command("catalogue", "import", str(tmp_path / "d.json"), verbosity=0)
    (tmp_path / "e.json").write_text("{", encoding="utf-8")
    with pytest.raises(CommandError, match="不是 JSON"):
        call_command("catalogue", "import", str(tmp_path / "e.json"), verbosity=0)
