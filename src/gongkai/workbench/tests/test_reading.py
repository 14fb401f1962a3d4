"""Who reviews and signs reads what the reply says where it is done; who gets it back reads why."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import a_duty, a_person
from gongkai.applications import services
from gongkai.applications.tests import factories
from gongkai.applications.tests.factories import ORGAN, holding
from gongkai.seals.rules import Refused as NotSealed

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def signed_in(role: Role) -> Client:
    user, client = a_person(), Client()
    a_duty(user, role, ORGAN)
    client.force_login(user)
    return client


def test_the_proposed_reply_stands_on_the_pages_of_reviewing_signing_and_sending_back() -> None:
    factories.organs()
    row = factories.decided(holding(factories.person(), Role.OFFICER), kind="partial")
    page = f"/workbench/applications/{row.number}/do/"
    for role, acts in (
        (Role.SECRECY_REVIEWER, ("pass_secrecy", "send_back")),
        (Role.LEGAL_REVIEWER, ("pass_legal",)),
        (Role.SECTION_CHIEF, ("sign", "send_back")),
    ):
        client = signed_in(role)
        for act in acts:
            shown = client.get(f"{page}{act}/").content.decode()
            missing = [text for name, text in row.contents.items() if name != "kind" and text not in shown]
            assert (missing, "拟定的答复" in shown, "答复书（PDF）" in shown) == ([], True, True), act


def test_who_gets_it_back_reads_why_at_the_top_until_it_is_proposed_again() -> None:
    factories.organs()
    chief = holding(factories.person(), Role.SECTION_CHIEF)
    row = factories.decided(holding(factories.person(), Role.OFFICER))
    client, page = signed_in(Role.OFFICER), f"/workbench/applications/{row.number}/"
    assert "退回修改：" not in client.get(page).content.decode()
    services.send_back(
        pk=row.pk, by=chief, version=row.version, key="send-back-a-sample", reason="请补充说明", today=date(2025, 9, 26)
    )
    shown = client.get(page).content.decode()
    assert "退回修改：" in shown
    assert shown.index("请补充说明") < shown.index('id="clocks"')


def test_a_reply_that_cannot_be_sealed_now_is_told_of_and_the_case_stays_on_the_screen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    factories.organs()
    row = factories.decided(holding(factories.person(), Role.OFFICER))
    client, page = signed_in(Role.OFFICER), f"/workbench/applications/{row.number}/"

    def away(*_args: object) -> bytes:
        raise NotSealed("签章服务没有应答。请稍后再试。")

    monkeypatch.setattr(services, "reply_file", away)
    found = client.get(f"{page}letter.pdf", follow=True)
    assert found.redirect_chain == [(page, 302)]
    assert "签章服务没有应答" in found.content.decode()


def test_an_act_that_cannot_be_undone_is_never_the_first_button() -> None:
    factories.organs()
    row = factories.decided(holding(factories.person(), Role.OFFICER))
    shown = signed_in(Role.OFFICER).get(f"/workbench/applications/{row.number}/").content.decode()
    assert f'<a class="gk-btn gk-btn--plain" href="/workbench/applications/{row.number}/do/withdraw/">' in shown
