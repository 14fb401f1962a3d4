"""What this context hears of: an infected file found after it was kept, a change of an account's safety."""

from __future__ import annotations

from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext

from gongkai.accounts import selectors as accounts
from gongkai.accounts.events import SecurityChanged
from gongkai.files.events import InfectedFileFound
from gongkai.kernel.bus import subscribe

from . import services
from .rules import Recipient


def infected(event: InfectedFileFound) -> None:
    """Tell those who look after the program."""
    services.notify_administrators(
        event="files.infected",
        key=f"file:{event.file_id}",
        context={"file": event.file_id, "signature": event.signature, "organ": event.organ},
    )


def security_changed(event: SecurityChanged) -> None:
    """Tell the person whose account it is, in the person's language."""
    user = accounts.by_id(event.user_id)
    if user is None:
        return
    with translation.override(user.language):
        context = {"at": f"{localtime(event.at):%Y-%m-%d %H:%M}", "what": gettext(event.change.label)}
    services.notify(
        event="accounts.security_changed",
        key=f"audit:{event.entry}",
        to=Recipient(user_id=event.user_id),
        context=context,
    )


subscribe(SecurityChanged, security_changed)
subscribe(InfectedFileFound, infected)
