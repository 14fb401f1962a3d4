"""Art. 32: a refusal without reasonable reasons wants no great public interest, and the third party is told why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.accounts.tests.factories import a_duty, a_person
from gongkai.applications import selectors, services
from gongkai.applications.enums import Objection, Opinion
from gongkai.applications.models import Application, Consultation, Letter
from gongkai.applications.rules import reply
from gongkai.applications.rules.deciding import Course, WrongOutcome, check, objection
from gongkai.applications.tests import factories
from gongkai.workflow.rules import Refused

DAY = date(2025, 9, 25)
REASON = "涉及商业秘密"


@pytest.mark.parametrize(
    ("opinion", "reason", "weighed", "found"),
    [
        ("consent", "", "", None),
        ("silent", "", "", None),
        ("", "", "", None),
        ("consent", REASON, "unreasonable", None),
        ("refuse", "", "", Objection.NO_REASON),
        ("refuse", " \n", "reasonable", Objection.NO_REASON),
        ("refuse", REASON, "", Objection.NOT_WEIGHED),
        ("refuse", REASON, "reasonable", Objection.REASONABLE),
        ("refuse", REASON, "unreasonable", Objection.UNREASONABLE),
    ],
)
def test_what_is_behind_an_opinion(opinion: str, reason: str, weighed: str, found: Objection | None) -> None:
    assert objection(opinion, reason, weighed) is found


@pytest.mark.parametrize("anyway", [True, False])
@pytest.mark.parametrize("interest", ["", "涉及公共安全"])
@pytest.mark.parametrize("kind", ["provided", "partial", "third_party"])
@pytest.mark.parametrize(
    ("objections", "stands"),
    [
        ((Objection.NO_REASON,), False),
        ((Objection.UNREASONABLE,), False),
        ((Objection.NO_REASON, Objection.UNREASONABLE), False),
        ((Objection.NOT_WEIGHED,), True),
        ((Objection.REASONABLE,), True),
        ((Objection.UNREASONABLE, Objection.REASONABLE), True),
    ],
)
def test_only_reasons_that_may_be_reasonable_want_the_public_interest(
    objections: tuple[Objection, ...], stands: bool, kind: str, interest: str, anyway: bool
) -> None:
    course = Course(third_parties=(Opinion.REFUSE,) * len(objections), objections=objections)
    discloses = kind == "provided" or (kind == "partial" and anyway)
    if stands and discloses and not interest:
        with pytest.raises(WrongOutcome, match="公共利益"):
            check(reply.kinds()[kind], course, public_interest=interest, anyway=anyway)
    else:
        check(reply.kinds()[kind], course, public_interest=interest, anyway=anyway)


def do(name: str, row: Application, by: Any, **words: Any) -> Application:
    row.refresh_from_db()
    found: Application = getattr(services, name)(
        pk=row.pk, by=by, version=row.version, key=f"{name}-{row.pk}-{row.version}-0000", today=DAY, **words
    )
    return found


def refused(officer: Standing, reason: str, **words: Any) -> tuple[Application, Consultation]:
    row = factories.registered(officer)
    row = do("ask_third_party", row, officer, party="示例公司", contact="", question="2024年示例项目的合同金额")
    found = Consultation.objects.get(application=row)
    row = do(
        "take_opinion", row, officer, consultation=found.pk, on=DAY, opinion=Opinion.REFUSE, reason=reason, **words
    )
    return do("end_consultation", row, officer), found


def decided(row: Application, officer: Standing, kind: str = "provided", **contents: str) -> Application:
    words = {field.name: factories.written(field) for field in reply.kinds()[kind].fields}
    return do("decide", row, officer, kind=kind, contents={**words, **contents}, user_id=officer.user_id)


def signed(row: Application, chief: Standing) -> list[tuple[str, str]]:
    """The letters to the third party about the decision: kind and text."""
    do("sign", factories.reviewed(row), chief, user_id=chief.user_id)
    found = Letter.objects.filter(application=row, kind__startswith="third_party_").order_by("pk")
    return [
        (letter.kind, "".join(part.text for part in selectors.paper_of(letter).body))
        for letter in found.exclude(kind__in=("third_party_request", "third_party_told"))
    ]


def test_without_reasons_it_is_disclosed_and_the_letter_says_that_none_were_given(
    officer: Standing, chief: Standing
) -> None:
    row, found = refused(officer, "")
    assert found.application_id == row.pk
    ((kind, text),) = signed(decided(row, officer), chief)
    assert kind == "third_party_overruled"
    assert "合同金额。您（单位）不同意公开，没有说明理由。" in text
    assert ("公共利益" in text, "行政复议" in text, "示例申请人甲" in text) == (False, True, False)


def test_reasons_found_unreasonable_are_answered_in_the_letter(officer: Standing, chief: Standing) -> None:
    row, found = refused(officer, REASON)
    with pytest.raises(Refused, match="公共利益"):
        decided(row, officer)
    weighed = {f"weighed_{found.pk}": "unreasonable"}
    for why, told in (("", "请写明依据"), ("示例申请人甲已经知道", "不得向第三方透露")):
        with pytest.raises(Refused, match=told):
            decided(row, officer, **weighed, **{f"why_{found.pk}": why})
    row = decided(row, officer, **weighed, **{f"why_{found.pk}": "合同金额已经依法公示"})
    ((kind, text),) = signed(row, chief)
    assert (kind, "认为不合理：合同金额已经依法公示" in text) == ("third_party_overruled", True)


def test_reasonable_reasons_want_the_public_interest_as_before_also_in_part(officer: Standing, chief: Standing) -> None:
    row, found = refused(officer, REASON, weighed="reasonable")
    found.refresh_from_db()
    assert found.objection is Objection.REASONABLE
    for kind, more in (("provided", {}), ("partial", {"disclosed_anyway": "yes"})):
        with pytest.raises(Refused, match="公共利益"):
            decided(row, officer, kind, **more)
    row = decided(row, officer, public_interest="涉及公共安全")
    ((kind, text),) = signed(row, chief)
    assert (kind, "对公共利益造成重大影响" in text, "涉及公共安全" in text) == ("third_party_decided", True, True)


def test_in_part_who_has_no_reasonable_reasons_is_told_only_when_what_is_theirs_is_disclosed(
    officer: Standing, chief: Standing
) -> None:
    row, _found = refused(officer, "")
    assert signed(decided(row, officer, "partial"), chief) == []
    other, _found = refused(officer, "")
    assert [kind for kind, _text in signed(decided(other, officer, "partial", disclosed_anyway="yes"), chief)] == [
        "third_party_overruled"
    ]


@pytest.mark.django_db
def test_the_desk_asks_whether_reasons_are_reasonable_when_recording_and_when_deciding(officer: Standing) -> None:
    row, found = refused(officer, REASON)
    user, desk = a_person(), Client()
    a_duty(user, Role.OFFICER, factories.ORGAN)
    desk.force_login(user)
    page = f"/workbench/applications/{row.number}/"
    form = desk.get(f"{page}do/decide/?kind=provided").content.decode()
    assert (f'name="weighed_{found.pk}"' in form, 'name="public_interest"' in form, REASON in form) == (
        True,
        True,
        True,
    )
    assert "理由尚未认定" in desk.get(page).content.decode()
    sent = {
        "version": row.version, "key": "decide-from-the-desk-01", "kind": "provided", "ways": "随本答复提供",
        f"weighed_{found.pk}": "unreasonable", f"why_{found.pk}": "合同金额已经依法公示",
    }  # fmt: skip
    assert desk.post(f"{page}do/decide/", sent).status_code == 302
    shown = desk.get(page).content.decode()
    assert ("理由不合理" in shown, "合同金额已经依法公示" in shown) == (True, True)
    waiting = do(
        "ask_third_party", factories.registered(officer), officer, party="示例公司", contact="", question="示例"
    )
    asked = f"/workbench/applications/{waiting.number}/do/third_party_answered/"
    assert 'name="weighed"' in desk.get(asked).content.decode()
