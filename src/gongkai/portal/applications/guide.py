"""The way through the application form: which page follows which, and what each is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongkai.applications import selectors, services
from gongkai.applications.forms import STEPS
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines.rules import LIMITS, Due, OutsideCalendar, limit_due
from gongkai.search.selectors import kind_labels

from . import keeping
from .milestones import day_of

PAGES = ("organ", "wanted", "who", "how", "check")
TITLES = {
    "organ": gettext_noop("向哪个机关申请"),
    "wanted": gettext_noop("您需要什么信息"),
    "who": gettext_noop("您是谁"),
    "how": gettext_noop("怎样给您"),
    "check": gettext_noop("核对您填写的内容"),
}
SHORT = {
    "organ": gettext_noop("找机关"),
    "wanted": gettext_noop("要什么"),
    "who": gettext_noop("您是谁"),
    "how": gettext_noop("怎样给"),
    "check": gettext_noop("核对"),
}
EARLIER = gettext_noop("以前的答复")


@dataclass(frozen=True)
class Suggested:
    """One line of what may be public already."""

    title: str
    url: str
    kind: str
    meta: str


def title(name: str) -> str:
    """What a page is called."""
    return _(TITLES[name])


def steps(name: str) -> list[tuple[str, str]]:
    """The line of steps with the one that is now."""
    now = PAGES.index(name)
    return [
        (_(SHORT[page]), "done" if place < now else "now" if place == now else "next")
        for place, page in enumerate(PAGES)
    ]


def address(name: str) -> str:
    """The URL name of a page, below `apply:`."""
    return "new" if name == "organ" else name


def before(name: str) -> str:
    """The page before; empty for the first."""
    place = PAGES.index(name)
    return f"apply:{address(PAGES[place - 1])}" if place else ""


def after(name: str, contents: Mapping[str, str]) -> str:
    """The page after: what may be public already, where anything may be."""
    if name == "wanted" and suggestions(contents):
        return "public"
    return PAGES[PAGES.index(name) + 1]


def last(contents: Mapping[str, str]) -> str:
    """The first page that still lacks an answer."""
    for name, fields in STEPS.items():
        if not any(field in contents for field in fields):
            return address(name)
    return "check"


def suggestions(contents: Mapping[str, str]) -> list[Suggested]:
    """What may hold the answer to what was filled in."""
    found = selectors.suggestions(contents.get("description", ""), contents.get("organ", ""))
    kinds = kind_labels()
    return [Suggested(one.title, one.url, kinds.get(one.kind) or _(EARLIER), one.meta) for one in found]


def note_shown(kept: services.Kept, found: list[Suggested]) -> services.Kept:
    """Count that something was shown; once in one form."""
    if not found:
        return kept
    number = kept.contents.get("suggestion", "")
    key = services.note_shown(
        organ=kept.contents.get("organ", ""),
        count=len(found),
        today=timezone.localdate(),
        before=int(number) if number else None,
    )
    return keeping.keep(kept, {"suggestion": str(key)})


def shown_code(kept: services.Kept | None) -> str:
    """The code of a draft in groups of four."""
    code = kept.code if kept else ""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def forecast(day: date) -> dict[str, str]:
    """The last day for the reply if both sides confirm on this day; empty where the calendar does not reach."""
    try:
        found: Due = limit_due(LIMITS["reply"], day, deadlines.calendar())
    except OutsideCalendar:
        return {}
    return {"day": day_of(found.due_on), "n": str(found.working_days), "cite": found.cite}
