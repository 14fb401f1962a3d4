"""A letter that is put right after the reply went out: the reply was given in time, and putting it right has no limit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications import selectors, services
from gongkai.applications.enums import State
from gongkai.applications.models import Application
from gongkai.applications.rules import reply
from gongkai.applications.tests import factories
from gongkai.deadlines.services import sweep
from gongkai.notifications.models import Message
from gongkai.workbench.applications import shown

pytestmark = pytest.mark.django_db
LATER = date(2026, 3, 2)  # long after the last day for the reply


@pytest.fixture
def officer(db: None) -> Standing:
    factories.organs()
    return factories.holding(factories.person(), Role.OFFICER, Role.DISCLOSURE_OFFICE)


@pytest.fixture
def correcting(officer: Standing) -> Application:
    """One whose reply was sent in time, and whose letter is being put right."""
    chief = factories.holding(factories.person("示例科长"), Role.SECTION_CHIEF)
    row = factories.closed(officer, chief)
    Application.objects.update(handler_id=officer.user_id)
    return do("correct_letter", row, officer, reason="文号写错", today=LATER)


def do(name: str, row: Application, by: Any, **words: Any) -> Application:
    row.refresh_from_db()
    key = f"{name}-{row.pk}-{row.version}-0000"
    found: Application = getattr(services, name)(pk=row.pk, by=by, version=row.version, key=key, **words)
    return found


def pressing(officer: Standing) -> dict[str, int]:
    found = selectors.tallies(officer, today=LATER, soon=LATER)
    return {name: found[name] for name in ("open", "overdue", "soon", "sent", "in_time")}


def test_it_is_open_and_not_overdue_in_the_figures_and_lists_of_the_desk(
    officer: Standing, correcting: Application
) -> None:
    assert (correcting.state, correcting.reply_runs) == (State.REGISTERED.value, False)
    assert pressing(officer) == {"open": 1, "overdue": 0, "soon": 0, "sent": 0, "in_time": 0}
    assert list(selectors.queue(officer)) == [correcting]
    assert list(selectors.queue(officer, state=None, text="", **shown.days_of("overdue", LATER))) == []
    (line,) = shown.rows(selectors.tasks(officer), today=LATER)
    assert (line.due_on, line.days, line.late, line.correcting) == (None, None, 0, True)


def test_a_case_that_is_not_being_corrected_is_overdue_on_the_same_day(officer: Standing) -> None:
    row = factories.registered(officer)
    assert row.reply_runs
    assert pressing(officer) == {"open": 1, "overdue": 1, "soon": 0, "sent": 0, "in_time": 0}
    assert list(selectors.queue(officer, state=None, text="", **shown.days_of("overdue", LATER))) == [row]


def test_one_that_is_decided_anew_after_a_judgment_runs_again(officer: Standing) -> None:
    chief = factories.holding(factories.person("示例科长"), Role.SECTION_CHIEF)
    row = factories.closed(officer, chief)
    row = do("reopen", row, officer, on=date(2025, 12, 1), working_days=None, reason="示例判决", today=LATER)
    assert row.reply_runs
    assert pressing(officer)["overdue"] == 1


def test_the_sweep_tells_nobody_that_it_is_late_to_the_end_of_the_correction(
    officer: Standing, correcting: Application
) -> None:
    contents = {field.name: "示例" for field in reply.kinds()["provided"].fields}
    words = {"kind": "provided", "contents": contents, "user_id": officer.user_id, "today": LATER}
    do("decide", correcting, officer, **words)
    assert pressing(officer)["overdue"] == 0
    assert sweep(today=LATER) == 0
    assert not Message.objects.filter(event__startswith="deadlines.").exists()
    factories.registered(officer)  # and of one whose reply is not given, it does tell
    Application.objects.update(handler_id=officer.user_id)
    assert sweep(today=LATER) > 0
    assert Message.objects.filter(event="deadlines.overdue").exists()


def test_only_what_the_reply_has_not_ended_is_offered(officer: Standing, correcting: Application) -> None:
    roles = officer.roles_in(correcting.organ.code)
    offered = [rule.act for rule in selectors.open_acts(correcting, roles, LATER)]
    assert offered == ["assign", "confer", "decide", "serve"]
    plain = factories.registered(officer)
    assert {"ask_supplement", "extend", "withdraw"} < {rule.act for rule in selectors.open_acts(plain, roles, LATER)}
