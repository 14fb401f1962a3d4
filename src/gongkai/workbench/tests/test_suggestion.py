"""The language model's proposal at the desk: asked for by an officer, shown as a machine's, never filled in by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from gongkai.accounts.enums import Role
from gongkai.accounts.models import User
from gongkai.accounts.tests.factories import a_duty, a_person
from gongkai.applications.models import Application
from gongkai.applications.tests import factories
from gongkai.applications.tests.factories import ORGAN
from gongkai.assistant.models import Asked
from gongkai.assistant.tests.model_service import DRAFT, GOOD, Reply, Service, running, saying

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
BUTTON = "把遮盖个人信息后的申请内容发给语言模型"


@pytest.fixture(autouse=True)
def _organs() -> None:
    factories.organs()


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    with running() as found:
        settings.ASSISTANT = found.model()
        yield found


@pytest.fixture
def officer() -> User:
    user = a_person()
    a_duty(user, Role.OFFICER, ORGAN)
    return user


@pytest.fixture
def client(officer: User) -> Client:
    client = Client()
    client.force_login(officer)
    return client


@pytest.fixture
def application(officer: User) -> Application:
    return factories.registered(factories.holding(officer, Role.OFFICER))


def case_page(application: Application) -> str:
    return f"/workbench/applications/{application.number}/"


def page(client: Client, application: Application) -> str:
    return str(client.get(f"{case_page(application)}suggestion/").content.decode())


def asked(client: Client, application: Application) -> str:
    """The page after the button was pressed."""
    answer = client.post(f"{case_page(application)}suggestion/")
    assert (answer.status_code, answer["Location"]) == (302, f"{case_page(application)}suggestion/")
    return page(client, application)


def test_without_a_model_the_desk_is_as_it_was(client: Client, application: Application, officer: User) -> None:
    earlier = factories.decided(factories.holding(officer, Role.OFFICER))
    Application.objects.filter(pk=earlier.pk).update(closed_on="2025-09-29")
    text = client.get(case_page(application)).content.decode()
    assert BUTTON not in text
    assert "1 件相似申请中，1 件这样答复" in text  # what precedents speak for is there as ever
    assert client.get(f"{case_page(application)}suggestion/").status_code == 404
    assert client.post(f"{case_page(application)}suggestion/").status_code == 404


def test_an_officer_asks_and_is_shown_a_machines_proposal(
    service: Service, client: Client, application: Application
) -> None:
    assert BUTTON in client.get(case_page(application)).content.decode()
    assert "这份申请还没有起草建议" in page(client, application)
    text = asked(client, application)
    for words in ("机器起草，供参考", "予以公开，提供信息", GOOD["reasons"], DRAFT, "已核对：是这一办理结果的依据"):
        assert str(words) in text
    assert "sample-model" in text
    assert "示例申请人甲" not in text
    assert len(service.requests) == 1


def test_to_look_is_not_to_ask(service: Service, client: Client, application: Application) -> None:
    page(client, application)
    client.get(case_page(application))
    client.head(f"{case_page(application)}suggestion/")
    assert service.requests == []


def test_the_draft_stands_in_the_form_once_the_officer_wants_it_and_not_before(
    service: Service, client: Client, application: Application
) -> None:
    text = asked(client, application)
    form = f"{case_page(application)}do/decide/?kind=provided"
    assert DRAFT not in client.get(form).content.decode()
    link = f"{form}&suggestion={Asked.objects.get().pk}"
    assert link.replace("&", "&amp;") in text
    filled = client.get(link).content.decode()
    assert DRAFT in filled
    assert "由语言模型起草，没有人核对过" in filled
    application.refresh_from_db()
    assert (application.state, application.contents) == ("registered", {})


def test_what_the_officer_wrote_before_is_not_written_over(
    service: Service, client: Client, application: Application
) -> None:
    asked(client, application)
    Application.objects.filter(pk=application.pk).update(contents={"kind": "provided", "ways": "承办人写的示例"})
    link = f"{case_page(application)}do/decide/?kind=provided&suggestion={Asked.objects.get().pk}"
    filled = client.get(link).content.decode()
    assert "承办人写的示例" in filled
    assert DRAFT not in filled


def test_a_law_that_nobody_has_verified_is_marked_and_stays_out_of_the_form(
    service: Service, client: Client, application: Application
) -> None:
    invented = "依据《中华人民共和国示例法》第九十九条公开。"
    service.replies = [saying({**GOOD, "fields": {"ways": invented}, "basis": ["disclosure_regulation 99"]})]
    text = asked(client, application)
    assert text.count("未核对") == 2
    assert "不填入答复：" in text
    link = f"{case_page(application)}do/decide/?kind=provided&suggestion={Asked.objects.get().pk}"
    assert invented not in client.get(link).content.decode()


def test_what_a_model_says_is_text_and_no_markup(service: Service, client: Client, application: Application) -> None:
    service.replies = [saying({**GOOD, "reasons": "<script>alert(1)</script>", "fields": {"ways": "<img src=x>"}})]
    text = asked(client, application)
    assert "<script>alert(1)" not in text
    assert "<img src=x>" not in text
    assert "&lt;img src=x&gt;" in text


def test_an_outcome_that_there_is_not_offers_nothing_to_draft_from(
    service: Service, client: Client, application: Application
) -> None:
    service.replies = [saying({**GOOD, "outcome": "G9"})]
    text = asked(client, application)
    assert "没有给出全国统一表格中的办理结果" in text
    assert "照此起草" not in text


def test_an_outcome_that_the_case_does_not_bear_offers_nothing_to_draft_from(
    service: Service, client: Client, application: Application
) -> None:
    service.replies = [saying({**GOOD, "outcome": "D4", "kind": "third_party", "fields": {"reason": "示例"}})]
    text = asked(client, application)
    assert "先书面征求第三方意见" in text
    assert "照此起草" not in text


def test_a_failure_is_told_and_the_proposal_before_it_stays(
    service: Service, client: Client, application: Application
) -> None:
    asked(client, application)
    service.replies = [Reply(401)]
    text = asked(client, application)
    assert "语言模型不接受本系统的密钥" in text
    assert DRAFT in text


@pytest.mark.parametrize(
    ("role", "organ", "status"),
    [(Role.OFFICER, "health", 404), (Role.DISCLOSURE_OFFICE, ORGAN, 403), (Role.AUDITOR, ORGAN, 403)],
)
def test_others_find_no_button_and_no_proposal(
    service: Service, client: Client, application: Application, role: Role, organ: str, status: int
) -> None:
    asked(client, application)
    user, other = a_person(), Client()
    a_duty(user, role, organ)
    other.force_login(user)
    assert BUTTON not in other.get(case_page(application)).content.decode()
    assert other.get(f"{case_page(application)}suggestion/").status_code == status
    assert other.post(f"{case_page(application)}suggestion/").status_code == status
    assert len(service.requests) == 1


def test_an_auditor_of_the_organ_who_is_an_officer_elsewhere_is_not_shown_it(
    service: Service, application: Application
) -> None:
    user, other = a_person(), Client()
    a_duty(user, Role.OFFICER, "health")
    a_duty(user, Role.AUDITOR, ORGAN)
    other.force_login(user)
    assert other.get(case_page(application)).status_code == 200
    assert other.post(f"{case_page(application)}suggestion/").status_code == 404
    assert service.requests == []


def test_a_forged_form_asks_nothing(service: Service, officer: User, application: Application) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    assert strict.post(f"{case_page(application)}suggestion/").status_code == 403
    assert service.requests == []


def test_the_button_is_gone_once_a_reply_is_proposed(service: Service, client: Client, officer: User) -> None:
    decided = factories.decided(factories.holding(officer, Role.OFFICER))
    assert BUTTON not in client.get(case_page(decided)).content.decode()
    assert "拟定答复之前" in asked(client, decided)
    assert service.requests == []
