"""An applicant's rights: a copy of everything, erasure when nothing forbids it, and the reason when something does."""

import io
import json
import zipfile
from datetime import date

import pytest
import time_machine
from django.utils import timezone

from gongkai.accounts.enums import Role
from gongkai.applications.enums import Opinion
from gongkai.applications.models import Application
from gongkai.applications.tests import factories
from gongkai.audit import selectors as audit
from gongkai.audit.rules import SYSTEM
from gongkai.audit.services import record
from gongkai.notifications.models import Outgoing
from gongkai.privacy import subjects

pytestmark = pytest.mark.django_db


def one_closed_case() -> Application:
    factories.organs()
    officer = factories.holding(factories.person(), Role.OFFICER)
    return factories.closed(officer, factories.holding(factories.person(), Role.SECTION_CHIEF))


def applicant() -> subjects.Person:
    return subjects.person(identifiers=[factories.DRAFT.identity_number])


def test_a_copy_holds_all_that_was_said_and_its_making_is_recorded() -> None:
    one_closed_case()
    content = subjects.export(who=applicant(), purpose="本人申请查阅", actor=SYSTEM, record=record)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        rows = json.loads(archive.read("applications.json"))
    assert [(row["applicant_name"], row["phone"]) for row in rows] == [("示例申请人甲", "13800000000")]
    assert {notice["to"] for row in rows for notice in row["notices"]} == {factories.DRAFT.phone, factories.DRAFT.email}
    assert audit.entries(act="privacy.export").count() == 1


def test_an_open_case_is_not_erased_and_the_reason_is_told() -> None:
    factories.organs()
    factories.submitted()
    with pytest.raises(subjects.Held, match=r"尚未办结.*第四十七条第二款"):
        subjects.erase(who=applicant(), purpose="本人申请删除", actor=SYSTEM, record=record)


@pytest.mark.parametrize("named", [factories.DRAFT.phone, factories.DRAFT.email])
def test_who_is_named_by_an_address_alone_is_held_like_the_case(named: str) -> None:
    """What was sent there belongs to a file that must be kept."""
    one_closed_case()
    Outgoing.objects.update(state="sent", settled_at=timezone.now())
    who = subjects.person(identifiers=[named])
    with pytest.raises(subjects.Held, match="保存到 2035-12-31"):
        subjects.erase(who=who, purpose="本人申请删除", actor=SYSTEM, record=record)
    assert not any(subjects.ERASED in (row.address, row.body) for row in Outgoing.objects.all())
    with time_machine.travel(date(2036, 1, 2), tick=False):
        done = subjects.erase(who=who, purpose="本人申请删除", actor=SYSTEM, record=record)
    assert done["notices"] > 0
    assert done["notices"] == sum(row.address == subjects.ERASED for row in Outgoing.objects.all())


def test_a_third_party_has_the_same_rights_and_is_told_nothing_of_who_applied() -> None:
    row = one_closed_case()
    assert row.closed_on is not None
    row.consultations.create(
        kind="third_party", party="示例商贸公司", contact="联系人：张某某 021-00000000", question="是否同意公开",
        asked_on=row.closed_on, opinion=Opinion.SILENT.value,
        answered_on=row.closed_on, reason="示例理由",
    )  # fmt: skip
    who = subjects.person(identifiers=["02100000000"])
    content = subjects.export(who=who, purpose="本人申请查阅", actor=SYSTEM, record=record)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("applications.json").decode()
    assert all(word in text for word in (row.number, "示例商贸公司", "张某某", "示例理由"))
    assert factories.DRAFT.applicant_name not in text
    with pytest.raises(subjects.Held, match="保存到 2035-12-31"):
        subjects.erase(who=who, purpose="本人申请删除", actor=SYSTEM, record=record)
    by_name = subjects.person(identifiers=["张某某"])  # a name may be another's
    assert subjects.holds(by_name) == []
    with time_machine.travel(date(2036, 1, 2), tick=False):
        assert subjects.erase(who=who, purpose="本人申请删除", actor=SYSTEM, record=record)["applications"] == 1
    assert row.consultations.get().contact == subjects.ERASED


def test_a_closed_case_is_kept_for_its_years_and_erased_after_them() -> None:
    row = one_closed_case()
    with pytest.raises(subjects.Held, match="保存到 2035-12-31"):
        subjects.erase(who=applicant(), purpose="本人申请删除", actor=SYSTEM, record=record)
    with time_machine.travel(date(2036, 1, 2), tick=False):
        assert subjects.erase(who=applicant(), purpose="本人申请删除", actor=SYSTEM, record=record)["applications"] == 1
    row.refresh_from_db()
    assert (row.applicant_name, row.phone, row.code) == (subjects.ERASED, subjects.ERASED, "G2")
    assert subjects.holds(applicant()) == []
    assert list(audit.verify()) == []


def test_somebody_else_is_not_touched() -> None:
    one_closed_case()
    other = subjects.person(identifiers=["91350100M000100Y43"])
    assert subjects.holds(other) == []
    assert subjects.erase(who=other, purpose="示例", actor=SYSTEM, record=record)["applications"] == 0
