"""What this context holds of a person, for the person's rights in their data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gongkai.privacy.subjects import ERASED, Hold, Person, register
from gongkai.statutes import in_force

from .models import Absence, Duty, FormerPassword, KeptForm, OpenSession, User


def export(who: Person) -> Sequence[dict[str, Any]]:
    """The account, the duties, the absences and the open sessions; never a password or a secret."""
    user = _user(who)
    if user is None:
        return []
    rows: list[dict[str, Any]] = [
        {
            "kind": "account",
            "username": user.username,
            "name": user.name,
            "email": user.email,
            "organ": user.organ.name if user.organ else "",
            "language": user.language,
            "created_at": user.created_at,
            "left_on": user.left_on,
        }
    ]
    rows += [
        {
            "kind": "duty",
            "role": duty.get_role_display(),
            "organ": duty.organ.name,
            "from": duty.valid_from,
            "until": duty.valid_until,
        }
        for duty in Duty.objects.filter(user=user).select_related("organ")
    ]
    absences = Absence.objects.filter(user=user)
    rows += [{"kind": "absence", "from": absence.first_day, "until": absence.last_day} for absence in absences]
    sessions = OpenSession.objects.filter(user=user)
    rows += [
        {"kind": "session", "address": row.address, "browser": row.browser, "started_at": row.started_at}
        for row in sessions
    ]
    return rows


def erase(who: Person) -> int:
    """The person's name and addresses are gone; that somebody held a duty, and acted in it, stays by number."""
    user = _user(who)
    if user is None:
        return 0
    user.username, user.name, user.email = f"erased-{user.pk}", ERASED, ""
    user.set_unusable_password()
    user.save()
    done = 1
    for table in (OpenSession, KeptForm, FormerPassword, Authenticator, SocialAccount):
        done += table.objects.filter(user=user).delete()[0]
    return done


def hold(who: Person) -> Sequence[Hold]:
    """While a person is here, the account is needed for the work."""
    user = _user(who)
    if user is not None and user.left_on is None:
        return [
            Hold(
                _("此人尚未办理离岗，账号为履行职责所必需。请先办理离岗。"),
                in_force("personal_data_kept_by_law", localdate()).cite.text,
            )
        ]
    return []


def _user(who: Person) -> User | None:
    if who.user_id is None:
        return None
    return User.objects.filter(pk=who.user_id).select_related("organ").first()


def registered() -> None:
    """Answer for people's accounts."""
    register("accounts", export=export, erase=erase, hold=hold)
