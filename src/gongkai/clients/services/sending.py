"""One signed message to one address: how every webhook of the house is sent, whoever it is for."""

from __future__ import annotations

import time

from django.conf import settings

from gongkai.clients import webhooks
from gongkai.clients.webhooks import Answer

__all__ = ["Answer", "check_address", "send_signed"]


def loopback() -> bool:
    """Whether an address on this very machine will do."""
    return not settings.PRODUCTION


def check_address(url: str) -> None:
    """Raises `Denied` with what to write, when messages cannot be sent to an address."""
    webhooks.checked(url, loopback=loopback())


def send_signed(*, url: str, secret: str, event: str, key: str, body: bytes) -> Answer:
    """Send one message under its id, signed over the moment and the body. Never raises for what the other side does."""
    moment = str(int(time.time()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "gongkai",
        "X-Gongkai-Event": event,
        "X-Gongkai-Id": key,
        "X-Gongkai-Timestamp": moment,
        "X-Gongkai-Signature": f"sha256={webhooks.signature(secret, moment, body)}",
    }
    return webhooks.post(url, body, headers, loopback=loopback())
