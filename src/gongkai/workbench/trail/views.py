"""留痕记录：what was done in the organs that somebody audits, newest first. Read only; reading it is recorded too."""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.accounts.permissions import standing_of
from gongkai.audit import selectors, services
from gongkai.audit.enums import ActorKind
from gongkai.audit.selectors import Entry
from gongkai.ui.http import read_only
from gongkai.workbench.rendering import desk_page

PER_PAGE = 50
LONGEST = 24  # characters of a fact: a digest of a file says no more with the rest
AUDITORS = (Role.AUDITOR, Role.ADMINISTRATOR)
ASKED = ("act", "actor", "about", "before")


@read_only
def entries(request: HttpRequest) -> HttpResponse:
    """By act, by person, by what it was done to; older ones behind a link, for the chain is never counted through."""
    standing = standing_of(request)
    asked = {name: request.GET.get(name, "").strip()[:100] for name in ASKED}
    asked["actor"], asked["before"] = (asked[name] if asked[name].isdecimal() else "" for name in ("actor", "before"))
    found = selectors.entries(
        organs=standing.organs_where(*AUDITORS),
        actor=asked["actor"],
        act=asked["act"],
        about=asked["about"],
        before=int(asked["before"]) if asked["before"] else None,
    )
    rows = list(found[: PER_PAGE + 1])
    older = {**asked, "before": str(rows[PER_PAGE - 1].seq)} if len(rows) > PER_PAGE else None
    services.record(act="audit.read", actor=standing.actor, object_kind="audit.entry", object_id="", facts=asked)
    return desk_page(
        request,
        "workbench/trail/entries.html",
        title=_("留痕记录"),
        rows=_told(rows[:PER_PAGE]),
        older=urlencode(older) if older else "",
        asked=asked,
    )


def _told(rows: Iterable[Entry]) -> list[tuple[Entry, str, list[tuple[str, str]]]]:
    """Each with who did it, a person by name, everybody else by what they are; and what was told with it, in short."""
    found = list(rows)
    people = accounts.by_ids({int(row.actor) for row in found if row.actor_kind == ActorKind.USER and row.actor})
    kinds = {kind.value: kind.label for kind in ActorKind}
    names = {str(pk): user.name for pk, user in people.items()}
    return [
        (
            row,
            names.get(row.actor) or kinds.get(row.actor_kind, row.actor_kind),
            [(name, str(value)[:LONGEST]) for name, value in json.loads(row.facts or "{}").items() if value != ""],
        )
        for row in found
    ]
