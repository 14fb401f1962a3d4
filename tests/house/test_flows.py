"""Every flow of the house: each role, in each state, tries each act, and the table alone decides."""

import itertools
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connection

from gongkai.accounts.enums import Role
from gongkai.audit.rules import SYSTEM
from gongkai.workflow import pages, rules, selectors, services
from gongkai.workflow.checks import flows
from gongkai.workflow.models import Performed
from gongkai.workflow.rules import Binding, Outside, Outsider, Refused
from tests.flow_samples import SAMPLES

ROOT = Path(__file__).resolve().parents[2]
ROLES = [*(role.value for role in Role), *(role.value for role in Outsider)]
BINDINGS = {binding.flow.name: binding for binding in selectors.bindings()}


def raw(name: str) -> dict[str, Any]:
    """The table as it stands in its file, read without the program's own reader."""
    found = list((ROOT / "src").glob("gongkai/*/data/*flow*.yaml"))
    tables = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in found]
    return next(table for table in tables if table["name"] == name)


def allowed(name: str) -> dict[tuple[str, str, str], str]:
    """(role, state, act) -> where it leads, for every row of the file."""
    return {
        (role, state, row["act"]): state if row["to"] == "same" else row["to"]
        for row in raw(name)["acts"]
        for state in row["from"]
        for role in row["by"]
    }


def test_there_are_flows_and_each_has_its_sample() -> None:
    assert set(BINDINGS) == set(SAMPLES) != set()


def test_no_flow_has_a_fault() -> None:
    assert flows(None) == []


@pytest.mark.parametrize("name", BINDINGS)
def test_each_role_in_each_state_may_do_what_the_table_says_and_nothing_else(name: str) -> None:
    flow, table = BINDINGS[name].flow, allowed(name)
    acts = sorted({rule.act for rule in flow.rules})
    tried = 0
    for role in ROLES:
        for state in flow.states:
            for act in acts:
                tried += 1
                try:
                    found = flow.step(state, act, {role}).target
                except Refused:
                    found = None
                assert found == table.get((role, state, act)), (role, state, act)
    assert tried == len(ROLES) * len(flow.states) * len(acts)


def attempt(binding: Binding, row: Any, act: str, role: str, number: int) -> str | None:
    """What state the row is in after the act, or None when it was refused."""
    doer = Outside(SYSTEM, frozenset({role}))
    try:
        done = services.act(
            binding=binding, pk=row.pk, act=act, by=doer, version=row.version, key=f"attempt-{number:06}-0000"
        )
    except Refused:
        return None
    return str(done.state)


@pytest.mark.django_db
@pytest.mark.parametrize("name", BINDINGS)
def test_the_act_itself_goes_by_the_table(name: str) -> None:
    """The same through the database: every state put in place, every role, every act.

    A refusal is told before anything is written, so what is refused is tried on one database.
    """
    refused = connection.vendor == "sqlite"
    binding, table = BINDINGS[name], allowed(name)
    row, numbers = SAMPLES[name].make(), itertools.count(1)
    acts = sorted({rule.act for rule in binding.flow.rules})
    for state in binding.flow.states:
        tried = [(role, act, table.get((role, state, act))) for act in acts for role in ROLES]
        SAMPLES[name].put(row, state)
        row.refresh_from_db()
        before = row.version
        for role, act, wanted in tried:
            if wanted is None and refused:
                assert attempt(binding, row, act, role, next(numbers)) is None, (role, state, act)
        row.refresh_from_db()
        assert (row.state, row.version) == (state, before)
        for role, act, wanted in tried:
            if wanted is not None:
                SAMPLES[name].put(row, state)
                SAMPLES[name].prepare(row, wanted)
                row.refresh_from_db()
                before = row.version
                assert attempt(binding, row, act, role, next(numbers)) == wanted, (role, state, act)
                row.refresh_from_db()
                assert row.version == before + 1
    assert Performed.objects.count() == len(table)


def test_the_pages_of_the_documents_are_those_of_the_tables() -> None:
    folder = ROOT / "docs" / "flows"
    written = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    assert written == pages.pages(), "run: gongkai manage flows --into docs/flows"


def test_a_page_shows_the_picture_and_each_row() -> None:
    for binding in BINDINGS.values():
        page = pages.page(binding.flow)
        assert rules.picture(binding.flow) in page
        assert page.count("\n| ") == len(binding.flow.rules) + 1
