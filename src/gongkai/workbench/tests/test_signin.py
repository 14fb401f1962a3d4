"""Signing in by name, password and second factor: who gets in, what is counted, what stands on the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.accounts.models import FactorSecret, KeptForm, OpenSession, User
from gongkai.accounts.services import factors, passwords, tries
from gongkai.accounts.tests.factories import PASSWORD, a_person, an_officer
from gongkai.audit.models import Entry
from gongkai.audit.rules import SYSTEM

from .signing_in import SIGN_IN, a_factor, code_for, recovery_codes, sign_in

pytestmark = pytest.mark.django_db
DESK = "/workbench/"
NEW = "another-long-sentence-8"


def acts() -> list[str]:
    """The record of this context, oldest first."""
    found = Entry.objects.order_by("seq").values_list("act", flat=True)
    return [act.removeprefix("accounts.") for act in found if act.startswith("accounts.")]


def told(response: Any) -> str:
    """What the page says."""
    return str(response.content.decode())


def test_who_knows_name_and_password_gets_to_the_page_that_was_asked_for(client: Client) -> None:
    user = an_officer()
    asked = client.get("/workbench/sessions/")
    assert asked["Location"] == f"{SIGN_IN}?next=%2Fworkbench%2Fsessions%2F"
    assert client.get(asked["Location"]).status_code == 200
    response = sign_in(client, user.username.upper(), next="/workbench/sessions/")
    assert (response.status_code, response["Location"]) == (302, "/workbench/sessions/")
    assert client.get(response["Location"]).status_code == 200
    assert acts() == ["signed_in"]
    assert OpenSession.objects.get().user == user


def test_the_sign_in_page_leads_who_is_signed_in_to_the_desk(client: Client) -> None:
    sign_in(client, an_officer())
    assert client.get(SIGN_IN)["Location"] == DESK


def test_signing_in_gives_the_session_a_new_key(client: Client) -> None:
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    client.cookies[django_settings.SESSION_COOKIE_NAME] = str(before)
    sign_in(client, an_officer())
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_key_that_somebody_planted_is_not_taken_up(client: Client) -> None:
    client.cookies[django_settings.SESSION_COOKIE_NAME] = "a" * 32
    sign_in(client, an_officer())
    assert client.session.session_key != "a" * 32


def test_the_answer_does_not_tell_whether_a_name_exists(client: Client) -> None:
    left = a_person("left-long-ago", is_active=False)
    answers = {
        told(sign_in(client, name, password)).replace(name, "NAME").split('name="csrfmiddlewaretoken"')[0]
        for name, password in ((an_officer().username, "wrong"), ("nobody-here", "wrong"), (left.username, PASSWORD))
    }
    assert len(answers) == 1
    assert "登录名或者密码不正确" in answers.pop()
    assert acts() == ["sign_in_failed"] * 3


def test_a_name_nobody_has_costs_one_digest_like_any_other(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.hashers import MD5PasswordHasher

    user, made = an_officer(), list[str]()
    digest = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        made.append(password)
        return digest(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    counts = []
    for name in (user.username, "nobody-here"):
        made.clear()
        sign_in(client, name, "wrong")
        counts.append(len(made))
    assert counts == [1, 1]


def test_the_record_of_a_failure_does_not_hold_the_name(client: Client) -> None:
    sign_in(client, "mistyped-password-here", "x")
    entry = Entry.objects.get(act="accounts.sign_in_failed")
    assert "mistyped" not in str(entry.__dict__)
    assert len(entry.object_id) == 64


@pytest.mark.parametrize("exists", [True, False])
def test_five_failures_lock_the_name_for_a_quarter_of_an_hour(client: Client, exists: bool) -> None:
    name = an_officer().username if exists else "nobody-here"
    with time_machine.travel("2026-03-02T01:00:00Z", tick=False) as clock:
        for _failure in range(5):
            assert "登录名或者密码不正确" in told(sign_in(client, name, "wrong"))
        answer = told(sign_in(client, name))
        assert "已锁定至 09:15" in answer
        assert "系统管理员解除锁定" in answer
        clock.shift(timedelta(minutes=14, seconds=59))
        assert "已锁定至 09:15" in told(sign_in(client, name))
        clock.shift(timedelta(seconds=1))
        assert sign_in(client, name).status_code == (302 if exists else 200)
    assert acts()[:6] == ["sign_in_failed"] * 5 + ["locked"]


def test_four_failures_are_forgotten_by_a_success(client: Client) -> None:
    user = an_officer()
    for _round in range(2):
        for _failure in range(4):
            sign_in(client, user, "wrong")
        assert sign_in(client, user).status_code == 302
        client.post("/workbench/sign-out/")


def test_an_administrator_unlocks(client: Client) -> None:
    user = an_officer()
    for _failure in range(5):
        sign_in(client, user, "wrong")
    assert accounts.lock_of(user) is not None
    assert tries.unlock(user_id=user.pk, by=SYSTEM)
    assert accounts.lock_of(user) is None
    assert not tries.unlock(user_id=user.pk, by=SYSTEM)
    assert sign_in(client, user).status_code == 302


def test_an_address_that_guesses_at_many_names_is_locked(client: Client, settings: Any) -> None:
    settings.SIGN_IN = replace(settings.SIGN_IN, lock_after_at_address=6)
    for number in range(6):
        sign_in(client, f"guess-{number}", "wrong")
    user = an_officer()
    assert "已锁定至" in told(sign_in(client, user))
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert sign_in(elsewhere, user).status_code == 302


def test_a_password_of_a_megabyte_is_refused_before_any_digest(client: Client) -> None:
    answer = told(sign_in(client, an_officer(), "x" * 1_000_000))
    assert "登录名或者密码不正确" in answer


@pytest.mark.parametrize("name", ["", "x" * 5000, "a\x00b", "a\r\nSet-Cookie: x=1", "' or 1=1 --", "\ud800"])
def test_strange_names_are_only_wrong(client: Client, name: str) -> None:
    body = f"login={quote(name.encode('utf-8', 'surrogatepass'))}&password=x"
    response = client.post(SIGN_IN, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200
    assert "gk-err" in told(response)


def test_the_second_factor_is_asked_for_and_the_same_code_is_not_taken_twice(client: Client) -> None:
    user = an_officer()
    secret = a_factor(user)
    response = sign_in(client, user, next="/workbench/sessions/")
    assert response["Location"] == "/workbench/sign-in/code/"
    assert client.get(DESK).status_code == 302
    assert "验证码不正确" in told(client.post(response["Location"], {"code": "000000"}))
    code = code_for(secret)
    assert client.post(response["Location"], {"code": code})["Location"] == "/workbench/sessions/"
    assert client.get(DESK).status_code == 200
    other = Client()
    sign_in(other, user)
    assert "验证码不正确" in told(other.post(response["Location"], {"code": code}))


def test_a_code_spent_in_another_process_is_spent(client: Client) -> None:
    user = an_officer()
    secret = a_factor(user)
    assert factors.spend_code(user_id=user.pk, code=code_for(secret))
    sign_in(client, user)
    assert "验证码不正确" in told(client.post("/workbench/sign-in/code/", {"code": code_for(secret)}))


def test_a_recovery_code_is_good_once(client: Client) -> None:
    user = an_officer()
    a_factor(user)
    code = recovery_codes(user)[0]
    sign_in(client, user)
    assert client.post("/workbench/sign-in/code/", {"code": code}).status_code == 302
    assert len(recovery_codes(user)) == 9
    assert "recovery_code_used" in acts()
    other = Client()
    sign_in(other, user)
    assert other.post("/workbench/sign-in/code/", {"code": code}).status_code == 200


def test_five_wrong_codes_lock_the_second_factor_across_sign_ins(client: Client) -> None:
    user = an_officer()
    secret = a_factor(user)
    for _failure in range(5):
        one = Client()
        sign_in(one, user)
        one.post("/workbench/sign-in/code/", {"code": "000000"})
    sign_in(client, user)
    assert "已锁定至" in told(client.post("/workbench/sign-in/code/", {"code": code_for(secret)}))
    assert acts().count("second_factor_failed") == 5


def test_the_secret_of_a_second_factor_is_not_readable_at_rest() -> None:
    from django.db import connection

    secret = a_factor(a_person())
    with connection.cursor() as cursor:
        cursor.execute("select data from mfa_authenticator")
        rows = str(cursor.fetchall())
        cursor.execute("select secret from accounts_factorsecret")
        rows += str(cursor.fetchall())
    assert secret not in rows
    assert FactorSecret.objects.filter().count() == 2


def test_an_administrator_without_a_second_factor_is_led_to_set_one_up(client: Client, settings: Any) -> None:
    settings.SIGN_IN = replace(settings.SIGN_IN, second_factor_roles=frozenset({Role.ADMINISTRATOR}))
    user = an_officer(Role.ADMINISTRATOR)
    sign_in(client, user)
    set_up = "/workbench/second-factor/set-up/"
    assert client.get(DESK)["Location"] == set_up
    assert client.get("/workbench/sessions/")["Location"] == set_up
    page = client.get(set_up)
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    assert secret in told(page)
    assert "验证码不正确" in told(client.post(set_up, {"code": "000000"}))
    done = client.post(set_up, {"code": code_for(secret)})
    assert done["Location"] == "/workbench/second-factor/recovery-codes/"
    shown = told(client.get(done["Location"]))
    assert all(code in shown for code in recovery_codes(user))
    assert recovery_codes(user)[0] not in told(client.get(done["Location"]))
    assert client.get(DESK).status_code == 200
    assert Client().get(set_up).status_code == 302


def test_who_has_no_such_role_is_not_forced(client: Client, settings: Any) -> None:
    settings.SIGN_IN = replace(settings.SIGN_IN, second_factor_roles=frozenset({Role.ADMINISTRATOR}))
    sign_in(client, an_officer())
    assert client.get(DESK).status_code == 200


def test_a_first_password_must_be_changed_before_anything_else(client: Client) -> None:
    user = an_officer()
    first = passwords.give_first_password(user_id=user.pk, by=SYSTEM)
    sign_in(client, user, first)
    assert client.get(DESK)["Location"] == "/workbench/password/"
    answer = client.post("/workbench/password/", {"old": first, "new": NEW, "again": NEW})
    assert answer["Location"] == DESK
    assert client.get(DESK).status_code == 200
    assert "password_changed" in acts()


def test_a_password_grows_old_where_the_house_says_so(client: Client, settings: Any) -> None:
    settings.SIGN_IN = replace(settings.SIGN_IN, password_age=timedelta(days=90))
    user = an_officer()
    User.objects.filter(pk=user.pk).update(password_changed_at=timezone.now() - timedelta(days=90))
    sign_in(client, user)
    assert client.get(DESK)["Location"] == "/workbench/password/"


@pytest.mark.parametrize(
    ("old", "new", "again", "says"),
    [
        ("wrong", NEW, NEW, "密码不正确"),
        (PASSWORD, NEW, NEW + "x", "两次输入的新密码不一样"),
        (PASSWORD, "short", "short", "至少"),
        (PASSWORD, "password1234", "password1234", "常见"),
        (PASSWORD, "839201748362", "839201748362", "数字"),
        (PASSWORD, "zhang-san-feng", "zhang-san-feng", "相似"),
        (PASSWORD, PASSWORD, PASSWORD, "最近用过"),
        ("", "", "", "这个字段是必填项"),
    ],
)
def test_a_password_that_will_not_do_is_told_why(client: Client, old: str, new: str, again: str, says: str) -> None:
    user = a_person("zhang-san-feng")
    sign_in(client, user)
    answer = told(client.post("/workbench/password/", {"old": old, "new": new, "again": again}))
    assert says in answer
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_the_last_five_passwords_are_not_taken_again() -> None:
    from django.core.exceptions import ValidationError

    user = a_person()
    chosen = [f"sentence-number-{number}-x" for number in range(7)]
    for password in chosen:
        passwords.change_password(user_id=user.pk, password=password, by=SYSTEM)
    for password in chosen[-5:]:
        with pytest.raises(ValidationError, match="最近用过"):
            passwords.change_password(user_id=user.pk, password=password, by=SYSTEM)
    passwords.change_password(user_id=user.pk, password=chosen[0], by=SYSTEM)


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(client: Client) -> None:
    user, other = an_officer(), Client()
    sign_in(client, user)
    sign_in(other, user)
    client.post("/workbench/password/", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert client.get(DESK).status_code == 200
    assert other.get(DESK).status_code == 302
    assert OpenSession.objects.get().session_key == client.session.session_key


def test_one_closes_a_session_elsewhere_and_nobody_elses(client: Client) -> None:
    user, other, stranger = an_officer(), Client(), Client()
    sign_in(other, user)
    sign_in(stranger, an_officer())
    sign_in(client, user)
    elsewhere, strange = OpenSession.objects.order_by("pk")[:2]
    page = told(client.get("/workbench/sessions/"))
    assert f'value="{elsewhere.pk}"' in page
    assert f'value="{strange.pk}"' not in page
    assert client.post("/workbench/sessions/close/", {"session": strange.pk}).status_code == 404
    assert client.post("/workbench/sessions/close/", {"session": elsewhere.pk}).status_code == 302
    assert other.get(DESK).status_code == 302
    assert stranger.get(DESK).status_code == 200
    assert client.get(DESK).status_code == 200


@pytest.mark.parametrize("number", ["x", "-1", "9" * 30, "１", "1 or 1=1"])
def test_a_session_that_cannot_be_is_not_found(client: Client, number: str) -> None:
    sign_in(client, an_officer())
    assert client.post("/workbench/sessions/close/", {"session": number}).status_code == 404


def test_one_signs_out_everywhere_else(client: Client) -> None:
    user = an_officer()
    others = [Client(), Client()]
    for one in (*others, client):
        sign_in(one, user)
    client.post("/workbench/sessions/close/")
    assert [one.get(DESK).status_code for one in (*others, client)] == [302, 302, 200]
    assert acts().count("sessions_closed") == 1


def test_signing_out_ends_the_session_for_good(client: Client) -> None:
    sign_in(client, an_officer())
    key = client.session.session_key
    assert client.get("/workbench/sign-out/").status_code == 405
    assert client.post("/workbench/sign-out/")["Location"] == SIGN_IN
    client.cookies[django_settings.SESSION_COOKIE_NAME] = str(key)
    assert client.get(DESK).status_code == 302
    assert acts() == ["signed_in", "signed_out"]
    assert not OpenSession.objects.exists()


@pytest.mark.parametrize(
    ("pause", "times", "status"),
    [(timedelta(minutes=29), 3, 200), (timedelta(minutes=30), 1, 302), (timedelta(minutes=20), 36, 302)],
)
def test_a_session_ends_when_idle_or_after_half_a_day(
    client: Client, pause: timedelta, times: int, status: int
) -> None:
    with time_machine.travel("2026-03-02T01:00:00Z", tick=False) as clock:
        sign_in(client, an_officer())
        response: Any = None
        for _pause in range(times):
            clock.shift(pause)
            response = client.get("/workbench/sessions/")
    assert response.status_code == status
    if status == 302:
        assert response["Location"] == f"{SIGN_IN}?next=%2Fworkbench%2Fsessions%2F"


def run_out(client: Client, user: User, data: dict[str, Any], path: str = "/workbench/sessions/close/?a=1") -> Any:
    """What is typed arrives 31 minutes after sign-in."""
    with time_machine.travel("2026-03-02T01:00:00Z", tick=False) as clock:
        sign_in(client, user)
        clock.shift(timedelta(minutes=31))
        return client.post(path, data)


def test_what_was_typed_waits_for_the_same_person_in_the_same_browser(client: Client) -> None:
    user = an_officer()
    typed = {"reason": "三行\n理由", "many": ["一", "二"], "password": "secret-x", "csrfmiddlewaretoken": "token-y"}
    response = run_out(client, user, typed)
    form = KeptForm.objects.get()
    back = f"/workbench/kept/{form.pk}/"
    assert response["Location"] == f"{SIGN_IN}?next={back.replace('/', '%2F')}"
    with time_machine.travel("2026-03-02T01:32:00Z", tick=False):
        assert "您填写的内容已保存" in told(client.get(response["Location"]))
        assert sign_in(client, user, next=back)["Location"] == back
        page = told(client.get(back))
        assert 'action="/workbench/sessions/close/?a=1"' in page
        assert 'name="reason" value="三行\n理由"' in page
        assert page.count('name="many"') == 2
        assert "secret-x" not in page
        assert "token-y" not in page
        assert client.post(f"{back}discard/")["Location"] == DESK
        assert client.get(back).status_code == 404


def test_what_was_typed_is_shown_to_nobody_else(client: Client) -> None:
    user = an_officer()
    run_out(client, user, {"reason": "typed"})
    back = f"/workbench/kept/{KeptForm.objects.get().pk}/"
    other_browser = Client()
    with time_machine.travel("2026-03-02T01:32:00Z", tick=False):
        sign_in(other_browser, user)
        assert other_browser.get(back).status_code == 404
        sign_in(client, an_officer())
        assert client.get(back).status_code == 404
    with time_machine.travel("2026-03-02T02:32:00Z", tick=False):
        client.post("/workbench/sign-out/")
        sign_in(client, user)
        assert client.get(back).status_code == 404


def test_what_was_typed_is_not_readable_at_rest(client: Client) -> None:
    from django.db import connection

    run_out(client, an_officer(), {"reason": "typed-in-confidence"})
    with connection.cursor() as cursor:
        cursor.execute("select fields from accounts_keptform")
        assert "typed-in-confidence" not in str(cursor.fetchall())


@pytest.mark.parametrize("data", [{}, {"reason": "  "}, {"password": "only"}, {"reason": "x" * 200_001}])
def test_nothing_secret_empty_or_huge_is_kept(client: Client, data: dict[str, str]) -> None:
    assert run_out(client, an_officer(), data)["Location"] == SIGN_IN
    assert not KeptForm.objects.exists()


def test_of_one_person_only_the_last_few_forms_are_kept() -> None:
    from gongkai.accounts.services import kept

    user = a_person()
    made = [kept.keep_form(user_id=user.pk, path="/workbench/", fields={"a": [str(n)]}) for n in range(7)]
    assert {form.pk for form in KeptForm.objects.all()} == {form.pk for form in made[-5:] if form}
