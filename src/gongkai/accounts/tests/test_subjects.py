"""A person's rights in the account: a copy without secrets, and erasure once the person has left."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.accounts.services import people
from gongkai.accounts.subjects import erase, export, hold
from gongkai.privacy.subjects import ERASED, Person
from gongkai.workbench.tests.signing_in import a_factor

from .factories import an_officer

pytestmark = pytest.mark.django_db


def test_the_copy_holds_the_account_and_its_duties_and_no_secret() -> None:
    user = an_officer(organ="office")
    secret = a_factor(user)
    rows = export(Person(user_id=user.pk))
    assert [row["kind"] for row in rows] == ["account", "duty"]
    told = json.dumps(rows, default=str, ensure_ascii=False)
    assert user.username in told
    assert secret not in told
    assert user.password not in told
    assert export(Person(user_id=987654)) == []


def test_who_is_here_is_held_and_who_has_left_is_erased_but_for_the_number() -> None:
    user = an_officer(organ="office")
    a_factor(user)
    who = Person(user_id=user.pk)
    assert "请先办理离岗" in hold(who)[0].reason
    people.set_left(user_id=user.pk, today=timezone.localdate())
    assert hold(who) == []
    assert erase(who) == 3
    found = User.objects.get(pk=user.pk)
    assert (found.username, found.name, found.email) == (f"erased-{user.pk}", ERASED, "")
    assert not found.has_usable_password()
    assert found.duties.count() == 1
    assert erase(Person(user_id=987654)) == 0
    assert hold(Person()) == []
