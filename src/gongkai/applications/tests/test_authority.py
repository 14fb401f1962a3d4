"""Who may do what: every act, by every role, of the own organ and of another, in every state, through the services.

What is right is read from the file of the flow with its own few lines here, not by the program's reader. Whether an act is
let in is seen by what the service would write: that is stopped, so that one case serves all. `withdraw` names its doer
itself, the applicant of the case it is given; who else might is tried at the door that it uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Max

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Held, Standing
from gongkai.accounts.rules.standing import person
from gongkai.accounts.tests.factories import an_organ
from gongkai.applications import selectors, services
from gongkai.applications.enums import Opinion, Review, Scale, Way
from gongkai.applications.models import Application, Consultation, Letter
from gongkai.applications.services import deciding
from gongkai.applications.tests import factories
from gongkai.audit.models import Entry
from gongkai.audit.rules import SYSTEM
from gongkai.kernel.written import from_yaml
from gongkai.workflow import services as workflow
from gongkai.workflow.rules import Doer, NotNow, NotYours, Outside, Outsider

pytestmark = pytest.mark.django_db
FLOW = from_yaml((Path(__file__).parents[1] / "data" / "flow.yaml").read_text(encoding="utf-8"))
RIGHTS = {(row["act"], state): set(row["by"]) for row in FLOW["acts"] for state in row["from"]}
ACTS = [row["act"] for row in FLOW["acts"]]
OTHER = "education"
DAY = date(2025, 9, 15)
ON: dict[str, Any] = {"today": DAY}
OFF: dict[str, Any] = {"today": DAY, "reason": "示例理由"}
TERM: dict[str, Any] = {"today": DAY, "working_days": 5}
WAYS: Mapping[str, Mapping[str, Any]] = {
    "register": {**ON, "day": DAY},
    "transfer": {**OFF, "organ": OTHER},
    "assign": {**ON, "handler_id": 1, "note": ""},
    "decline": OFF,
    "ask_supplement": {**TERM, "wanted": "示例事项"},
    "supplement": {**ON, "text": "示例"},
    "ask_reasons": {**TERM, "facts": "示例事实"},
    "give_reasons": {**ON, "text": "示例理由"},
    "report_payment": {**ON, "text": "示例票据"},
    "defer": {**OFF, "until": date(2025, 11, 3)},
    "ask_third_party": {**ON, "party": "示例第三方", "contact": "", "question": "示例"},
    "ask_co_producer": {**ON, "organ": OTHER, "question": "示例"},
    "ask_extension": {**TERM, "reason": "示例理由"},
    "extend": {**TERM, "reason": "示例理由"},
    "refuse_extension": OFF,
    "charge": {**ON, "scale": Scale.BY_PAGE, "pages": 100, "how": "示例"},
    "pay": {**ON, "on": DAY, "receipt": "1"},
    "confer": {**ON, "on": DAY, "present": "示例", "conclusion": "示例"},
    "decide": {**ON, "kind": "provided", "contents": {}, "user_id": 1},
    "send_back": OFF,
    "sign": {**ON, "user_id": 1},
    "deliver": {**ON, "sent_on": DAY, "proof": "示例"},
    "correct_letter": OFF,
    "reopen": {**OFF, "on": DAY, "working_days": None},
}
REVIEWS = {"pass_secrecy": Review.SECRECY, "pass_legal": Review.LEGAL}
ANSWERED = {"third_party_answered": "third_party", "co_producer_answered": "co_producer"}


class LetIn(Exception):
    """The service was about to write."""


@pytest.fixture
def case(db: None, monkeypatch: pytest.MonkeyPatch) -> Application:
    """A case that has all that any state asks for; nothing is written to it but its state, which the test sets."""
    an_organ(factories.ORGAN), an_organ(OTHER)
    row = factories.registered(factories.holding(factories.person(), Role.OFFICER))
    Application.objects.filter(pk=row.pk).update(counted_on=DAY, counted_code="O3")
    for kind, who in (("third_party", {"party": "示例第三方"}), ("co_producer", {"organ_id": row.organ_id})):
        Consultation.objects.create(
            application=row, kind=kind, question="示例", asked_on=DAY, due_on=date(2025, 10, 15), **who
        )
    asked = Consultation.objects.get(kind="third_party")
    Letter.objects.create(
        application=row, kind="third_party_request", number="示例〔2025〕1号", issued_on=DAY, consultation=asked
    )
    for slow in ("keep", "screen_given"):  # made before the act, of letters and files that this case has not
        monkeypatch.setattr(deciding, slow, lambda made: None)
    monkeypatch.setattr(selectors, "reply_letter", lambda pk: None)
    real = workflow.act

    def stopped(**words: Any) -> Any:
        def change(row: Application, rule: object) -> dict[str, object]:
            raise LetIn

        return real(**{**words, "change": change})

    monkeypatch.setattr(workflow, "act", stopped)
    return row


def doers(row: Application) -> Iterator[tuple[str, Doer]]:
    """Each role for the own organ, all of them together for another one, and those without a duty."""
    for role in Role:
        yield role.value, factories.holding(factories.person(), role)
    yield "of another organ", Standing(1, "示例人员", frozenset(Held(role, OTHER) for role in Role))
    yield "applicant", services.applicant_of(row)
    yield "third_party", services.party_of(Consultation.objects.get(kind="third_party"))
    yield "co_producer", Outside(person(2), frozenset({"co_producer"}))
    yield "system", Outside(SYSTEM, frozenset({"system"}))


def ask(act: str, row: Application, by: Doer) -> object:
    """The service of an act, with what it wants."""
    who: dict[str, Any] = {"pk": row.pk, "by": by, "version": row.version, "key": f"a-key-for-{act}"}
    if act == "withdraw":
        return services.take_withdrawal(**who, **ON, proof="示例凭证")
    if act in REVIEWS:
        return services.pass_review(**who, **ON, review=REVIEWS[act], user_id=1, opinion="")
    if act == "serve":
        paper = Letter.objects.get(application=row, kind="third_party_request").pk
        return services.serve(**who, **ON, letter=paper, on=DAY, way=Way.POST, proof="示例", note="")
    if act in ANSWERED:
        found = Consultation.objects.get(application=row, kind=ANSWERED[act])
        return services.take_opinion(
            **who, **ON, consultation=found.pk, on=DAY, opinion=Opinion.CONSENT, reason=""
        )  # fmt: skip
    if act == "late_opinion":
        found = Consultation.objects.get(application=row, kind="third_party")
        return services.take_late_opinion(
            **who, **ON, consultation=found.pk, on=DAY, opinion=Opinion.CONSENT, reason=""
        )  # fmt: skip
    service: Callable[..., object] = getattr(services, act)
    return service(**who, **WAYS.get(act, ON))


def told(act: str, row: Application, by: Doer) -> str:
    """What came of it: let in, not now, or not yours."""
    try:
        ask(act, row, by)
    except (LetIn, NotNow, NotYours) as answer:
        return type(answer).__name__
    raise AssertionError(f"{act} wrote something.")


@pytest.mark.one_database
def test_an_act_is_let_in_exactly_where_the_table_says(case: Application) -> None:
    before, wrong, tried = Entry.objects.aggregate(last=Max("seq")), [], 0
    people, everybody = list(doers(case)), Outside(SYSTEM, frozenset((*Role, *Outsider)))
    for state in FLOW["states"]:
        Application.objects.filter(pk=case.pk).update(state=state)
        for act in ACTS:
            able = RIGHTS.get((act, state))
            # What a state does not know is refused to who is everybody at once, and so to each.
            for name, by in people if able else [("everybody", everybody)]:
                wanted = "NotNow" if able is None else "LetIn" if name in able else "NotYours"
                found, tried = told(act, case, by), tried + 1
                wrong += [] if found == wanted else [f"{act} in {state} by {name}: {found}, not {wanted}"]
    assert wrong == []
    rows = len(RIGHTS)
    assert tried == rows * (len(Role) + 1 + len(Outsider)) + len(ACTS) * len(FLOW["states"]) - rows
    assert Entry.objects.aggregate(last=Max("seq")) == before


def test_every_act_of_the_table_was_tried_and_every_role_has_something_to_do_or_nothing() -> None:
    assert len(ACTS) == len(set(ACTS)) == 38
    idle = set(Role) - set().union(*RIGHTS.values())
    assert idle == {Role.COMPETENT_DEPARTMENT, Role.OBSERVER, Role.AUDITOR, Role.ADMINISTRATOR}


def test_an_applicant_and_a_third_party_act_in_their_own_case_alone(case: Application) -> None:
    stranger = factories.submitted().application
    for act, state in (("supplement", "supplementing"), ("give_reasons", "explaining"), ("withdraw", "registered")):
        Application.objects.filter(pk=case.pk).update(state=state)
        assert told(act, case, services.applicant_of(case)) == "LetIn"
        assert told(act, case, services.applicant_of(stranger)) == "NotYours"
    Application.objects.filter(pk=case.pk).update(state="consulting")
    theirs = Consultation.objects.create(
        application=stranger, kind="third_party", party="另一示例第三方", question="示例", asked_on=DAY, due_on=DAY
    )
    assert told("third_party_answered", case, services.party_of(theirs)) == "NotYours"


def test_nothing_is_made_or_sealed_for_somebody_who_may_not(case: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    for slow in ("keep", "screen_given"):
        monkeypatch.setattr(deciding, slow, made.append)
    for act, state in (("seal", "signed"), ("sign", "proposed")):
        Application.objects.filter(pk=case.pk).update(state=state)
        for name, by in doers(case):
            if name not in RIGHTS[act, state]:
                assert told(act, case, by) == "NotYours"
    assert made == []
