"""What the environment says about seals: which signer, where the signing service is, the address printed on letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from gongkai.config.variables import Setting
from gongkai.seals.enums import AnswerKind, SignerKind

SETTINGS = (
    Setting(
        "GONGKAI_PUBLIC_URL", "", "the portal's address as letters print it; empty: the first of the allowed hosts"
    ),
    Setting(
        "GONGKAI_SEALS_SIGNER", "file", "who seals: file (keys kept here), sm2 (the same, national algorithms), remote"
    ),
    Setting("GONGKAI_SEALS_URL", "", "address of the signing service; required with the remote signer"),
    Setting(
        "GONGKAI_SEALS_TOKEN", "", "what the signing service knows this program by; required with the remote signer"
    ),
    Setting("GONGKAI_SEALS_ANSWER", "raw", "what the signing service answers with: raw (a signature) or cms"),
    Setting("GONGKAI_SEALS_DIGEST", "sha256", "digest that the signing service signs: sha256 or sm3"),
)
_OWN = {"*", "localhost", "127.0.0.1", "[::1]"}
HERE = "http://127.0.0.1:8000"  # where the demo serves unless it is told otherwise
_DECLARED = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True)
class Sealing:
    """How papers are sealed."""

    signer: str
    url: str
    token: str
    answer: str
    digest: str


def read_sealing(environ: Mapping[str, str], *, production: bool) -> Sealing:
    """Read every setting of seals; ImproperlyConfigured, naming the variable and what to write, if one will not do."""
    found = Sealing(
        signer=_one_of(environ, "GONGKAI_SEALS_SIGNER", [kind.value for kind in SignerKind]),
        url=_text(environ, "GONGKAI_SEALS_URL"),
        token=_text(environ, "GONGKAI_SEALS_TOKEN"),
        answer=_one_of(environ, "GONGKAI_SEALS_ANSWER", [kind.value for kind in AnswerKind]),
        digest=_one_of(environ, "GONGKAI_SEALS_DIGEST", ["sha256", "sm3"]),
    )
    if found.signer != SignerKind.REMOTE.value:
        return found
    parts = urlsplit(found.url)
    schemes = ("https",) if production else ("https", "http")
    if parts.scheme not in schemes or not parts.hostname:
        raise ImproperlyConfigured("GONGKAI_SEALS_URL will not do. Write https://host/… of the signing service.")
    if not found.token:
        raise ImproperlyConfigured("GONGKAI_SEALS_TOKEN is not set, and GONGKAI_SEALS_SIGNER=remote needs it.")
    return found


def read_public_url(environ: Mapping[str, str], *, hosts: list[str], https: bool) -> str:
    """The portal's address without a stroke at its end; ImproperlyConfigured if it is none."""
    text = _text(environ, "GONGKAI_PUBLIC_URL").rstrip("/")
    named = [host.lstrip(".") for host in hosts if host not in _OWN]
    if not text:
        return f"{'https' if https else 'http'}://{named[0]}" if named else HERE
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ImproperlyConfigured(
            "GONGKAI_PUBLIC_URL is no address of a portal. Write it in full, for example https://open.example.gov.cn."
        )
    return text


def _text(environ: Mapping[str, str], name: str) -> str:
    return _DECLARED[name].text(environ)


def _one_of(environ: Mapping[str, str], name: str, words: list[str]) -> str:
    text = _text(environ, name).lower()
    if text not in words:
        raise ImproperlyConfigured(f"{name} is {text!r}. Write {' or '.join(words)}.")
    return text
