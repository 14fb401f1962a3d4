"""A year's cases from a table: each once, counted where they belong, what is wrong told row by row."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.accounts.tests.factories import an_officer
from gongkai.applications import selectors, services
from gongkai.applications.models import Application, Imported
from gongkai.applications.rules.importing import COLUMNS, day_of, escaped
from gongkai.applications.tests import factories
from gongkai.audit.models import Entry
from gongkai.audit.selectors import verify
from gongkai.deadlines.models import Clock
from gongkai.ui import tables
from gongkai.workflow.rules import Refused

TODAY = date(2025, 6, 2)
HEAD = [column.heading for column in COLUMNS]
ROW = {
    "原编号": "2024-017",
    "收到申请之日": "2024-03-05",
    "申请渠道": "邮寄（需签收）",
    "申请人类别": "自然人",
    "申请人姓名或者名称": "示例申请人",
    "所需信息": "2023年度老旧小区改造计划",
    "办结日期": "2024-04-01",
    "办理结果": "G2",
}


def table(*changes: dict[str, str], head: list[str] | None = None) -> bytes:
    names = head or HEAD
    out = io.StringIO()
    rows = [{**ROW, "原编号": f"2024-{place:03d}", **change} for place, change in enumerate(changes, 1)]
    csv.writer(out).writerows([names, *([row.get(name, "") for name in names] for row in rows)])
    return out.getvalue().encode()


@pytest.fixture
def head() -> Standing:
    factories.organs()
    return factories.holding(an_officer(Role.DISCLOSURE_OFFICE, factories.ORGAN), Role.DISCLOSURE_OFFICE)


def bring(by: Standing, data: bytes, **how: bool) -> services.Outcome:
    return services.bring_cases(organ=factories.ORGAN, data=data, by=by, today=TODAY, **how)


@pytest.mark.django_db
def test_closed_cases_are_archived_and_counted_in_table_three_of_their_years(head: Standing) -> None:
    data = table({}, {"收到申请之日": "2023-12-20", "办结日期": "2024-01-10", "办理结果": "O3"}, {"办理结果": "O1"})
    found = bring(head, data)
    assert (found.done, found.rows, found.new, found.faults, found.years) == (True, 3, 3, (), {2024: 3})
    told = selectors.table_three(frozenset({factories.ORGAN}), 2024)
    assert {name: cells["natural_person"] for name, cells in told.items() if cells["total"]} == {
        "new_received": 2,
        "carried_in": 1,
        "granted": 1,
        "other_supplement_overdue": 1,
        "other_remaining": 1,
        "handled_total": 3,
    }
    row = Application.objects.order_by("pk").last()
    assert row is not None
    assert (row.state, row.applicant_name, row.counted_on) == ("archived", "示例申请人", date(2024, 4, 1))
    clocks = {clock.name: clock.state.value for clock in selectors.clocks(Application.objects.get(code="G2"), TODAY)}
    assert (clocks["reply"], clocks["record"]) == ("met", "met")
    assert selectors.clocks(Application.objects.get(code="O1"), TODAY) == ()
    assert Clock.objects.count() == 0
    facts = json.loads(Entry.objects.get(act="applications.import").facts)
    assert (facts["rows"], facts["new"], facts["first"]) == (3, 3, "2023-000001")
    assert list(verify()) == []


@pytest.mark.django_db
def test_an_open_case_is_taken_up_where_it_stands_with_its_clock(head: Standing) -> None:
    bring(head, table({"收到申请之日": "2025-05-26", "办结日期": "", "办理结果": ""}))
    row = Application.objects.get()
    assert (row.state, row.due_on, row.next_on) == ("registered", date(2025, 6, 24), date(2025, 6, 24))
    assert Clock.objects.filter(state="open").count() == 1
    done = services.ask_extension(
        pk=row.pk,
        by=factories.holding(factories.person(), Role.OFFICER),
        version=0,
        key="extension-sample",
        today=TODAY,
        working_days=5,
        reason="需要核对",
    )
    assert done.state == "extending"


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing_and_another_content_is_a_fault(head: Standing) -> None:
    bring(head, table({}, {}))
    again = bring(head, table({}, {}, {}))
    assert (again.done, again.new, again.same, Application.objects.count()) == (True, 1, 2, 3)
    other = bring(head, table({"所需信息": "另一内容"}))
    assert (other.done, [(fault.row, fault.column) for fault in other.faults]) == (False, [(2, "原编号")])


@pytest.mark.django_db
def test_a_dry_run_writes_nothing(head: Standing) -> None:
    found = bring(head, table({}, {}), dry=True)
    assert (found.done, found.new, Application.objects.count(), Entry.objects.count()) == (False, 2, 0, 0)


@pytest.mark.django_db
def test_one_bad_row_keeps_all_out_unless_the_good_ones_are_wanted(head: Standing) -> None:
    data = table({}, {"收到申请之日": "昨天"}, {})
    assert (bring(head, data).done, Application.objects.count()) == (False, 0)
    found = bring(head, data, good_rows_only=True)
    assert (found.done, found.faulty_rows, Application.objects.count()) == (True, 1, 2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"收到申请之日": "2024-02-30"}, "收到申请之日"),
        ({"收到申请之日": "2099-01-01", "办结日期": "", "办理结果": ""}, "收到申请之日"),
        ({"收到申请之日": ""}, "收到申请之日"),
        ({"收到申请之日": "1999-01-04"}, "最迟答复日"),
        ({"最迟答复日": "2024-03-01"}, "最迟答复日"),
        ({"申请渠道": "信鸽"}, "申请渠道"),
        ({"申请人类别": "外星人"}, "申请人类别"),
        ({"办结日期": "2024-03-01"}, "办结日期"),
        ({"办结日期": ""}, "办结日期"),
        ({"办理结果": ""}, "办理结果"),
        ({"办理结果": "Z9"}, "办理结果"),
        ({"所需信息": "=HYPERLINK(1)"}, "所需信息"),
        ({"所需信息": "@SUM(A1)"}, "所需信息"),
        ({"所需信息": "有\x0b控制"}, "所需信息"),
        ({"所需信息": "长" * 2001}, "所需信息"),
        ({"原编号": "一" * 61}, "原编号"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column_with_how_to_write_it(
    head: Standing, change: dict[str, str], column: str
) -> None:
    found = bring(head, table({}, change))
    assert [(fault.row, fault.column, bool(fault.what and fault.how)) for fault in found.faults] == [(3, column, True)]


@pytest.mark.django_db
def test_a_number_that_stands_twice_is_told(head: Standing) -> None:
    found = bring(head, table({"原编号": "A"}, {"原编号": "A"}))
    assert [(fault.row, fault.what) for fault in found.faults] == [(3, "与第 2 行相同")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00\x01",
        b"PK\x03\x04 no workbook",
        "甲,乙\n1,2\n".encode(),
        ",".join(HEAD).encode(),
        (",".join([*HEAD, "原编号"]) + "\n1\n").encode(),
        (",".join(HEAD) + '\n"open quote\n').encode(),
        b"\x80\xff\n" * 3,
        b"x" * (tables.LARGEST + 1),
    ],
    ids=range(9),
)
def test_what_is_no_table_is_refused_with_what_to_do(head: Standing, data: bytes) -> None:
    with pytest.raises(Refused, match="请"):
        bring(head, data)
    assert Application.objects.count() == 0


def test_a_workbook_that_would_unpack_without_end_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for place in range(4):
            parts.writestr(f"xl/{place}.xml", b"\0" * 90_000_000)
    with pytest.raises(tables.Unreadable, match="太大"):
        list(tables.rows(out.getvalue()))


@pytest.mark.django_db
def test_only_the_head_of_the_organs_own_disclosure_office_brings_cases(head: Standing) -> None:
    officer = factories.holding(factories.person(), Role.OFFICER)
    elsewhere = factories.holding(factories.person(), Role.DISCLOSURE_OFFICE, organ="health")
    for by in (officer, elsewhere):
        with pytest.raises(Refused, match="负责人"):
            bring(by, table({}))


@pytest.mark.django_db
def test_gb18030_a_workbook_and_other_orders_of_columns_come_to_the_same(head: Standing) -> None:
    text = table({}, {}).decode()
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number, cells in enumerate(csv.reader(io.StringIO(text))):
        sheet.append([date(2024, 3, 5) if number and cell == "2024-03-05" else cell for cell in cells])
    out = io.BytesIO()
    book.save(out)
    files = (text.encode(), b"\xef\xbb\xbf" + text.encode(), text.encode("gb18030"), out.getvalue())
    found = [bring(head, data) for data in (*files, table({}, {}, head=[*reversed(HEAD), "备注"]))]
    assert [(one.new, one.same) for one in found] == [(2, 0)] + [(0, 2)] * 4


@pytest.mark.django_db
def test_a_formula_in_a_workbook_is_a_fault_and_not_its_result(head: Standing) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD)
    sheet.append([{**ROW, "所需信息": "=1+1"}.get(name, "") for name in HEAD])
    out = io.BytesIO()
    book.save(out)
    assert [fault.column for fault in bring(head, out.getvalue()).faults] == ["所需信息"]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\tx"])
def test_what_a_spreadsheet_would_compute_is_escaped_where_we_write(text: str) -> None:
    assert escaped(text) == f"'{text}"


@pytest.mark.parametrize("text", ["2024-03-05", "2024/3/5", "2024年3月5日", "２０２４.3.5", " 2024-3-05 "])
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert day_of(text) == date(2024, 3, 5)


@pytest.mark.django_db
def test_a_case_costs_no_query_of_its_own(head: Standing, django_assert_max_num_queries: Any) -> None:
    data = table(*({} for _each in range(2_000)))
    with django_assert_max_num_queries(400):
        found = bring(head, data)
    assert (found.done, Imported.objects.count()) == (True, 2_000)


@pytest.mark.django_db
def test_the_command_looks_brings_and_tells(head: Standing, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    user = an_officer(Role.DISCLOSURE_OFFICE, factories.ORGAN)
    file = tmp_path / "cases.csv"
    file.write_bytes(table({}, {"申请人类别": "x"}))
    words = ["applications", "import", str(file), "--organ", factories.ORGAN, "--by", user.username]
    for more in (["--dry-run"], []):
        with pytest.raises(CommandError):
            call_command(*words, *more)
    assert "第 3 行“申请人类别”" in capsys.readouterr().out
    call_command(*words, "--good-rows", "--json")
    assert json.loads(capsys.readouterr().out)["new"] == Application.objects.count() == 1
    for wrong in (["--by", "nobody"], ["--organ", "nowhere"]):
        with pytest.raises(CommandError):
            call_command(*words, *wrong)
