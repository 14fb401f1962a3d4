"""Acts on people: add, suspend, take back, leave."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongkai.accounts.models import User
from gongkai.accounts.rules import clean_line, is_username
from gongkai.audit import services as audit
from gongkai.audit.rules import Actor


@transaction.atomic
def add_person(*, username: str, name: str, password: str, by: Actor, email: str = "", organ: str = "") -> User:
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
    user = User(username=username, name=name, email=email.strip(), must_change_password=True)
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
