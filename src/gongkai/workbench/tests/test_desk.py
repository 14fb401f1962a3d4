"""The desk: what a person sees there is what waits for that person."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from gongkai.accounts.enums import Role
from gongkai.applications import selectors
from gongkai.applications.enums import State
from gongkai.applications.tests import factories
from gongkai.ui.paging import with_keys

pytestmark = pytest.mark.django_db


def test_a_task_is_what_the_person_may_act_on_now() -> None:
    factories.organs()
    officer = factories.holding(factories.person(), Role.OFFICER)
    chief = factories.holding(factories.person(), Role.SECTION_CHIEF)
    auditor = factories.holding(factories.person(), Role.AUDITOR)
    registered, decided = factories.registered(officer), factories.decided(officer)
    waiting = factories.submitted().application
    assert list(selectors.tasks(officer)) == [waiting, registered]
    assert list(selectors.tasks(chief)) == [decided]
    assert list(selectors.tasks(auditor)) == []


def test_nobody_is_asked_to_sign_what_he_or_she_proposed() -> None:
    factories.organs()
    both = factories.holding(factories.person(), Role.OFFICER, Role.SECTION_CHIEF)
    factories.decided(both)
    assert list(selectors.tasks(both)) == []


def test_the_figures_of_the_desk() -> None:
    factories.organs()
    officer = factories.holding(factories.person(), Role.OFFICER)
    chief = factories.holding(factories.person(), Role.SECTION_CHIEF)
    factories.registered(officer)
    factories.closed(officer, chief)
    tallies = selectors.tallies(officer, today=date(2025, 10, 20), soon=date(2025, 10, 23))
    assert tallies == {
        "open": 1, "overdue": 1, "submitted": 0, "proposed": 0, "signed": 0, "soon": 0, "supplementing": 0, "sent": 1,
        "in_time": 1,
    }  # fmt: skip


def signed_in() -> Client:
    """Somebody with a duty in the sample organ, signed in."""
    from gongkai.accounts.models import Duty
    from gongkai.organisations.models import Organ

    user = factories.person()
    Duty.objects.create(
        user=user,
        organ=Organ.objects.get(code=factories.ORGAN),
        role=Role.OFFICER.value,
        valid_from=date(2020, 1, 1),
    )
    client = Client()
    client.force_login(user)
    return client


def queries(client: Client, address: str) -> int:
    client.get(address)  # what is asked once is asked
    with CaptureQueriesContext(connection) as asked:
        assert "补贴" in client.get(address).content.decode()
    return len(asked)


def test_a_list_costs_the_same_queries_with_one_row_and_with_thirty() -> None:
    factories.organs()
    officer = factories.holding(factories.person(), Role.OFFICER)
    client = signed_in()
    row = factories.registered(officer)
    lists = ("/workbench/", "/workbench/applications/", "/workbench/search/?q=补贴")
    one = {address: queries(client, address) for address in lists}
    factories.again(row, 29)
    assert {address: queries(client, address) for address in lists} == one


def test_the_keys_are_off_until_they_are_turned_on() -> None:
    factories.organs()
    client = signed_in()
    assert "keys.js" not in client.get("/workbench/").content.decode()
    client.post("/workbench/keys/", {"keys": "on"})
    page = client.get("/workbench/").content.decode()
    assert "keys.js" in page
    assert 'data-keys="g a"' in page
    client.post("/workbench/keys/", {"keys": "off"})
    assert "keys.js" not in client.get("/workbench/").content.decode()


def test_what_presses_is_listed_from_its_figure() -> None:
    factories.organs()
    officer = factories.holding(factories.person(), Role.OFFICER)
    today = localdate()
    late, soon, far, waiting = (factories.registered(officer) for _each in range(4))
    days = ((late, today - timedelta(days=1)), (soon, today), (far, today + timedelta(days=60)))
    for row, day in (*days, (waiting, today - timedelta(days=1))):
        selectors.Application.objects.filter(pk=row.pk).update(due_on=day)
    # The limit of who waits for a supplement will run anew: its old last day presses nobody.
    selectors.Application.objects.filter(pk=waiting.pk).update(state="supplementing")
    client = signed_in()
    desk = client.get("/workbench/").content.decode()
    for due, number in (("overdue", late.number), ("soon", soon.number)):
        address = f"/workbench/applications/?due={due}"
        assert f'<a href="{address}">1</a>' in desk
        listed = client.get(address).content.decode()
        rows = (late, soon, far, waiting)
        assert [row.number in listed for row in rows] == [row.number == number for row in rows]


def test_the_last_page_of_a_list_holds_its_rows_in_their_order() -> None:
    factories.organs()
    officer = factories.holding(factories.person(), Role.OFFICER)
    row = factories.registered(officer)
    rows = [row, *factories.again(row, 27)]
    client = signed_in()
    for address in ("/workbench/applications/?page=2", "/workbench/applications/?q=补贴&page=2"):
        shown = client.get(address).content.decode()
        places = [shown.find(f"/workbench/applications/{row.number}/") for row in rows]
        assert places[:25] == [-1] * 25
        assert 0 < places[25] < places[26] < places[27]


@pytest.mark.parametrize("text", ["5G基站", "5g基站", "基站", "沪x号", "沪X号"])
def test_words_are_found_in_what_is_asked_and_in_the_number_of_the_letter_in_either_case(text: str) -> None:
    factories.organs()
    officer = factories.holding(factories.person(), Role.OFFICER)
    one, other = (factories.registered(officer) for _each in range(2))
    selectors.Application.objects.filter(pk=one.pk).update(description="5G基站的环评", letter_number="沪x号")
    selectors.Application.objects.filter(pk=other.pk).update(description="4G基地", letter_number="沪y号")
    assert list(selectors.queue(officer, text=text)) == [one]
    assert list(selectors.found(officer, text)) == [one]


def test_rows_are_read_by_their_keys_alone() -> None:
    """With the conditions of the list beside the keys SQLite read every open case of the organ for each page."""
    factories.organs()
    officer = factories.holding(factories.person(), Role.OFFICER)
    row = factories.registered(officer)
    with CaptureQueriesContext(connection) as asked:
        (found,) = with_keys(selectors.queue(officer), [row.pk])
        assert (found, found.organ.name, found.handler) == (row, row.organ.name, None)
    (query,) = asked.captured_queries
    assert query["sql"].count(" IN ") == 1


def test_lists_and_searches_are_answered_by_an_index_alone() -> None:
    """A row is wide, with the enciphered applicant in it: reading them all takes many times as long."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by its statistics: nothing can be said of an almost empty table")
    factories.organs()
    officer = factories.holding(factories.person(), Role.OFFICER)
    asked = (
        selectors.queue(officer).values("pk"),
        selectors.queue(officer, state=State.CLOSED).values("pk"),
        selectors.queue(officer, text="补贴").values("pk"),
        selectors.found(officer, "补贴").values("pk"),
        selectors.tasks(officer).values("pk"),
    )
    plans = [rows.explain() for rows in asked]
    assert [plan for plan in plans if "applications_application USING COVERING INDEX" not in plan] == []


def test_what_was_typed_while_somebody_else_acted_is_kept_and_may_be_sent_again() -> None:
    factories.organs()
    officer = factories.holding(factories.person(), Role.OFFICER)
    row, client = factories.registered(officer, day=localdate()), signed_in()
    address = f"/workbench/applications/{row.number}/do/ask_supplement/"
    first = client.get(address).context["form"].initial
    typed = {"version": first["version"], "key": first["key"], "wanted": "请写明年度", "working_days": "7"}
    selectors.Application.objects.filter(pk=row.pk).update(version=row.version + 1)  # somebody else has acted
    late = client.post(address, typed)
    words = late.content.decode()
    assert ("您写的都还在" in words, "请写明年度" in words) == (True, True)
    again = {**typed, "version": late.context["form"]["version"].value()}
    assert client.post(address, again).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.supplement_wanted) == (State.SUPPLEMENTING.value, "请写明年度")
    too_late = client.post(address, {**typed, "key": "another-key-of-this-page"}).content.decode()
    assert ("请写明年度" in too_late, "请刷新" in too_late or "您写的都还在" in too_late) == (True, True)
