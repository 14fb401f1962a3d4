"""What the pages of the channels show: every figure with the address of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.accounts.permissions import standing_of
from gongkai.channels import selectors
from gongkai.channels.enums import Kind, State
from gongkai.channels.rules import declared
from gongkai.channels.selectors import Asked, Counted
from gongkai.organisations import selectors as organisations
from gongkai.workbench.periods import Period, period_of

Cell = tuple[int, str]
STATES = (State.SENT, State.WAITING, State.FAILED, State.GIVEN_UP, State.REPLACED)
MOST = 20_000  # rows of a file
HEAD = ("日期", "索引号", "标题", "机关", "种类", "渠道", "接收单位", "状态", "尝试次数", "最近的应答")


@dataclass(frozen=True)
class Chosen:
    """What an address asks for, in its own words too."""

    asked: Asked
    period: Period
    words: dict[str, str]


def chosen(request: HttpRequest, *, today: date) -> Chosen:
    """What of the address can be asked for; an organ that is not the reader's has no rows."""
    period = period_of(request, today=today, quarter=0)
    given = {name: request.GET.get(name, "") for name in ("channel", "state", "kind", "organ")}
    known = {"channel": declared.channels(), "state": set(State), "kind": set(Kind)}
    words = {name: value for name, value in given.items() if value and (name == "organ" or value in known[name])}
    organs = selectors.organs_of(standing_of(request))
    asked = Asked(organs, period.first, period.last, **words)
    return Chosen(asked, period, words)


def tables(what: Chosen, found: Counted) -> dict[str, Any]:
    """Channels by what was told and how far it came; organs by channel."""
    channels = list(declared.channels().values())
    codes = sorted({organ for organ, _channel in found.organs})
    names = {code: organ.name for code, organ in organisations.by_codes(codes).items()}
    return {
        "channels": [
            (
                one,
                [_cell(found.kinds, kind.value, one.code, what, "kind") for kind in Kind],
                [_cell(found.states, state.value, one.code, what, "state") for state in STATES],
            )
            for one in channels
        ],
        "by_organ": [
            (names.get(code, code), [_cell(found.organs, code, one.code, what, "organ") for one in channels])
            for code in codes
        ],
        "heads": channels,
        "kinds": list(Kind),
        "states": STATES,
    }


def _cell(counts: Any, value: str, channel: str, what: Chosen, name: str) -> Cell:
    count = counts.get((value, channel), 0)
    return count, address(what, "channels:rows", channel=channel, **_asked(name, value)) if count else ""


def _asked(name: str, value: str) -> dict[str, str]:
    return {name: value} if name != "organ" else {"organ": value, "kind": Kind.RELEASED.value}


def address(what: Chosen, to: str, **more: str) -> str:
    """An address with the period and the organ of this one."""
    words = {"year": str(what.period.year), "quarter": str(what.period.quarter)}
    words |= {"organ": what.words["organ"]} if "organ" in what.words else {}
    return f"{reverse(to)}?{urlencode({**words, **more})}"


def counts_rows(what: Chosen, found: Counted) -> list[tuple[Any, ...]]:
    """The same figures for a spreadsheet."""
    shown = tables(what, found)
    head = ("机关", *(one.label for one in shown["heads"]))
    top = ("渠道", *(kind.label for kind in Kind), *(state.label for state in STATES))
    channels = [(one.label, *(n for n, _url in (*kinds, *states))) for one, kinds, states in shown["channels"]]
    organs = [(name, *(n for n, _url in cells)) for name, cells in shown["by_organ"]]
    return [(what.period.label,), top, *channels, (), head, *organs]


def lines(rows: Iterable[selectors.Sending]) -> Sequence[tuple[Any, ...]]:
    """Entries for a spreadsheet."""
    labels = declared.channels()
    return [
        (
            row.telling.on.isoformat(),
            row.telling.item.index_number or "",
            row.telling.item.title,
            row.telling.organ.name,
            Kind(row.telling.kind).label,
            labels[row.channel].label if row.channel in labels else row.channel,
            row.receiver.name if row.receiver else "",
            State(row.state).label,
            row.tries,
            row.answer,
        )
        for row in rows
    ]


def caption(what: Chosen) -> str:
    """What the rows are, in words."""
    labels = [what.period.label]
    if channel := declared.channels().get(what.asked.channel):
        labels.append(_(channel.label))
    labels += [_(Kind(what.asked.kind).label)] if what.asked.kind else []
    labels += [_(State(what.asked.state).label)] if what.asked.state else []
    organ = organisations.by_code(what.asked.organ) if what.asked.organ else None
    return "，".join([*labels, *([organ.name] if organ else [])])
