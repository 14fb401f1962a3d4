"""An applicant's data: unseen by another organ on every page of the desk, in errors and logs; seen in one's own by a row of audit."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.accounts.tests.factories import a_duty, a_person
from gongkai.applications import selectors
from gongkai.applications.models import Application, Letter
from gongkai.applications.rules import counts
from gongkai.applications.tests import factories
from gongkai.audit.models import Entry
from gongkai.config.access import Opening, table, url_names
from gongkai.workbench.applications import shown

pytestmark = pytest.mark.django_db
HTML = pytest.mark.one_database
OTHER = "education"
DRAFT = factories.DRAFT
WHO = (DRAFT.applicant_name, DRAFT.identity_number, DRAFT.phone, DRAFT.email, DRAFT.address)
WHAT = (DRAFT.description, "2025-000001", "2025-000002", "区民政局信公开〔2025〕1号")
ADDRESSES = dict(url_names(get_resolver().url_patterns))
INSIDE = [
    name
    for name, access in table().items()
    if access.opening not in {Opening.PUBLIC, Opening.ANONYMOUS, Opening.MACHINE}
]
PLAIN = [name for name in INSIDE if not ADDRESSES[name].pattern.regex.groupindex and not name.startswith("signin:")]
OF_A_CASE = [
    name for name in INSIDE if name.startswith("cases:") and "number" in ADDRESSES[name].pattern.regex.groupindex
]


def holding_all(organ: str) -> tuple[Client, Standing]:
    """Somebody who holds every role for one organ, signed in, and what that comes to."""
    user = a_person()
    for role in Role:
        a_duty(user, role, organ)
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client, factories.holding(user, *Role, organ=organ)


@pytest.fixture
def cases() -> tuple[Application, Application]:
    """One that is being handled and one that was answered, both of the sample organ."""
    factories.organs()
    officer = factories.holding(factories.person(), Role.OFFICER)
    chief = factories.holding(factories.person(), Role.SECTION_CHIEF)
    return factories.registered(officer), factories.closed(officer, chief)


def told(response: Any, words: tuple[str, ...]) -> list[str]:
    """Which of the words an answer holds, in its text or its headers."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = body.decode("utf-8", "replace") + repr(dict(response.headers))
    return [word for word in words if word in text]


def addresses_of(row: Application) -> Iterator[tuple[str, str]]:
    """Every address of a case, by its name."""
    letter = Letter.objects.filter(application=row).latest("pk")
    file = "00000000-0000-4000-8000-000000000000"
    more: dict[str, dict[str, Any]] = {
        "cases:letter": {"kind": "pdf"},
        "cases:paper": {"pk": letter.pk, "kind": "docx"},
    }
    more |= {"cases:act": {"act": "archive"}, "cases:redact": {"pk": file}, "cases:take-back": {"pk": file}}
    for name in OF_A_CASE:
        yield name, reverse(name, kwargs={"number": row.number, **more.get(name, {})})


def test_no_selector_gives_anything_of_it_to_another_organ(cases: tuple[Application, Application]) -> None:
    _client, other = holding_all(OTHER)
    _client, own = holding_all(factories.ORGAN)
    number, organs = cases[1].number, frozenset({factories.ORGAN})

    def found(reader: Standing) -> dict[str, object]:
        return {
            "visible": selectors.visible_to(reader).count(),
            "by number": selectors.by_number(reader, number) is not None,
            "queue": selectors.queue(reader).count(),
            "words": sum(selectors.found(reader, word).count() for word in ("居家养老", number, "信公开")),
            "tasks": selectors.tasks(reader).count(),
            "tallies": sum(selectors.tallies(reader, today=date(2025, 10, 9), soon=date(2025, 10, 13)).values()),
            "letters": selectors.letters_visible_to(reader).count(),
            "precedent": bool(selectors.precedent(reader, number, "provided")),
            "analysed": len(selectors.analysed(reader, year=2025, organ=factories.ORGAN)),
            "these": len(selectors.these(reader, [row.pk for row in cases])),
            "cell": len(selectors.cell(reader, organs=organs, year=2025, row=counts.NEW, column="total")),
        }

    nothing, everything = found(other), found(own)
    assert {name for name, value in nothing.items() if value} == set()
    assert {name for name, value in everything.items() if not value} == set()


@HTML
def test_no_page_search_or_export_shows_anything_of_it_to_another_organ(
    cases: tuple[Application, Application], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client, _standing = holding_all(OTHER)
    addresses = [reverse(name) for name in PLAIN]
    asked = [DRAFT.applicant_name, DRAFT.phone, DRAFT.identity_number, "居家养老", cases[0].number]
    addresses += [f"{reverse(name)}?q={word}" for name in ("workbench:search", "cases:queue") for word in asked]
    addresses += [reverse("analysis:file", kwargs={"kind": kind}) + "?year=2025" for kind in ("csv", "xlsx")]
    leaks, opened = [], 0
    for address in addresses:
        response = client.get(address)
        opened += response.status_code == 200
        words = WHO if "?q=" not in address else tuple(word for word in WHO if word not in address)
        words += () if "?q=" in address else WHAT
        leaks += [f"{address}: {word}" for word in told(response, words)]
        leaks += (
            [f"{address}: a case"] if told(response, tuple(f"/applications/{row.number}/" for row in cases)) else []
        )
    assert leaks == []
    assert opened > 40
    assert [word for word in WHO if word in caplog.text] == []


@HTML
def test_its_own_addresses_are_not_there_for_another_organ_and_say_nothing(
    cases: tuple[Application, Application], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client, _standing = holding_all(OTHER)
    before, wrong = Entry.objects.count(), []
    for name, address in addresses_of(cases[1]):
        for method in ("get", "post"):
            response = getattr(client, method)(address, {"purpose": "示例目的"} if method == "post" else {})
            if response.status_code not in {404, 405}:
                wrong.append(f"{method} {name}: {response.status_code}")
            wrong += [f"{method} {name}: {word}" for word in told(response, (*WHO, DRAFT.description, WHAT[3]))]
    assert wrong == []
    assert Entry.objects.count() == before
    assert [word for word in WHO if word in caplog.text] == []


@HTML
def test_a_case_of_the_same_applicant_elsewhere_stays_without_number_and_name(
    cases: tuple[Application, Application],
) -> None:
    other = factories.holding(factories.person(), Role.OFFICER, organ=OTHER)
    row = factories.registered(other, organ=OTHER)
    client, _standing = holding_all(OTHER)
    assert len(selectors.alike(other, row)) == 2
    page = client.get(reverse("cases:case", kwargs={"number": row.number}))
    assert page.status_code == 200
    assert told(page, (*WHO, *(found.number for found in cases), WHAT[3])) == []


@HTML
def test_the_page_of_a_fault_and_its_log_say_nothing_of_the_applicant(
    cases: tuple[Application, Application], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(application: Application, today: date) -> dict[str, Any]:
        contact = selectors.contact(application)
        raise RuntimeError(f"示例故障 {len(contact.name)}")

    monkeypatch.setattr(shown, "case", broken)
    client, _standing = holding_all(factories.ORGAN)
    response = client.get(reverse("cases:case", kwargs={"number": cases[0].number}))
    assert response.status_code == 500
    assert told(response, (*WHO, DRAFT.description)) == []
    assert "示例故障" in caplog.text
    assert [word for word in WHO if word in caplog.text] == []


@HTML
def test_in_its_own_organ_every_reading_in_plain_is_a_row_and_no_other_page_is_plain(
    cases: tuple[Application, Application], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client, _standing = holding_all(factories.ORGAN)
    row, wrong, read = cases[1], [], []
    about = Entry.objects.filter(object_id=str(row.pk), object_kind="applications.application")
    for name, address in addresses_of(row):
        for method in ("get", "post"):
            if (name, method) == ("cases:act", "post"):
                continue
            rows = about.count()
            response = getattr(client, method)(address, {"purpose": "示例目的"} if method == "post" else {})
            written, given = about.count() - rows, response.headers["Content-Type"].split(";")[0] != "text/html"
            if written:
                read.append(f"{method} {name}")
            if (told(response, WHO) or (given and response.status_code == 200)) and not written:
                wrong.append(f"{method} {name}")
    assert wrong == []
    assert read == ["post cases:contact", "get cases:letter", "get cases:paper", "post cases:evidence"]
    assert {entry.purpose for entry in about.exclude(purpose="")} == {"示例目的", "查看答复书", "查看文书"}
    assert [word for word in WHO if word in caplog.text] == []
