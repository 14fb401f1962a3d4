"""The words of notices as this house has them: the program's own, and what has been put in their place."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.audit.rules import Actor
from gongkai.audit.services import record

from .enums import Channel
from .models import Wording
from .rules import Template, Text, words_of
from .templates import template

LONGEST = {Channel.SMS: 200, Channel.INBOX: 500, Channel.MAIL: 5000}


class Unfit(Exception):
    """Words that cannot be used; the text is for the person who wrote them."""


def spoken(event: str) -> Template:
    """The template of an event with this house's words in their places. Raises UnknownEvent. One query."""
    found = template(event)
    texts = {language: dict(by_channel) for language, by_channel in found.texts.items()}
    for row in Wording.objects.filter(event=event):
        channel = Channel(row.channel)
        if channel in texts.get(row.language, {}):
            texts[row.language][channel] = Text(row.body, row.subject)
    return replace(found, texts=texts)


@transaction.atomic
def reword(*, event: str, language: str, channel: Channel, subject: str, body: str, by: Actor) -> None:
    """Put other words in the place of the program's; empty ones bring its own back. Raises UnknownEvent, Unfit."""
    found = template(event)
    own = found.texts.get(language, {}).get(channel)
    if own is None:
        raise Unfit(_("这一通知没有这种方式的用语。"))
    place = {"event": event, "language": language, "channel": channel.value}
    body, subject = body.strip(), subject.strip()
    if not body:
        Wording.objects.filter(**place).delete()
    else:
        _refuse_unfit(Text(body, subject), own, channel, found.words)
        Wording.objects.update_or_create(
            event=event, language=language, channel=channel.value, defaults={"subject": subject, "body": body}
        )
    record(
        act="notifications.reword", actor=by, object_kind="wording", object_id=event, facts=place | {"own": not body}
    )


def _refuse_unfit(text: Text, own: Text, channel: Channel, known: frozenset[str]) -> None:
    if strange := sorted(words_of(text) - known):
        names = "、".join("{{ " + name + " }}" for name in strange)
        raise Unfit(
            _("没有 %(names)s 这样的内容。可以用的有：%(known)s。")
            % {"names": names, "known": "、".join(sorted(known))}
        )
    if own.subject and not text.subject:
        raise Unfit(_("邮件须有标题。"))
    if len(text.body) > LONGEST[channel]:
        raise Unfit(_("共 %(n)d 字，最多 %(most)d 字。") % {"n": len(text.body), "most": LONGEST[channel]})
