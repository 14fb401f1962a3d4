"""The terms that an application sets to others, and its clocks as they stand on a day. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.deadlines.rules import Due
from gongkai.kernel.labelled import Labelled


class State(Labelled):
    """Where a clock stands on a day."""

    UNSERVED = "unserved", "待送达"
    RUNNING = "running", "计时中"
    PAUSED = "paused", "暂停"
    LAPSED = "lapsed", "已届满"
    MET = "met", "已完成"
    STOPPED = "stopped", "已终止"


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock on the day asked about. `due` is None while a pause has no end that is known.

    `latest` is the last day if the pause takes as long as it may; `ended_on` the day on which the clock was met or ended.
    """

    name: str
    label: str
    state: State
    due: Due | None
    ended_on: date | None = None
    latest: Due | None = None
    party: str = ""


@dataclass(slots=True)
class Term:
    """A term set for somebody outside: from when, up to when, and the day of the answer.

    `to_serve`: the day on which the letter arrived has to be proved; it is `served_on`. Until then the term has not begun
    and cannot run out, and `due` is what it would be at the earliest: nothing that is not proved lengthens a limit of
    the organ. `closed_on`: it went by unanswered, and that was established.
    """

    name: str
    label: str
    party: str
    asked_on: date
    due: Due
    answered_on: date | None = None
    to_serve: bool = False
    served_on: date | None = None
    closed_on: date | None = None

    @property
    def begun(self) -> bool:
        """Whether the term runs, or ran: the letter is known to have arrived."""
        return not self.to_serve or self.served_on is not None

    @property
    def until(self) -> str:
        """Up to when, in words."""
        return f"至{self.due.due_on}" if self.begun else "文书尚未登记送达"

    def over_on(self, day: date) -> bool:
        """Whether it has run out before a day."""
        return self.begun and day > self.due.due_on

    def end(self) -> date:
        """The day on which waiting ends: that of the answer, or the last day of the term when there is none in time."""
        return min(self.answered_on, self.due.due_on) if self.answered_on else self.due.due_on

    def open_on(self, day: date) -> bool:
        """Whether on a day there is no answer yet and the term still runs."""
        return self.answered_on is None and day <= self.due.due_on

    def clock(self, day: date) -> Clock:
        """As it stands on a day."""
        if self.answered_on is not None and not self.over_on(self.answered_on):
            return Clock(self.name, self.label, State.MET, self.due, self.answered_on, party=self.party)
        if not self.begun:
            return Clock(self.name, self.label, State.UNSERVED, None, party=self.party)
        state = State.LAPSED if self.over_on(day) else State.RUNNING
        return Clock(self.name, self.label, state, self.due, self.answered_on or self.closed_on, party=self.party)
