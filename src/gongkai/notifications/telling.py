"""Telling a person: rows written in the transaction of what they tell of; `delivery.py` sends them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.accounts import selectors as accounts
from gongkai.accounts.rules import NOBODY
from gongkai.privacy.digests import blind

from . import rules, selectors
from .enums import Channel
from .models import Message, Outgoing
from .rules import Notice, Recipient, Text
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
    return notify_each([Notice(event, key, to, context, language, url, organ)])


def notify_each(notices: Sequence[Notice]) -> int:
    """The same for many: who the people are and what they want is asked once, and all is written at once."""
    told = list(_told(notices))
    outgoing = [row for one in told for row in one.outgoing()]
    inbox = [row for one in told for row in one.inbox()]
    if outgoing or inbox:
        with transaction.atomic():
            Outgoing.objects.bulk_create(outgoing, ignore_conflicts=True)
            Message.objects.bulk_create(inbox, ignore_conflicts=True)
    return len(outgoing) + len(inbox)


@dataclass(frozen=True)
class _Told:
    """A notice with the person's addresses, and the texts of the channels the person wants."""

    notice: Notice
    mail: str
    organ: str
    language: str
    urgent: bool
    texts: Mapping[Channel, Text]

    def outgoing(self) -> Iterator[Outgoing]:
        """A row for mail and one for SMS, where there is an address and a text."""
        to, now = self.notice.to, timezone.now()
        for channel, address in ((Channel.MAIL, self.mail), (Channel.SMS, to.phone)):
            if channel not in self.texts or not address:
                continue
            quiet = channel is Channel.SMS and not self.urgent
            yield Outgoing(
                event=self.notice.event,
                key=self.notice.key,
                recipient=f"user:{to.user_id}" if to.user_id is not None else blind(address),
                user_id=to.user_id,
                organ=self.organ,
                channel=channel.value,
                address=address,
                language=self.language,
                subject=self.texts[channel].subject,
                body=self.texts[channel].body,
                urgent=self.urgent,
                due_at=rules.parse_quiet(settings.SMS_QUIET).after(now) if quiet else now,
            )

    def inbox(self) -> Iterator[Message]:
        """A message, for a person who signs in."""
        if Channel.INBOX in self.texts and self.notice.to.user_id is not None:
            yield Message(
                user_id=self.notice.to.user_id,
                event=self.notice.event,
                key=self.notice.key,
                body=self.texts[Channel.INBOX].body,
                url=self.notice.url,
            )


def _told(notices: Sequence[Notice]) -> Iterator[_Told]:
    people = accounts.by_ids({notice.to.user_id for notice in notices if notice.to.user_id is not None})
    unwanted = selectors.unwanted(people)
    words = {event: spoken(event) for event in {notice.event for notice in notices}}
    for notice in notices:
        mail, organ, languages = notice.to.mail, notice.organ, [notice.language]
        if notice.to.user_id is not None:
            user = people.get(notice.to.user_id)
            if user is None or not user.is_active:
                continue
            mail, languages = mail or user.email, [notice.language, user.language]
            organ = organ or (user.organ.code if user.organ else "")
        tongue = next((one for one in languages if one in LANGUAGES), LANGUAGES[0])
        found = words[notice.event]
        texts = {
            channel: rules.fill(text, notice.context)
            for channel, text in found.texts[tongue].items()
            if (notice.to.user_id, notice.event, channel) not in unwanted
        }
        yield _Told(notice, mail, organ, tongue, found.urgent, texts)


def notify_administrators(*, event: str, key: str, context: Mapping[str, object], url: str = "") -> None:
    """Tell those who look after the program."""
    for person in accounts.administrators_for(NOBODY, timezone.localdate()):
        notify(event=event, key=key, to=Recipient(user_id=person.pk), context=context, url=url)
