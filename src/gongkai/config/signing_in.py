"""What the environment says about signing in: passwords, locks, sessions, second factor, single sign-on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from gongkai.accounts.enums import Role
from gongkai.accounts.rules.sessions import Limits
from gongkai.config.variables import Setting

SETTINGS = (
    Setting("GONGKAI_PASSWORD_LENGTH", "12", "shortest password, in characters; 8 at least"),
    Setting("GONGKAI_PASSWORD_DAYS", "0", "after how many days a password must be changed; 0: never"),
    Setting("GONGKAI_LOCK_AFTER", "5", "failures in a row that lock a sign-in name or a second factor"),
    Setting("GONGKAI_LOCK_AFTER_AT_ADDRESS", "50", "failures that lock a network address"),
    Setting("GONGKAI_LOCK_MINUTES", "15", "how long a lock lasts, in minutes"),
    Setting("GONGKAI_IDLE_MINUTES", "30", "how long a session lasts without an act, in minutes"),
    Setting("GONGKAI_SESSION_HOURS", "12", "how long a session lasts at most, in hours"),
    Setting(
        "GONGKAI_SECOND_FACTOR_ROLES",
        "",
        "roles that must set up a second factor, separated by commas; none: no role; "
        "default administrator in production, none elsewhere",
    ),
    Setting("GONGKAI_OIDC_URL", "", "address of the OpenID Connect provider of single sign-on; empty: none"),
    Setting("GONGKAI_OIDC_CLIENT_ID", "", "this program's name at the provider"),
    Setting("GONGKAI_OIDC_SECRET", "", "this program's secret at the provider"),
    Setting("GONGKAI_OIDC_LABEL", "统一身份认证", "what the button on the sign-in page says"),
    Setting("GONGKAI_OIDC_CLAIM", "preferred_username", "the claim that holds the sign-in name"),
)
_DECLARED = {setting.name: setting for setting in SETTINGS}
LEAST_LENGTH = 8  # characters; below this a password is none


@dataclass(frozen=True)
class Provider:
    """The OpenID Connect provider of single sign-on."""

    url: str
    client_id: str
    secret: str
    label: str
    claim: str

    @property
    def origin(self) -> str:
        """Scheme and host, as the content security policy names it."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True)
class SignIn:
    """How people sign in."""

    password_length: int
    password_age: timedelta | None
    lock_after: int
    lock_after_at_address: int
    lock: timedelta
    limits: Limits
    second_factor_roles: frozenset[Role]
    provider: Provider | None


def read_sign_in(environ: Mapping[str, str], *, production: bool) -> SignIn:
    """Read the settings above; ImproperlyConfigured, naming the variable and what to write, if one will not do."""
    days = _DECLARED["GONGKAI_PASSWORD_DAYS"].number(environ)
    return SignIn(
        password_length=_DECLARED["GONGKAI_PASSWORD_LENGTH"].number(environ, least=LEAST_LENGTH),
        password_age=timedelta(days=days) if days else None,
        lock_after=_DECLARED["GONGKAI_LOCK_AFTER"].number(environ, least=1),
        lock_after_at_address=_DECLARED["GONGKAI_LOCK_AFTER_AT_ADDRESS"].number(environ, least=1),
        lock=timedelta(minutes=_DECLARED["GONGKAI_LOCK_MINUTES"].number(environ, least=1)),
        limits=Limits(
            idle=timedelta(minutes=_DECLARED["GONGKAI_IDLE_MINUTES"].number(environ, least=1)),
            longest=timedelta(hours=_DECLARED["GONGKAI_SESSION_HOURS"].number(environ, least=1)),
        ),
        second_factor_roles=_roles(environ, production=production),
        provider=_provider(environ),
    )


def _roles(environ: Mapping[str, str], *, production: bool) -> frozenset[Role]:
    name = "GONGKAI_SECOND_FACTOR_ROLES"
    text = _DECLARED[name].text(environ) or (Role.ADMINISTRATOR.value if production else "none")
    words = [word.strip() for word in text.split(",") if word.strip() and word.strip() != "none"]
    try:
        return frozenset(Role(word) for word in words)
    except ValueError as error:
        known = ", ".join(role.value for role in Role)
        raise ImproperlyConfigured(f"{name} is {text!r}. Write none, or some of: {known}.") from error


def _provider(environ: Mapping[str, str]) -> Provider | None:
    url, client_id, secret, label, claim = (
        _DECLARED[f"GONGKAI_OIDC_{word}"].text(environ) for word in ("URL", "CLIENT_ID", "SECRET", "LABEL", "CLAIM")
    )
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ImproperlyConfigured(f"GONGKAI_OIDC_URL is {url!r}. Write the provider's address, https://….")
    if not client_id or not secret:
        raise ImproperlyConfigured(
            "GONGKAI_OIDC_URL is set, but GONGKAI_OIDC_CLIENT_ID or GONGKAI_OIDC_SECRET is not. Ask the provider."
        )
    return Provider(url, client_id, secret, label, claim)
