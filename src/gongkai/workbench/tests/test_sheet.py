"""The sheet of a quarter at the desk: its filters, its totals, the same rows as CSV and XLSX."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from openpyxl import load_workbook

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import a_duty, an_officer, an_organ
from gongkai.catalogue.tests.factories import a_row, received
from gongkai.workbench.periods import Period, quarter_of
from gongkai.workbench.tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SHEET = "/workbench/library/sheet/"
FIRST = "?year=2025&quarter=1"


@pytest.fixture
def watcher() -> Client:
    """Somebody who watches two of three organs, in each of which one thing was late and one in time."""
    rows = []
    for organ in ("civil-affairs", "health", "other"):
        an_organ(organ)
        rows += [
            a_row(issuing_organ=organ, title=f"{organ}的逾期文件", signed_on="2025-01-06", published_on="2025-03-31"),
            a_row(issuing_organ=organ, signed_on="2025-02-10", published_on="2025-02-12"),
        ]
    received(*rows)
    user = an_officer(Role.DISCLOSURE_OFFICE, "civil-affairs")
    a_duty(user, Role.DISCLOSURE_OFFICE, "health")
    client = Client()
    assert sign_in(client, user).status_code == 302
    return client


def soup(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


@pytest.mark.parametrize(
    ("year", "quarter", "first", "last"),
    [
        (2025, 1, date(2025, 1, 1), date(2025, 3, 31)),
        (2024, 2, date(2024, 4, 1), date(2024, 6, 30)),
        (2024, 4, date(2024, 10, 1), date(2024, 12, 31)),
        (2024, 0, date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_quarter_has_its_first_and_last_day(year: int, quarter: int, first: date, last: date) -> None:
    period = Period(year, quarter)
    assert (period.first, period.last) == (first, last)
    assert not quarter or {quarter_of(first), quarter_of(last)} == {quarter}


def test_the_sheet_shows_who_was_late_and_adds_up(watcher: Client) -> None:
    page = soup(watcher, f"{SHEET}{FIRST}")
    tallies = [[cell.get_text() for cell in row.select("td")] for row in page.select("table")[0].select("tbody tr")]
    assert tallies == [["2", "1", "1", "0"], ["2", "1", "1", "0"]]
    assert [cell.get_text() for cell in page.select("tfoot td")] == ["4", "2", "2", "0"]
    titles = [link.get_text() for link in page.select("table")[1].select("tbody a")]
    assert titles == ["civil-affairs的逾期文件", "health的逾期文件"]
    one = soup(watcher, f"{SHEET}{FIRST}&organ=health")
    assert [link.get_text() for link in one.select("tbody a")] == ["health的逾期文件"]
    assert soup(watcher, f"{SHEET}{FIRST}&organ=other").select("tbody a") == []
    assert soup(watcher, f"{SHEET}?year=2025&quarter=2").select("tbody") == []


def test_the_files_have_the_rows_of_the_page(watcher: Client) -> None:
    data = watcher.get(f"/workbench/library/sheet.csv{FIRST}").content.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(data)))
    assert [row[1] for row in table[-2:]] == ["civil-affairs的逾期文件", "health的逾期文件"]
    assert table[1][1:] == ["2", "1", "1", "0"]
    book = load_workbook(io.BytesIO(watcher.get(f"/workbench/library/sheet.xlsx{FIRST}").content))
    rows = list(book.worksheets[0].values)
    assert [row[1] for row in rows] == ["标题", "civil-affairs的逾期文件", "health的逾期文件"]
    assert watcher.get(f"/workbench/library/sheet.pdf{FIRST}").status_code == 404
