"""What was given to one is proposed, reviewed by another, and for everybody; nothing tells who applied."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import a_duty, a_person
from gongkai.applications.tests import factories
from gongkai.applications.tests.factories import ORGAN, holding, person
from gongkai.audit import selectors as audit
from gongkai.kernel import bus
from gongkai.promotions import selectors, services
from gongkai.promotions.enums import State
from gongkai.promotions.events import Promoted
from gongkai.promotions.rules.fit import unfit
from gongkai.workbench.tests.signing_in import sign_in
from gongkai.workflow.rules import NotYours, Refused

pytestmark = pytest.mark.django_db
TODAY = date(2025, 10, 15)
LIST = "/disclosure/promoted/"
WORDS = {"title": "2024年居家养老补贴发放标准", "summary": "各档补贴的对象和标准。", "reason": "多人申请。"}


@pytest.fixture(autouse=True)
def _organs() -> None:
    factories.organs()


def case(kind: str = "provided") -> Any:
    officer, chief = holding(person(), Role.OFFICER), holding(person(), Role.SECTION_CHIEF)
    return factories.closed(officer, chief, kind=kind)


def proposed(application: Any = None, by: Any = None, **changes: str) -> Any:
    doer = by or holding(person(), Role.OFFICER)
    row = application or case()
    words: dict[str, Any] = {**WORDS, "key": f"propose-{row.pk}-sample-0", **changes}
    return services.propose(application=row, by=doer, user_id=doer.user_id, today=TODAY, **words)


def decide(name: str, row: Any, by: Any, **words: Any) -> Any:
    service = getattr(services, name)
    return service(pk=row.pk, by=by, version=row.version, key=f"{name}-{row.pk}-sample-00", **words)


def test_a_proposal_is_reviewed_by_another_and_then_for_everybody(client: Client) -> None:
    heard: list[Promoted] = []
    bus.subscribe(Promoted, heard.append)
    row = proposed()
    assert WORDS["title"] not in client.get(LIST).content.decode()
    reviewer = holding(person(), Role.SECRECY_REVIEWER)
    row = decide("accept", row, reviewer, user_id=reviewer.user_id, opinion="", today=TODAY)
    page = client.get(LIST).content.decode()
    assert all(words in page for words in (WORDS["title"], WORDS["summary"], "区民政局", "2025-10-15"))
    hidden = ("示例申请人甲", row.application.number, WORDS["reason"])
    assert not any(words in page for words in hidden)
    assert [(event.organ, event.title, event.on) for event in heard] == [(ORGAN, WORDS["title"], TODAY)]
    acts = [entry.act for entry in audit.entries_about(object_kind="promotions.promotion", object_id=row.pk)]
    assert acts == ["promotions.propose", "promotions.accept"]


def test_nobody_reviews_what_he_or_she_proposed() -> None:
    both = holding(person(), Role.OFFICER, Role.SECRECY_REVIEWER)
    row = proposed(by=both)
    with pytest.raises(Refused, match="不得为同一人"):
        decide("accept", row, both, user_id=both.user_id, opinion="", today=TODAY)
    with pytest.raises(NotYours):
        decide("accept", row, holding(person(), Role.OFFICER), user_id=1, opinion="", today=TODAY)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"summary": "向示例申请人甲提供的标准。"}, "写到了申请人或者第三方"),
        ({"summary": "咨询电话 13800000001。"}, "请删去"),
        ({"title": " "}, "请写明"),
    ],
)
def test_a_text_that_tells_of_a_person_is_refused(changes: dict[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        proposed(**changes)
    assert not selectors.Promotion.objects.exists()


@pytest.mark.parametrize(
    ("text", "fit"),
    [("补贴标准为每月一百元。", True), ("示例 申请人甲 的材料", False), ("身份证号 11010519491231002X", False)],
)
def test_what_may_stand_before_everybody(text: str, fit: bool) -> None:
    assert (unfit({"内容概述": text}, allowed=(), named=["示例申请人甲"]) == []) is fit


def test_only_a_closed_case_that_gave_something_is_proposed_and_only_once() -> None:
    with pytest.raises(Refused, match="已经办结"):
        proposed(factories.registered(holding(person(), Role.OFFICER)))
    given = case()
    row = proposed(given)
    assert proposed(given) == row  # pressed twice
    with pytest.raises(Refused, match="已经提出过"):
        proposed(given, key="another-key-000001")


def test_what_was_taken_up_anew_since_is_not_accepted() -> None:
    row, reviewer = proposed(), holding(person(), Role.SECRECY_REVIEWER)
    type(row.application).objects.update(state="registered", code="")
    with pytest.raises(Refused, match="请等它办结"):
        decide("accept", row, reviewer, user_id=reviewer.user_id, opinion="", today=TODAY)
    row.refresh_from_db()
    assert row.decided_on is None


def test_what_was_refused_may_be_proposed_again_and_what_was_taken_down_is_gone(client: Client) -> None:
    reviewer = holding(person(), Role.SECRECY_REVIEWER)
    given = case()
    row = proposed(given)
    with pytest.raises(Refused, match="理由"):
        decide("refuse", row, reviewer, user_id=reviewer.user_id, opinion=" ", today=TODAY)
    row = decide("refuse", row, reviewer, user_id=reviewer.user_id, opinion="涉及未定事项", today=TODAY)
    assert row.state == State.REFUSED.value
    again = proposed(given, key="another-key-000001")
    again = decide("accept", again, reviewer, user_id=reviewer.user_id, opinion="", today=TODAY)
    head = holding(person(), Role.DISCLOSURE_OFFICE)
    services.take_down(pk=again.pk, by=head, version=again.version, key="take-down-000000001", opinion="标准已修订")
    assert WORDS["title"] not in client.get(LIST).content.decode()


def test_the_desk_proposes_and_reviews_and_others_see_nothing() -> None:
    def signed_in(role: Role, organ: str = ORGAN) -> Client:
        user, client = a_person(), Client()
        a_duty(user, role, organ)
        client.force_login(user)
        return client

    given, officer, reviewer = case(), signed_in(Role.OFFICER), signed_in(Role.SECRECY_REVIEWER)
    address = f"/workbench/promotions/of/{given.number}/"
    assert address in officer.get(f"/workbench/applications/{given.number}/").content.decode()
    assert officer.post(address, {**WORDS, "summary": "", "key": "from-the-page-0001"}).status_code == 422
    page = officer.post(address, {**WORDS, "key": "from-the-page-0001"})["Location"]
    assert "do/accept/" in reviewer.get(page).content.decode()
    assert "do/accept/" not in officer.get(page).content.decode()
    assert signed_in(Role.SECRECY_REVIEWER, "finance").get(page).status_code == 404
    answer = reviewer.post(f"{page}do/accept/", {"version": 0, "key": "from-the-page-0002", "opinion": ""})
    assert answer.status_code == 302
    assert WORDS["title"] in Client().get(LIST).content.decode()


def accepted(**changes: str) -> Any:
    reviewer = holding(person(), Role.SECRECY_REVIEWER)
    return decide("accept", proposed(**changes), reviewer, user_id=reviewer.user_id, opinion="", today=TODAY)


def ready(row: Any) -> Any:
    """Its draft in the library, with its gates passed."""
    from gongkai.catalogue.models import Item, Pass
    from gongkai.catalogue.selectors import courses

    item, reviewer = Item.objects.get(pk=row.item_id), person()
    item.state = "in_review"
    item.save()
    item.course.approved_by = reviewer
    item.course.save()
    Pass.objects.create(item=item, review="secrecy", digest=courses.digest(item), by=reviewer, on=TODAY)
    return item


def released(item: Any) -> Any:
    from gongkai.catalogue.tests.factories import release

    return release(item)


def test_what_is_accepted_ends_in_a_draft_of_the_library_with_a_review_of_its_own(client: Client) -> None:
    row = accepted(kind="announcement")
    item = row.item
    assert (item.state, item.kind, item.title, item.drafted_by_id) == (
        *("drafting", "announcement", WORDS["title"]),
        row.proposed_by_id,
    )
    from gongkai.catalogue import services as catalogue

    chief = holding(person(), Role.DISCLOSURE_OFFICE)
    with pytest.raises(Refused):
        catalogue.release(
            pk=item.pk, by=chief, version=item.version, key="r" * 20, user_id=chief.user_id, now=timezone.now()
        )
    assert f"/library/{item.slug}/" not in client.get(LIST).content.decode()
    item = released(ready(row))
    assert f"/library/{item.slug}/" in client.get(LIST).content.decode()


def test_the_public_page_of_it_tells_nothing_of_the_case(client: Client) -> None:
    row = accepted()
    item = released(ready(row))
    application = row.application
    hidden = ("示例申请人甲", application.number, WORDS["reason"])
    for address in (f"/library/{item.slug}/", f"/library/{item.slug}.json", f"/library/{item.slug}/history/"):
        page = client.get(address).content.decode()
        assert WORDS["title"] in page
        assert [word for word in hidden if word in page] == []


def test_a_release_is_refused_when_somebody_of_the_case_was_written_in_meanwhile() -> None:
    row = accepted()
    item = ready(row)
    item.body = "向示例申请人甲提供的标准。"
    item.save()
    from gongkai.catalogue.models import Pass
    from gongkai.catalogue.selectors import courses

    Pass.objects.filter(item=item).update(digest=courses.digest(item))
    with pytest.raises(Refused, match="写到了申请人或者第三方"):
        released(item)
    item.refresh_from_db()
    assert (item.state, item.public) == ("in_review", False)


def test_desk_and_case_lead_to_each_other_and_what_is_public_is_withdrawn_there_first() -> None:
    row = accepted()
    officer = a_person()
    for role in (Role.OFFICER, Role.DISCLOSURE_OFFICE):
        a_duty(officer, role, ORGAN)
    desk = Client()
    assert sign_in(desk, officer).status_code == 302
    assert f"/workbench/library/{row.item_id}/" in desk.get(f"/workbench/promotions/{row.pk}/").content.decode()
    page = desk.get(f"/workbench/library/{row.item_id}/").content.decode()
    assert f"/workbench/promotions/{row.pk}/" in page
    assert row.application.number in page
    released(ready(row))
    office = holding(person(), Role.DISCLOSURE_OFFICE)
    row.refresh_from_db()
    with pytest.raises(Refused, match="请先在公文库撤回"):
        decide("take_down", row, office, opinion="情况变了。")
