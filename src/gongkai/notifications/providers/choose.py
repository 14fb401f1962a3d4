"""Which way out the settings name."""

from __future__ import annotations

from django.conf import settings

from gongkai.notifications.enums import Channel
from gongkai.ui.site import site

from .folder import Folder
from .port import Way
from .sms import HttpSms
from .smtp import Smtp


def way_of(channel: Channel) -> Way:
    """The provider of a channel; the folder `outbox` of the data folder where none is set."""
    if channel is Channel.MAIL and settings.SMTP_URL:
        return Smtp(settings.SMTP_URL, settings.MAIL_FROM, site().name)
    if channel is Channel.SMS and settings.SMS_URL:
        return HttpSms(settings.SMS_URL, settings.SMS_KEY)
    return Folder(settings.DATA_DIR / "outbox", channel.value)
