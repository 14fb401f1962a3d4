"""Telling a person: rows written in the transaction of what they tell of; `delivery.py` sends them."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.accounts import selectors as accounts
from gongkai.accounts.rules import NOBODY
from gongkai.privacy.digests import blind

from . import rules, selectors
from .enums import Channel
from .models import Message, Outgoing
from .rules import Recipient
from .templates import LANGUAGES
from .wording import spoken


def notify(
    *,
    event: str,
    key: str,
    to: Recipient,
    context: Mapping[str, object],
    language: str = "",
    url: str = "",
    organ: str = "",
) -> int:
    """Tell a person of an event, in the caller's transaction; how many channels were written to.

    At most once for each event, `key` (what it happened to, such as `application:17`), person and channel: a second call
    writes nothing. A person who signs in is told by the channels they want; somebody outside by every address given.
    `url` is where an inbox message leads. `organ`: whose administrators look after the sending, else the person's own.
    Raises UnknownEvent, MissingWord: mistakes of the caller, not of the reader.
    """
    found = spoken(event)
    mail, languages = to.mail, [language]
    wanted: Mapping[tuple[str, Channel], bool] = {}
    if to.user_id is not None:
        user = accounts.by_id(to.user_id)
        if user is None or not user.is_active:
            return 0
        mail, languages = mail or user.email, [language, user.language]
        organ = organ or (user.organ.code if user.organ else "")
        wanted = selectors.wants(to.user_id)
    tongue = next((one for one in languages if one in LANGUAGES), LANGUAGES[0])
    texts = {channel: rules.fill(text, context) for channel, text in found.texts[tongue].items()}
    chosen = {channel: text for channel, text in texts.items() if wanted.get((event, channel), True)}
    with transaction.atomic():
        rows = [
            _outgoing(event, key, to, channel, address, tongue, chosen[channel], urgent=found.urgent, organ=organ)
            for channel, address in ((Channel.MAIL, mail), (Channel.SMS, to.phone))
            if channel in chosen and address
        ]
        Outgoing.objects.bulk_create(rows, ignore_conflicts=True)
        if Channel.INBOX in chosen and to.user_id is not None:
            message = Message(user_id=to.user_id, event=event, key=key, body=chosen[Channel.INBOX].body, url=url)
            Message.objects.bulk_create([message], ignore_conflicts=True)
            return len(rows) + 1
    return len(rows)


def _outgoing(
    event: str,
    key: str,
    to: Recipient,
    channel: Channel,
    address: str,
    language: str,
    text: rules.Text,
    *,
    urgent: bool,
    organ: str,
) -> Outgoing:
    now = timezone.now()
    quiet = channel is Channel.SMS and not urgent
    return Outgoing(
        event=event,
        key=key,
        recipient=f"user:{to.user_id}" if to.user_id is not None else blind(address),
        user_id=to.user_id,
        organ=organ,
        channel=channel.value,
        address=address,
        language=language,
        subject=text.subject,
        body=text.body,
        urgent=urgent,
        due_at=rules.parse_quiet(settings.SMS_QUIET).after(now) if quiet else now,
    )


def notify_administrators(*, event: str, key: str, context: Mapping[str, object], url: str = "") -> None:
    """Tell those who look after the program."""
    for person in accounts.administrators_for(NOBODY, timezone.localdate()):
        notify(event=event, key=key, to=Recipient(user_id=person.pk), context=context, url=url)
