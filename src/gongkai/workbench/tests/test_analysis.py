"""The analysis at the desk: figures, the cases behind them, files, one cost for few cases and many."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import a_duty, a_person
from gongkai.applications.models import Application
from gongkai.applications.tests import factories
from gongkai.applications.tests.factories import ORGAN, holding, person

pytestmark = pytest.mark.django_db
PAGE = "/workbench/analysis/?year=2025"
CASES = "/workbench/analysis/cases/?year=2025&by=subject&key=welfare&of="


@pytest.fixture(autouse=True)
def _organs() -> None:
    factories.organs()


def signed_in(role: Role = Role.OFFICER, organ: str = ORGAN) -> Client:
    user, client = a_person(), Client()
    a_duty(user, role, organ)
    client.force_login(user)
    return client


def two_cases() -> tuple[Any, Any]:
    """One that was closed in time, one that is open and overdue."""
    officer = holding(person(), Role.OFFICER)
    return factories.closed(officer, holding(person(), Role.SECTION_CHIEF)), factories.registered(officer)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_figure_opens_its_cases_and_no_others() -> None:
    closed, open_ = two_cases()
    client = signed_in()
    assert "of=closed" in text(client, PAGE)
    for measure, there in (("received", {closed, open_}), ("closed", {closed}), ("late", {open_}), ("open", {open_})):
        page = text(client, CASES + measure)
        assert {row for row in (closed, open_) if row.number in page} == there, measure


def test_another_organ_counts_and_opens_nothing() -> None:
    closed, _open = two_cases()
    stranger = signed_in(organ="finance")
    assert "of=closed" not in text(stranger, PAGE)
    assert closed.number not in text(stranger, CASES + "received")
    assert "of=closed" not in text(stranger, f"{PAGE}&organ={ORGAN}")


def test_what_is_no_figure_is_not_there() -> None:
    client = signed_in()
    for address in (
        CASES + "all",
        "/workbench/analysis/cases/?by=weather&of=closed",
        "/workbench/analysis/figures.exe",
    ):
        assert client.get(address).status_code == 404, address


def test_the_files_hold_the_figures() -> None:
    two_cases()
    client = signed_in()
    content = client.get("/workbench/analysis/figures.csv?year=2025").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    wanted = ["主题", "社会救助与养老", "2", "1", "1", "1", "1", "1", "11.0", "11", "100.0"]
    assert rows[1] == wanted
    sheet = load_workbook(io.BytesIO(client.get("/workbench/analysis/figures.xlsx?year=2025").content)).active
    assert sheet is not None
    assert [str(cell.value) for cell in sheet[2]][:8] == wanted[:8]


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        text(client, address)
    return len(asked)


def test_two_thousand_cases_cost_the_queries_of_one() -> None:
    _closed, row = two_cases()
    client, pages = signed_in(), (PAGE, CASES + "received")
    few = {address: queries(client, address) for address in (*pages, *pages)}
    for month in range(1, 11):
        row.received_on = date(2025, month, 1 + month)
        factories.again(row, 200)
    assert {address: queries(client, address) for address in pages} == few
    assert "2,002" in text(client, PAGE) or "2002" in text(client, PAGE)


def test_an_observer_sees_the_figures_and_no_case_and_no_name() -> None:
    closed, open_ = two_cases()
    client = signed_in(Role.OBSERVER)
    page, first = text(client, PAGE), text(client, "/workbench/")
    for shown in (page, first):
        assert ("/workbench/applications/" in shown, "analysis/cases/" in shown) == (False, False)
        for row in (closed, open_):
            assert [word for word in (row.number, row.description, row.applicant_name) if word in shown] == []
    assert '<td class="n">2</td>' in page
    assert "政务公开观察" in first
    assert '<div class="alert"><dt>逾期</dt><dd>1</dd></div>' in first
    assert 'href="/workbench/analysis/"' in first
    rows = list(
        csv.reader(io.StringIO(client.get("/workbench/analysis/figures.csv?year=2025").content.decode("utf-8-sig")))
    )
    assert rows[1][:6] == ["主题", "社会救助与养老", "2", "1", "1", "1"]
    for address in (CASES + "late", f"/workbench/applications/{open_.number}/", "/workbench/applications/"):
        assert client.get(address).status_code == 403, address


def test_an_observer_of_another_organ_counts_nothing() -> None:
    two_cases()
    client = signed_in(Role.OBSERVER, organ="finance")
    assert '<td class="n">2</td>' not in text(client, PAGE)
    assert "<div><dt>逾期</dt><dd>0</dd></div>" in text(client, "/workbench/")
    assert '<td class="n">2</td>' not in text(client, f"{PAGE}&organ={ORGAN}")


def test_who_observes_one_organ_and_handles_another_opens_the_cases_of_the_second_alone() -> None:
    closed, _open = two_cases()
    user, client = a_person(), Client()
    a_duty(user, Role.OBSERVER, ORGAN)
    a_duty(user, Role.OFFICER, "finance")
    client.force_login(user)
    assert ('<td class="n">2</td>' in text(client, PAGE), "analysis/cases/" in text(client, PAGE)) == (True, False)
    assert "analysis/cases/" not in text(client, f"{PAGE}&organ={ORGAN}")
    assert closed.number not in text(client, CASES + "received")


def test_what_waits_to_run_anew_is_not_late() -> None:
    _closed, open_ = two_cases()
    client = signed_in()
    assert open_.number in text(client, CASES + "late")
    Application.objects.filter(pk=open_.pk).update(state="supplementing")
    assert open_.number not in text(client, CASES + "late")
