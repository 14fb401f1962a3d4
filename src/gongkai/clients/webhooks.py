"""Addresses that clients are told at: which will do, what is sent, how it is signed, how one is reached.

A message goes by HTTPS to a public address, which is looked up once and connected to as looked up, so that no name can lead
into our own network. Redirects are not followed. In demo and test a loopback address will do, over plain HTTP too.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
import threading
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext as _

from .rules import Denied

SECONDS = 10
LONGEST_URL = 500
Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class Answer:
    """Whether the client took the message, and what it said, in one line."""

    taken: bool
    words: str


def checked(url: str, *, loopback: bool) -> SplitResult:
    """The parts of an address that will do. Raises `Denied` with what to write."""
    if len(url) > LONGEST_URL or not url.isascii() or any(sign.isspace() for sign in url):
        raise Denied(_("通知地址应当像 https://example.gov.cn/hook，不超过 500 个字符。"))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Denied(_("通知地址应当像 https://example.gov.cn/hook，不超过 500 个字符。")) from error
    if not parts.hostname or parts.username is not None or parts.fragment or port == 0:
        raise Denied(_("通知地址应当像 https://example.gov.cn/hook，其中没有用户名、密码和 #。"))
    plain = loopback and parts.scheme == "http" and _is_loopback(parts.hostname)
    if parts.scheme != "https" and not plain:
        raise Denied(_("通知地址须以 https:// 开头。"))
    return parts


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def address_of(parts: SplitResult, *, loopback: bool) -> tuple[str, int]:
    """The network address to connect to. Raises `Denied` where any of the name's addresses is not public."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Denied(_("通知地址中的域名解析不了。")) from error
    addresses = [str(info[4][0]).partition("%")[0] for info in found]
    for text in addresses:
        address = _meant(ipaddress.ip_address(text))
        public = address.is_global and not address.is_multicast
        if not public and not (loopback and address.is_loopback):
            raise Denied(_("通知地址指向内部网络，不能使用。"))
    if not addresses:
        raise Denied(_("通知地址中的域名解析不了。"))
    return addresses[0], port


def _meant(address: Address) -> Address:
    """The address of the old kind that stands inside one of the new, where it does: mapped, NAT64 or 6to4."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    nat64 = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
    return address.ipv4_mapped or nat64 or address.sixtofour or address


def signature(secret: str, moment: str, body: bytes) -> str:
    """HMAC-SHA256 over the moment and the body, so that neither can be changed, nor an old message be sent again."""
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def post(url: str, body: bytes, headers: dict[str, str], *, loopback: bool) -> Answer:
    """Send one message; an answer of 2xx within ten seconds takes it. Never raises for what the other side does."""
    try:
        parts = checked(url, loopback=loopback)
        line = _connected(parts, address_of(parts, loopback=loopback))
    except (Denied, OSError) as error:
        return Answer(False, _line(str(error) or type(error).__name__))
    end = threading.Timer(SECONDS, _shut, [line.sock])  # whoever answers a byte a minute is not waited for
    end.start()
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        line.request("POST", path, body, headers)
        answer = line.getresponse()
        return Answer(
            200 <= answer.status < 300, _line(f"{answer.status} {answer.read(200).decode('utf-8', 'replace')}")
        )
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(False, _line(repr(error)))
    finally:
        end.cancel()
        line.close()


def _connected(parts: SplitResult, address: tuple[str, int]) -> http.client.HTTPConnection:
    plain = socket.create_connection(address, timeout=SECONDS)
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=SECONDS)
    line.sock = plain
    if parts.scheme == "https":
        try:
            line.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname)
        except OSError:
            plain.close()
            raise
    return line


def _shut(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def _line(text: str) -> str:
    return " ".join(text.split())[:200]
