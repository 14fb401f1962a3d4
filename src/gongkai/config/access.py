"""Who may open which address: the table in access.yaml, read at the start and held before every view.

Default deny: an address without a row is closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import yaml
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, reverse

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.kernel.labelled import Labelled
from gongkai.kernel.written import SafeLoader
from gongkai.workbench.signin import presence
from gongkai.workbench.signin.refusals import not_yours

TABLE = Path(__file__).parent / "access.yaml"
SIGN_IN = "account_login"
LONGEST_NEXT = 2000  # characters of an address to come back to


class Opening(Labelled):
    """To whom an address is open, when not to certain roles."""

    PUBLIC = "public", "所有人"
    ANONYMOUS = "anonymous", "未登录者"
    SIGNED_IN = "signed_in", "已登录者"
    MACHINE = "machine", "带令牌的程序"


@dataclass(frozen=True)
class Access:
    """One row: an opening, or the roles of which one is needed somewhere; whether a second factor must be set up;
    whether it may be opened before the person has a password and a second factor as required.

    Which organ a thing belongs to is the page's own question: it looks only among what the person may see.
    """

    opening: Opening | None
    roles: frozenset[Role] = frozenset()
    second_factor: bool = False
    before_ready: bool = False

    def lets_in(self, standing: Standing) -> bool:
        """Whether somebody who is signed in may pass."""
        return self.opening is not None or not self.roles.isdisjoint(standing.roles)


def read_table(path: Path = TABLE) -> Mapping[str, Access]:
    """The table by URL name; ImproperlyConfigured, naming the row, when it cannot be used."""
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), Loader=_NoTwice)  # noqa: S506 - a safe loader, see below
        return {name: _access(row) for name, row in rows.items()}
    except (OSError, yaml.YAMLError, AttributeError, ValueError, TypeError) as error:
        raise ImproperlyConfigured(f"{path.name}: {error}") from error


class _NoTwice(SafeLoader):
    """A safe loader that refuses a key written twice, which YAML would take silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _value in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise ValueError(f"{sorted(twice)} stands twice")
        return super().construct_mapping(node, deep)


def _access(row: object) -> Access:
    """`public`, `[officer, auditor]`, or `{to: …, second_factor: true}`."""
    if isinstance(row, dict):
        if set(row) - {"to", "second_factor", "before_ready"}:
            raise ValueError(f"unknown words in {row}")
        plain = _access(row["to"])
        return Access(plain.opening, plain.roles, bool(row.get("second_factor")), bool(row.get("before_ready")))
    if isinstance(row, str):
        return Access(Opening(row))
    if isinstance(row, list) and row:
        return Access(None, frozenset(Role(name) for name in row))
    raise ValueError(f"{row!r} says neither an opening nor roles")


@lru_cache(maxsize=1)
def table() -> Mapping[str, Access]:
    """The table in use."""
    return read_table()


def url_names(patterns: Iterable[URLPattern | URLResolver], space: str = "") -> Iterable[tuple[str, URLPattern]]:
    """Every address below, with its name (`namespace:name`; "" when it has none)."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from url_names(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield (f"{space}{pattern.name}" if pattern.name else ""), pattern


class AccessMiddleware:
    """Let pass, send to sign-in, or refuse with the duty that is needed, by the table."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        table()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        access = _access_to(request)
        if access is not None and access.opening is not Opening.PUBLIC:
            response.headers.setdefault("Cache-Control", "no-store")  # it may hold what one person alone may see
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponseBase | None:
        """None: go on to the view."""
        access = _access_to(request)
        if access is None:
            return not_yours(request, frozenset())
        if access.opening in {Opening.PUBLIC, Opening.MACHINE}:  # the interface asks for the token itself
            return None
        if not request.user.is_authenticated:
            return None if access.opening is Opening.ANONYMOUS else to_sign_in(request)
        if answer := presence.overdue(request, keep=not access.before_ready):
            return answer
        if access.opening is Opening.ANONYMOUS:
            return HttpResponseRedirect(reverse("workbench:home"))
        standing: Standing = request.standing  # type: ignore[attr-defined]
        if not access.lets_in(standing):
            return not_yours(request, access.roles)
        return None if access.before_ready else presence.unready(request, second_factor=access.second_factor)


def _access_to(request: HttpRequest) -> Access | None:
    return table().get(request.resolver_match.view_name) if request.resolver_match else None


def to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """The way to sign-in, and back to the page that was asked for if it can be asked for again."""
    wanted = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    query = f"?{urlencode({'next': wanted})}" if 0 < len(wanted) <= LONGEST_NEXT else ""
    return HttpResponseRedirect(reverse(SIGN_IN) + query)
