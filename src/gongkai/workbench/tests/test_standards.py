"""The standard catalogues at the desk: seen, edited, proved and brought by the organ's own people only."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import a_duty, a_person, an_organ
from gongkai.catalogue.tests import factories as library
from gongkai.standards.enums import Proof
from gongkai.standards.models import Evidence, Row
from gongkai.standards.rules.workbook import sheet
from gongkai.standards.tests.factories import AREA, a_line, a_row

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ORGAN = "civil-affairs"


@pytest.fixture
def desk(client: Client) -> Client:
    """The head of the disclosure office of one organ, who is its officer too."""
    person = a_person(organ=an_organ(ORGAN))
    for role in (Role.OFFICER, Role.DISCLOSURE_OFFICE):
        a_duty(person, role, ORGAN)
    client.force_login(person)
    return client


def posted(row: Row, **changes: Any) -> dict[str, Any]:
    line = vars(a_line()) | {"version": row.version}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in (line | changes).items()}


def workbook(*lines: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile("目录.xlsx", sheet(lines, title="示例"))


def test_the_list_holds_ones_own_catalogues_and_no_others(desk: Client) -> None:
    a_row()
    a_row(organ="health", area="health")
    page = desk.get("/workbench/catalogues/").content.decode()
    assert f"/workbench/catalogues/{ORGAN}/{AREA}/" in page
    assert "/workbench/catalogues/health/health/" not in page
    assert desk.get("/workbench/catalogues/health/health/").status_code == 404
    assert "审批信息" in desk.get(f"/workbench/catalogues/{ORGAN}/{AREA}/?proof=red").content.decode()


def test_an_item_is_put_forward_and_taken_back(desk: Client) -> None:
    row, made = a_row(time_limit="信息形成后即时"), library.published(title="示例低保公示")
    address = f"/workbench/catalogues/rows/{row.pk}/"
    assert "示例低保公示" in desk.get(address + "?q=低保").content.decode()
    desk.post(address + "link/", {"item": made.pk})
    assert Row.objects.get(pk=row.pk).proof == Proof.GREEN
    desk.post(address + "link/", {"item": made.pk, "how": "unlink"})
    assert Evidence.objects.count() == 0
    for strange in ("", "x", "9" * 30):
        assert "只能挂接已经公开的条目" in desk.post(address + "link/", {"item": strange}, follow=True).content.decode()


def test_a_row_is_written_anew_and_nothing_typed_is_lost_when_it_is_refused(desk: Client) -> None:
    row = a_row()
    address = f"/workbench/catalogues/rows/{row.pk}/edit/"
    assert desk.post(address, posted(row, contents="户数和人数", time_limit="每季度")).status_code == 302
    assert Row.objects.get(pk=row.pk).months == 3
    answer = desk.post(address, posted(row, contents="后来的人写的"))
    assert answer.status_code == 422
    assert "已有他人修改了这一行" in answer.content.decode()
    assert "后来的人写的" in answer.content.decode()
    assert desk.post(address, posted(row, ways=[])).status_code == 422


def test_a_workbook_is_looked_over_first_and_brought_when_all_is_right(desk: Client) -> None:
    form = {"organ": ORGAN, "area": AREA}
    lines = (a_line(), a_line(sub_matter="乙"))
    looked = desk.post("/workbench/catalogues/import/", {**form, "file": workbook(*lines), "how": "check"})
    assert "核对结果：可以导入" in looked.content.decode()
    assert Row.objects.count() == 0
    desk.post("/workbench/catalogues/import/", {**form, "file": workbook(*lines), "how": "bring"})
    assert Row.objects.count() == 2
    wrong = desk.post("/workbench/catalogues/import/", {**form, "file": workbook(a_line(contents="")), "how": "bring"})
    assert (wrong.status_code, "没有填写公开内容" in wrong.content.decode()) == (422, True)
    broken = SimpleUploadedFile("目录.xlsx", io.BytesIO(b"PK\x03\x04").getvalue())
    answer = desk.post("/workbench/catalogues/import/", {**form, "file": broken, "how": "bring"})
    assert "工作簿打不开" in answer.content.decode()
    other = desk.post("/workbench/catalogues/import/", {**form, "organ": "health", "file": workbook(), "how": "bring"})
    assert other.status_code == 422
    assert desk.get("/workbench/catalogues/import/template.xlsx").content[:2] == b"PK"
