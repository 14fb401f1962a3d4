"""Administration: organs told of, renamed and added within one's duty; the words of notices; the settings in force."""

from datetime import date

import pytest
from django.test import Client

from gongkai.accounts.enums import Role
from gongkai.accounts.models import Duty
from gongkai.applications.tests import factories
from gongkai.audit.models import Entry
from gongkai.notifications import services as notices
from gongkai.notifications.enums import Channel
from gongkai.notifications.models import Outgoing
from gongkai.organisations import selectors
from gongkai.organisations.models import Organ

pytestmark = pytest.mark.django_db
ORGANS = "/workbench/administration/organs/"
WORDING = "/workbench/administration/wordings/applications.registered/zh-hans/mail/"


@pytest.fixture
def client() -> Client:
    """An administrator of one department, signed in."""
    factories.organs()
    user = factories.person()
    organ = Organ.objects.get(code=factories.ORGAN)
    Duty.objects.create(user=user, organ=organ, role=Role.ADMINISTRATOR.value, valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(user)
    return client


def told(**changes: str) -> dict[str, str]:
    organ = Organ.objects.get(code=factories.ORGAN)
    fields = ("name", "short_name", "name_en", "document_word", "address", "phone", "hours", "website")
    return {name: getattr(organ, name) for name in fields} | changes


def test_a_new_name_keeps_the_old_one_findable_and_is_recorded(client: Client) -> None:
    old = Organ.objects.get(code=factories.ORGAN).name
    answer = client.post(f"{ORGANS}{factories.ORGAN}/", told(name="上海市虹口区示例新局", phone="021-00000000"))
    assert answer.status_code == 302
    organ = selectors.find_by_name(old)
    assert organ is not None
    assert (organ.name, organ.phone) == ("上海市虹口区示例新局", "021-00000000")
    assert set(Entry.objects.values_list("act", flat=True)) >= {"organisations.rename", "organisations.describe"}


def test_what_cannot_be_is_told_and_nothing_is_lost(client: Client) -> None:
    page = client.post(f"{ORGANS}{factories.ORGAN}/", told(name="", website="not an address"))
    assert page.status_code == 422
    assert "请填写机关的全称" in page.content.decode()
    assert 'value="not an address"' in page.content.decode()


def test_another_organ_is_not_there(client: Client) -> None:
    assert client.get(f"{ORGANS}health/").status_code == 404
    assert "区卫生健康委" not in client.get(ORGANS).content.decode()


def test_an_organ_is_added_below_ones_own_and_nowhere_else(client: Client) -> None:
    new = told(name="上海市虹口区示例中心", short_name="示例中心") | {"code": "sample-centre", "kind": "other"}
    assert client.post(f"{ORGANS}new/", {**new, "parent": "hongkou"}).status_code == 422
    assert client.post(f"{ORGANS}new/", {**new, "parent": factories.ORGAN}).status_code == 302
    assert Organ.objects.get(code="sample-centre").parent_id == Organ.objects.get(code=factories.ORGAN).pk
    again = client.post(f"{ORGANS}new/", {**new, "parent": factories.ORGAN})
    assert "已被使用" in again.content.decode()


def test_other_words_are_used_from_then_on_and_the_old_ones_come_back(client: Client) -> None:
    words = {"subject": "已登记：{{ number }}", "body": "编号 {{ number }}，{{ due_on }} 前答复。"}
    assert client.post(WORDING, words).status_code == 302
    factories.registered(factories.holding(factories.person(), Role.OFFICER))
    notice = Outgoing.objects.get(event="applications.registered", channel="mail")
    assert notice.subject == "已登记：2025-000001"
    assert notice.body == "编号 2025-000001，2025年10月17日 前答复。"
    assert client.post(WORDING, {"subject": "", "body": ""}).status_code == 302
    assert "凭查询码" in notices.spoken("applications.registered").texts["zh-hans"][Channel.MAIL].body


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"subject": "a", "body": "{{ password }}"}, "没有 {{ password }} 这样的内容"),
        ({"subject": "", "body": "编号 {{ number }}"}, "邮件须有标题"),
    ],
)
def test_words_that_cannot_be_used_are_refused(client: Client, words: dict[str, str], why: str) -> None:
    page = client.post(WORDING, words)
    assert page.status_code == 422
    assert why in page.content.decode()


def test_a_notice_that_is_none_is_not_found(client: Client) -> None:
    assert client.get(WORDING.replace("registered", "nothing")).status_code == 404
    assert client.get(WORDING.replace("/mail/", "/pigeon/")).status_code == 404


def test_the_settings_page_names_what_is_unconfirmed(client: Client) -> None:
    page = client.get("/workbench/administration/settings/").content.decode()
    assert "application_retention" in page
    assert "未经核实" in page
