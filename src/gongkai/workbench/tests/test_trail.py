"""The record of what was done: an auditor reads that of the own organs, newest first, by act and by object."""

from typing import Any

import pytest
from django.test import Client

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import a_duty, a_person, an_organ
from gongkai.applications.tests import factories
from gongkai.audit import selectors as audit
from gongkai.workbench.trail import views

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor() -> Client:
    factories.organs()
    user = a_person(organ=an_organ(factories.ORGAN))
    a_duty(user, Role.AUDITOR, factories.ORGAN)
    client = Client()
    client.force_login(user)
    return client


def acts(response: Any) -> list[str]:
    return [row.act for row, _who, _facts in response.context["rows"]]


def test_an_auditor_reads_what_was_done_in_the_own_organ(auditor: Client) -> None:
    officer = factories.person(name="示例承办人")
    row = factories.registered(factories.holding(officer, Role.OFFICER))
    factories.registered(factories.holding(factories.person(), Role.OFFICER, organ="health"), organ="health")
    page = auditor.get("/workbench/trail/")
    assert acts(page)[:2] == ["applications.register", "applications.submit"]
    assert {entry.organ for entry, _who, _facts in page.context["rows"]} == {factories.ORGAN}
    words = page.content.decode()
    assert ("示例承办人" in words, factories.DRAFT.applicant_name in words) == (True, False)
    about = auditor.get("/workbench/trail/", {"about": str(row.pk), "act": "applications.register"})
    assert acts(about) == ["applications.register"]
    assert audit.entries(act="audit.read").count() == 2


def test_older_ones_are_behind_a_link_and_a_strange_question_finds_nothing(
    auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PER_PAGE", 2)
    officer = factories.holding(factories.person(), Role.OFFICER)
    for _each in range(2):
        factories.registered(officer)
    first = auditor.get("/workbench/trail/")
    second = auditor.get("/workbench/trail/?" + first.context["older"])
    seen = [entry.seq for page in (first, second) for entry, _who, _facts in page.context["rows"]]
    assert len(seen) == 4
    assert seen == sorted(seen, reverse=True)
    strange = auditor.get("/workbench/trail/", {"actor": "甲", "before": "x", "act": "a" * 5000})
    assert (strange.status_code, acts(strange)) == (200, [])
