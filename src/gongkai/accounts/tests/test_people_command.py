"""The command that adds people, the demo's sample people, and the night's tidying."""

from __future__ import annotations

import io
import re
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from gongkai.accounts import selectors
from gongkai.accounts.enums import Role
from gongkai.accounts.models import FactorSecret, KeptForm, OpenSession, SpentCode, Tries, User
from gongkai.accounts.samples import sample_people
from gongkai.accounts.services import factors, kept
from gongkai.accounts.tasks import tidy_accounts
from gongkai.organisations.tests import factories as directory
from gongkai.workbench.tests.signing_in import a_factor

from .factories import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def hongkou() -> None:
    directory.hongkou()


def run(*words: str) -> str:
    out = io.StringIO()
    call_command("people", *words, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("hongkou")
def test_the_first_administrator_is_added_with_a_password_shown_once() -> None:
    told = run("add", "first.admin", "--name", "示例管理员", "--organ", "hongkou", "--subtree")
    password = re.search(r"once: ([a-z0-9-]{19})", told)
    assert password is not None
    user = User.objects.get(username="first.admin")
    assert user.check_password(password[1])
    assert user.must_change_password
    standing = selectors.standing(user, timezone.localdate())
    assert standing.roles == {Role.ADMINISTRATOR}
    assert "ouyang-road" in standing.organs


@pytest.mark.usefixtures("hongkou")
@pytest.mark.parametrize(
    ("username", "organ", "says"),
    [("ab", "hongkou", "不合规则"), ("first.admin", "no-organ", "没有代码"), ("taken.name", "hongkou", "已有人使用")],
)
def test_what_cannot_be_added_is_told_and_leaves_nothing(username: str, organ: str, says: str) -> None:
    a_person("taken.name")
    with pytest.raises(CommandError, match=says):
        run("add", username, "--name", "示例", "--organ", organ)
    assert User.objects.count() == 1


@pytest.mark.usefixtures("hongkou")
def test_sample_people_get_passwords_of_this_installation_in_a_file_for_its_owner_alone(
    settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    told = run("demo")
    file = tmp_path / "demo-people.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    lines = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    assert {name for name, _password, _who in lines} == {sample.username for sample in sample_people()}
    assert all(User.objects.get(username=name).check_password(password) for name, password, _who in lines)
    assert len({password for _name, password, _who in lines}) == len(lines)
    assert lines[0][1] in told
    assert {person.role for person in sample_people()} == set(Role)
    again = file.read_text(encoding="utf-8")
    run("demo")
    assert file.read_text(encoding="utf-8") == again
    file.unlink()
    run("demo")
    name, password, _who = file.read_text(encoding="utf-8").splitlines()[0].split("\t")
    assert User.objects.get(username=name).check_password(password)


@pytest.mark.usefixtures("hongkou")
def test_sample_people_are_never_made_in_production(settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="生产环境"):
        run("demo")
    assert not User.objects.exists()


def test_the_night_throws_away_what_has_served_and_nothing_else() -> None:
    user, now = a_person(), timezone.now()
    a_factor(user)
    factors.keep_secret(secret="of an attempt given up")  # noqa: S106 - of a test
    FactorSecret.objects.update(made_at=now - timedelta(days=2))
    FactorSecret.objects.create(secret="of an attempt going on")  # noqa: S106 - of a test
    for hours in (1, 13):
        row = OpenSession.objects.create(user=user, session_key=f"k{hours}", seen_at=now)
        OpenSession.objects.filter(pk=row.pk).update(started_at=now - timedelta(hours=hours))
        Tries.objects.create(kind="account", whose=str(hours), last_at=now - timedelta(hours=hours * 3))
    kept.keep_form(user_id=user.pk, path="/a", fields={"a": ["1"]})
    KeptForm.objects.update(kept_until=now - timedelta(minutes=1))
    kept.keep_form(user_id=user.pk, path="/b", fields={"a": ["1"]})
    SpentCode.objects.create(user=user, digest="old", spent_at=now - timedelta(hours=1))
    factors.spend_code(user_id=user.pk, code="123456")
    SpentCode.objects.create(user=user, digest="older", spent_at=now - timedelta(hours=2))
    tidy_accounts.call()
    assert [row.session_key for row in OpenSession.objects.all()] == ["k1"]
    assert [row.whose for row in Tries.objects.all()] == ["1"]
    assert [row.path for row in KeptForm.objects.all()] == ["/b"]
    assert SpentCode.objects.count() == 1
    assert FactorSecret.objects.count() == 3
    assert tidy_accounts.call() == 0
