"""Tables of drafts at the desk: looked over row by row, confirmed, taken in once, and never past a gate."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import an_officer, an_organ
from gongkai.audit import services as audit
from gongkai.audit.models import Entry
from gongkai.catalogue import services
from gongkai.catalogue.models import Batch, Course, Item, Revision
from gongkai.catalogue.tests.factories import TODAY, a_row, published
from gongkai.ui.sheets import csv_file
from gongkai.workbench.tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ORGAN = "civil-affairs"
BRING = "/workbench/library/bring/"
HEADS = ["信息类别", "标题", "发文机关", "成文日期", "正文", "许可事项", "状态", "发布日期", "索引号"]


@pytest.fixture(autouse=True)
def _organs(db: None) -> None:
    an_organ(ORGAN)
    an_organ("health")


@pytest.fixture
def officer() -> Client:
    return signed_in(Role.OFFICER)


def signed_in(role: Role) -> Client:
    client = Client()
    assert sign_in(client, an_officer(role, ORGAN)).status_code == 302
    return client


def line(number: int, **values: str) -> list[str]:
    row = dict(
        zip(
            HEADS,
            ["行政许可结果", f"示例许可{number}", ORGAN, "2026-03-02", "准予。", "示例事项", "", "", ""],
            strict=True,
        )
    )
    return list({**row, **values}.values())


def handed_in(client: Client, data: bytes, name: str = "drafts.csv") -> Any:
    return client.post(BRING, {"file": SimpleUploadedFile(name, data)})


def page_of(client: Client, response: Any) -> BeautifulSoup:
    assert response.status_code == 302
    return BeautifulSoup(client.get(response["Location"]).content, "lxml")


def confirm(client: Client) -> Any:
    return client.post(f"{BRING}{Batch.objects.latest('pk').pk}/do/confirm/")


def test_a_table_is_looked_over_row_by_row_and_nothing_is_written_before_it_is_confirmed(officer: Client) -> None:
    rows = [
        HEADS,
        line(1),
        line(2, 成文日期="不详"),
        [],
        line(3, 发文机关="health"),
        line(1),
        line(4, 信息类别="无此类"),
    ]
    page = page_of(officer, handed_in(officer, csv_file(rows)))
    told = [[cell.get_text() for cell in row.select("th, td")] for row in page.select("tbody tr")]
    assert [row[0] for row in told] == ["3", "5", "6", "7"]
    for (_row, _name, text), word in zip(
        told, ("“成文日期”的日期", "您不是", "与第 2 行是同一条", "没有“无此类”这一种"), strict=True
    ):
        assert word in text
    assert [part.get_text() for part in page.select(".gk-facts dd")] == ["5", "1", "0", "0", "4"]
    assert (Item.objects.count(), "导入没有错的 1 行" in page.get_text()) == (0, True)
    done = page_of(officer, confirm(officer))
    item = Item.objects.get()
    assert (item.title, item.state, item.facts, item.public) == ("示例许可1", "drafting", {"matter": "示例事项"}, False)
    assert "草稿已经生成" in done.get_text()
    batch = Batch.objects.get()
    assert (batch.state, batch.content, item.drafted_by_id) == ("done", None, batch.by_id)
    acts = Entry.objects.filter(object_kind="catalogue.batch").order_by("seq").values_list("act", flat=True)
    assert list(acts) == ["items.batch_hand_in", "items.batch_confirm", "items.batch_take"]


COLUMNS = {
    "成文日期": ("2026-13-02", "“成文日期”的日期“2026-13-02”读不懂。请写成"),
    "许可决定日期": ("不详", "“许可决定日期”（granted_on）的值“不详”不对。请写成 2023-05-04 的样子。"),
    "决定数量": ("1,200 件", "“决定数量”（count）的值“1,200 件”不对。请只写数字，不写单位和逗号。"),
    "特色标签": ("没有的标签", "“特色标签”中没有“没有的标签”这个特色标签。"),
    "面向对象": ("外星人", "“面向对象”中没有“外星人”这种面向对象。"),
    "公开属性": ("半公开", "“公开属性”没有“半公开”这一种。"),
    "没有的列": ("甲", "不认识“没有的列”这一项。"),
}


def test_what_is_wrong_is_told_by_its_row_and_column_and_a_day_is_read_as_tables_have_it(officer: Client) -> None:
    wide = [*HEADS, *(name for name in COLUMNS if name not in HEADS)]
    rows = [[*line(1), *[""] * (len(wide) - len(HEADS))] for _each in COLUMNS]
    for row, (name, (cell, _said)) in zip(rows, COLUMNS.items(), strict=True):
        row[1], row[wide.index(name)] = f"示例许可之{name}", cell
    good = [*line(9), *[""] * (len(wide) - len(HEADS))]
    good[wide.index("许可决定日期")], good[wide.index("没有的列")] = "2026年3月2日", ""
    page = page_of(officer, handed_in(officer, csv_file([wide, *rows, good])))
    told = [[cell.get_text() for cell in row.select("th, td")] for row in page.select("tbody tr")]
    assert [row[0] for row in told] == [str(number) for number in range(2, 2 + len(COLUMNS))]
    assert [said in row[2] for row, (_cell, said) in zip(told, COLUMNS.values(), strict=True)] == [True] * len(COLUMNS)
    confirm(officer)
    assert Item.objects.get().facts == {"matter": "示例事项", "granted_on": "2026-03-02"}


def test_the_same_table_again_changes_nothing_and_a_changed_row_changes_its_draft(officer: Client) -> None:
    table = csv_file([HEADS, line(1), line(2)])
    for _each in range(2):
        handed_in(officer, table)
        confirm(officer)
        confirm(officer)
    assert [Item.objects.count(), Batch.objects.latest("pk").same] == [2, 2]
    page = page_of(officer, handed_in(officer, csv_file([HEADS, line(1, 正文="不准。"), line(2)])))
    assert [part.get_text() for part in page.select(".gk-facts dd")] == ["2", "0", "1", "1", "0"]
    confirm(officer)
    assert sorted(Item.objects.values_list("body", flat=True)) == ["不准。", "准予。"]


def test_what_only_a_release_gives_is_not_taken_from_a_table(officer: Client) -> None:
    known = published(organ=ORGAN)
    asked = {"状态": "已发布", "发布日期": "2026-03-03", "索引号": str(known.index_number)}
    handed_in(officer, csv_file([HEADS, line(1, **asked)]))
    confirm(officer)
    known.refresh_from_db()
    item = Item.objects.exclude(pk=known.pk).get()
    assert (item.state, item.published_on, item.index_number, known.state) == ("drafting", None, None, "published")


def test_a_draft_that_was_sent_on_is_not_written_to(officer: Client) -> None:
    handed_in(officer, csv_file([HEADS, line(1)]))
    confirm(officer)
    Item.objects.update(state="submitted")
    page = page_of(officer, handed_in(officer, csv_file([HEADS, line(1, 正文="另一种。")])))
    assert "已经送审或者发布" in page.get_text()
    assert page_of(officer, handed_in(officer, csv_file([HEADS, line(1)]))).select("tbody") == []
    Batch.objects.update(state="checked", new=1)  # as if it had moved on after it was looked over
    page_of(officer, handed_in(officer, csv_file([HEADS, line(1, 正文="另一种。")])))
    Batch.objects.filter(state="checked").update(new=1)
    confirm(officer)
    assert (Item.objects.get().body, Item.objects.get().state) == ("准予。", "submitted")


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        ("标题\n甲".encode("gb18030"), "a.csv", "待确认"),
        (b"\xff\xfe\x81\x30\x81", "a.csv", "既不是 UTF-8，也不是 GB18030"),
        (b"PK\x03\x04nonsense", "a.xlsx", "工作簿打不开"),
        (b'[{"title": "a",]', "a.json", "第 1 行不是 JSON"),
        (b'{"title": "a"}\n{nonsense', "a.jsonl", "第 2 行不是 JSON"),
        ('标题,信息类别\n甲,"乙'.encode(), "a.csv", "引号或者分隔不对"),
    ],
)
def test_an_encoding_is_read_or_told_and_a_broken_file_says_what_to_do(
    officer: Client, data: bytes, name: str, said: str
) -> None:
    assert said in page_of(officer, handed_in(officer, data, name)).get_text()


def test_json_in_the_interchange_form_comes_in_as_drafts(officer: Client) -> None:
    rows = [a_row(issuing_organ=ORGAN, key=f"old-{number}") for number in range(3)]
    for number, (name, data) in enumerate(
        (("a.json", json.dumps(rows)), ("a.jsonl", "\n".join(json.dumps(row) for row in rows))), 1
    ):
        page = page_of(officer, handed_in(officer, data.encode(), name))
        assert page.select_one(".gk-facts dd:nth-of-type(1)") is not None
        assert Batch.objects.count() == number
        confirm(officer)
    assert set(Item.objects.values_list("state", flat=True)) == {"drafting"}
    assert Item.objects.count() == 3


def test_who_may_not_draft_hands_nothing_in_and_sees_nobody_elses_file(officer: Client) -> None:
    handed_in(officer, csv_file([HEADS, line(1)]))
    address = f"{BRING}{Batch.objects.get().pk}/"
    assert [signed_in(Role.DISCLOSURE_OFFICE).get(where).status_code for where in (BRING, address)] == [403, 403]
    other = signed_in(Role.OFFICER)
    assert [other.get(address).status_code, other.post(f"{address}do/confirm/").status_code] == [404, 404]
    assert handed_in(officer, b"x", "a.exe").status_code == 422
    assert officer.post(f"{address}do/discard/").status_code == 302
    assert (Batch.objects.get().state, Batch.objects.get().content) == ("discarded", None)
    confirm(officer)
    assert Item.objects.count() == 0


def test_a_page_waits_for_the_worker_and_does_none_of_its_work(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gongkai.catalogue import tasks

    for task in (tasks.check_batch, tasks.take_batch):
        monkeypatch.setattr(type(task), "enqueue", lambda self, *words: None)
    response = handed_in(officer, csv_file([HEADS, line(1)]))
    shown = officer.get(response["Location"])
    assert (shown.headers["Refresh"], "正在逐行核对" in shown.content.decode()) == ("5", True)
    monkeypatch.undo()
    batch = Batch.objects.get()
    for _each in range(2):  # a task that is lost is done again
        services.check(pk=batch.pk, today=TODAY)
    assert "Refresh" not in officer.get(response["Location"]).headers
    confirm(officer)
    services.take(pk=batch.pk, today=TODAY)
    assert Item.objects.count() == 1


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_template_comes_in_again_as_it_is(officer: Client, form: str) -> None:
    data = officer.get(f"{BRING}template/budget.{form}").content
    page = page_of(officer, handed_in(officer, data, f"a.{form}"))
    assert [part.get_text() for part in page.select(".gk-facts dd")] == ["1", "1", "0", "0", "0"], page.get_text()
    if form == "xlsx":
        sheets = load_workbook(io.BytesIO(data)).worksheets
        assert (len(sheets), sheets[1].cell(1, 3).value) == (2, "写法")
    assert officer.get(f"{BRING}template/nothing.csv").status_code == 404


def test_what_is_wrong_in_a_long_table_is_leafed_through(officer: Client) -> None:
    response = handed_in(officer, csv_file([HEADS, *(line(number, 标题="") for number in range(1250))]))
    first = page_of(officer, response)
    assert (len(first.select("tbody tr")), first.select(".gk-facts dd")[-1].get_text()) == (100, "1250")
    last = BeautifulSoup(officer.get(f"{response['Location']}?page=13").content, "lxml")
    rows = [cell.get_text() for cell in last.select("tbody tr th")]
    assert (len(rows), rows[-1]) == (50, "1251")


def test_rows_are_taken_in_with_as_many_queries_however_many_there_are_and_whatever_they_name(officer: Client) -> None:
    taken = []
    for many in (10, 20, 120):
        names = [f"解读：示例许可{many}{max(number - 1, 0)}；解读：没有的示例{number}" for number in range(many)]
        rows = [[*line(int(f"{many}{number}")), names[number]] for number in range(many)]
        handed_in(officer, csv_file([[*HEADS, "关联"], *rows]))
        with CaptureQueriesContext(connection) as found:
            confirm(officer)
        taken.append(len(found))
    assert Item.objects.count() == 150
    assert max(taken) - min(taken) <= 12, (
        taken
    )  # of a hundred rows more: inserts are cut where they have too many values


def test_a_table_whose_worker_fell_is_taken_in_again_and_each_row_stands_once(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [HEADS, *(line(number) for number in range(450)), line(7, 正文="另一种。"), line(8, 成文日期="不详")]
    handed_in(officer, csv_file(rows))
    batch = Batch.objects.get()
    assert (batch.new, batch.faulty) == (450, 2)
    Batch.objects.update(state="taking")
    told = Entry.objects.filter(act="items.receive")
    record, calls = audit.record, []

    def falling(**words: Any) -> None:
        calls.append(words["act"])
        if len(calls) == 2:
            raise SystemExit
        record(**words)

    with monkeypatch.context() as patch:
        patch.setattr(audit, "record", falling)
        with pytest.raises(SystemExit):
            services.take(pk=batch.pk, today=TODAY)
    assert (Item.objects.count(), told.count(), Batch.objects.get().state) == (200, 1, "taking")
    for _each in range(2):
        services.take(pk=batch.pk, today=TODAY)
    assert (Item.objects.count(), told.count(), Batch.objects.get().state) == (450, 3, "done")
    assert set(Item.objects.values_list("revision", "state")) == {(1, "drafting"), (2, "drafting")}
    assert Item.objects.get(revision=2).body == "另一种。"  # a row that came twice: the last counts
    assert Revision.objects.count() == 451
    assert Course.objects.count() == 450
