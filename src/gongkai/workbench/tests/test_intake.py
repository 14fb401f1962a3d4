"""Applications over the counter, by post, by fax and by word of mouth, recorded at the desk."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import a_duty, a_person
from gongkai.applications.models import Application
from gongkai.applications.tests import factories
from gongkai.audit.models import Entry
from gongkai.files import selectors as files
from gongkai.files.tests import honest

pytestmark = pytest.mark.django_db
URL = "/workbench/applications/new/"


@pytest.fixture
def clerk(client: Client) -> Client:
    factories.organs()
    user = a_person()
    a_duty(user, Role.OFFICER, factories.ORGAN)
    client.force_login(user)
    return client


def words(**changes: str) -> dict[str, str]:
    return {
        "channel": "registered_post",
        "arrived_on": timezone.localdate().isoformat(),
        "organ": factories.ORGAN,
        "description": "2024年居家养老补贴发放标准",
        "applicant_kind": "natural_person",
        "applicant_name": "示例申请人甲",
        "identity_kind": "other",
        "identity_number": "SAMPLE-000001",
        "phone": "13800000000",
        "form": "paper",
        "delivery": "in_person",
        "key": "one-letter-recorded-000001",
        **changes,
    }


def test_a_letter_is_recorded_with_its_scan_and_the_receipt_shows_the_code_once(clerk: Client) -> None:
    scan = SimpleUploadedFile("scan.pdf", honest.pdf())
    page = clerk.post(URL, {**words(), "scans": scan})
    row = Application.objects.get()
    assert (page.status_code, row.channel, row.state) == (200, "registered_post", "submitted")
    assert row.number in page.text
    assert "签收之日" in page.text
    assert [file.name for file in files.of_owner("applications.attachment", row.pk)] == ["scan.pdf"]
    assert Entry.objects.get(act="applications.submit").actor_kind == "user"


def test_the_same_form_sent_again_is_one_application_with_the_same_receipt(clerk: Client) -> None:
    first, again = clerk.post(URL, words()), clerk.post(URL, words())
    assert Application.objects.count() == 1
    assert first.text.count(Application.objects.get().number) == again.text.count(Application.objects.get().number)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"arrived_on": "2099-01-01"}, "晚于今天"),
        ({"arrived_on": "昨天"}, "请填写日期"),
        ({"channel": "internet"}, "internet"),
        ({"organ": "finance"}, "请在列表中选择机关"),
        ({"description": ""}, "请写明您需要的政府信息"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_recorded(clerk: Client, changes: dict[str, str], sentence: str) -> None:
    page = clerk.post(URL, words(**changes))
    assert page.status_code == 422
    assert sentence in page.text
    assert Application.objects.count() == 0


def test_a_letter_that_arrived_earlier_keeps_its_day_and_a_late_entry_is_told(clerk: Client) -> None:
    page = clerk.post(URL, words(arrived_on="2025-09-12"))
    row = Application.objects.get()
    assert timezone.localdate(row.submitted_at) == date(2025, 9, 12)
    assert "已经迟了" in page.text
    assert 'gk-inset--withdrawn gk-noprint"><p>应当在' in page.text  # not for the applicant, who is handed the print
