"""Acts on people: add, suspend, take back, leave."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongkai.accounts.models import User
from gongkai.accounts.rules import clean_line, is_username
from gongkai.audit import services as audit
from gongkai.audit.rules import Actor

from .duties import organ_of


@transaction.atomic
def add_person(
    *,
    username: str,
    name: str,
    password: str,
    by: Actor,
    email: str = "",
    organ: str = "",
    must_change: bool = True,
) -> User:
    """Add a person who must change `password` at the first sign-in; the sign-in name is kept in lower case.

    ValidationError when the sign-in name is taken or malformed, or the name is empty.
    """
    username, name = username.strip().lower(), clean_line(name)
    if not is_username(username):
        raise ValidationError(
            _("登录名“%(username)s”不合规则：用 3 至 60 个小写英文字母、数字、点、连字符，以字母或数字开头。")
            % {"username": username[:60]}
        )
    if not name:
        raise ValidationError(_("请填写姓名。"))
    user = User(username=username, name=name, email=email.strip(), must_change_password=must_change)
    user.organ = organ_of(organ) if organ else None
    user.set_password(password)
    user.full_clean(exclude=["username"])
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise ValidationError(_("登录名“%(username)s”已有人使用，请换一个。") % {"username": username}) from error
    audit.record(act="accounts.person_added", actor=by, organ=organ, object_kind="accounts.user", object_id=user.pk)
    return user


def set_sample_password(*, user_id: int, password: str) -> None:
    """Give a sample person of the demo a password to keep: nothing there is worth the errand of changing it."""
    user = User.objects.select_for_update().get(pk=user_id)
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])


@transaction.atomic
def set_active(*, user_id: int, active: bool, by: Actor) -> None:
    """Suspend a person, or take a suspended one back."""
    user = User.objects.select_for_update().get(pk=user_id)
    user.is_active = active
    user.save(update_fields=["is_active"])
    act = "accounts.person_resumed" if active else "accounts.person_suspended"
    audit.record(act=act, actor=by, object_kind="accounts.user", object_id=user.pk)


def set_left(*, user_id: int, today: date) -> None:
    """The person is not here any more from today on."""
    User.objects.filter(pk=user_id).update(is_active=False, left_on=today)


@transaction.atomic
def change_profile(*, user_id: int, email: str, language: str, by: Actor) -> None:
    """A person's own address and language; ValidationError when they will not do."""
    user = User.objects.select_for_update().get(pk=user_id)
    user.email, user.language = email.strip(), language
    user.full_clean()
    user.save(update_fields=["email", "language"])
    audit.record(act="accounts.profile_changed", actor=by, object_kind="accounts.user", object_id=user.pk)
