"""What the environment says about the ways out of notices: the mail server, and the provider of SMS."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from gongkai.notifications.rules import is_mail_address, parse_quiet


def read_ways_out(text: Callable[[str], str]) -> dict[str, str]:
    """Their addresses and keys, by `text` which reads a variable; ImproperlyConfigured says what to write."""
    names = ("SMTP_URL", "MAIL_FROM", "SMS_URL", "SMS_KEY", "SMS_QUIET")
    found = {name: text(f"GONGKAI_{name}") for name in names}
    for name, schemes in (("SMTP_URL", ("smtp", "smtps")), ("SMS_URL", ("http", "https"))):
        parts = urlsplit(found[name])
        if found[name] and (parts.scheme not in schemes or not parts.hostname):
            raise ImproperlyConfigured(
                f"GONGKAI_{name} will not do. Write {schemes[1]}://host/… or {schemes[0]}://host/…"
            )
    for name, needed in (("SMTP_URL", "MAIL_FROM"), ("SMS_URL", "SMS_KEY")):
        if found[name] and not found[needed]:
            raise ImproperlyConfigured(f"GONGKAI_{needed} is not set, and GONGKAI_{name} needs it.")
    if found["MAIL_FROM"] and not is_mail_address(found["MAIL_FROM"]):
        raise ImproperlyConfigured("GONGKAI_MAIL_FROM is no mail address. Write one, for example open@example.gov.cn.")
    try:
        parse_quiet(found["SMS_QUIET"])
    except ValueError as error:
        raise ImproperlyConfigured(
            "GONGKAI_SMS_QUIET will not do. Write two times, for example 21:00-08:00."
        ) from error
    return found
