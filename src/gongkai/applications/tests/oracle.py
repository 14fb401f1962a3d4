"""An independent witness of the clocks: it walks the days one by one, and asks the calendar only whether a day is worked.

It keeps no state between events: each question is answered anew from the list of what was accepted so far. Its numbers are
written out here from the Regulations and the fee rules, not read from the program's data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from gongkai.applications.rules.history import Event, Fact

ONE = timedelta(1)
NEW_LAW, FEE_RULES, RECORDING = date(2019, 5, 15), date(2021, 1, 1), date(2020, 1, 1)
NEEDS_NEW_LAW = {
    Fact.SUPPLEMENT_ASKED, Fact.THIRD_PARTY_ASKED, Fact.CO_PRODUCER_ASKED, Fact.REASONS_ASKED, Fact.DEFERRED,
}  # fmt: skip
RESTARTS = {Fact.RECEIVED, Fact.SUPPLEMENTED, Fact.FEE_PAID, Fact.REOPENED}
ENDS = {Fact.REPLIED, Fact.ABANDONED, Fact.WITHDRAWN}
ANSWER_OF = {Fact.THIRD_PARTY_ASKED: Fact.THIRD_PARTY_ANSWERED, Fact.CO_PRODUCER_ASKED: Fact.CO_PRODUCER_ANSWERED}
ASKED_BY = {answer: asked for asked, answer in ANSWER_OF.items()}


class Witness:
    """What was accepted so far, and the questions that can be asked of it."""

    def __init__(self, worked: Callable[[date], bool]) -> None:
        self.worked = worked
        self.events: list[Event] = []

    # --- Walking -----------------------------------------------------------------------------------------------------

    def after(self, start: date, days: int, left_out: Iterable[date] = ()) -> date:
        """The day on which so many worked days after a day have been walked over; those left out do not count."""
        skipped, day, counted = set(left_out), start, 0
        while counted < days:
            day += ONE
            if self.worked(day) and day not in skipped:
                counted += 1
        return day

    def term(self, asked: Event, days: int) -> date:
        """The last day of a term: the day that was set, or the next one worked; else so many days after the letter came.

        Where it is not known when it came, the day on which it was sent stands in its place, for the organ's own limit.
        """
        taken = max(asked.taken_on or asked.on, asked.on)
        if asked.reply_by is None:
            return self.after(taken, asked.working_days or days)
        day = asked.reply_by
        while not self.worked(day):
            day += ONE
        return day

    # --- What is known -----------------------------------------------------------------------------------------------

    @staticmethod
    def begun(asked: Event) -> bool:
        """Whether it is known that the letter came."""
        return asked.taken_on is not None or not asked.to_serve

    def since_opening(self) -> list[Event]:
        """What was accepted since the application was received, or opened again."""
        found: list[Event] = []
        for event in self.events:
            found = [event] if event.act in {Fact.RECEIVED, Fact.REOPENED} else [*found, event]
        return found

    def law_day(self) -> date:
        return self.since_opening()[0].on

    def since_restart(self) -> list[Event]:
        found: list[Event] = []
        for event in self.events:
            found = [event] if event.act in RESTARTS else [*found, event]
        return found

    def last(self, act: Fact) -> Event | None:
        found = [event for event in self.since_opening() if event.act is act]
        return found[-1] if found else None

    def answer_to(self, asked: Event) -> Event | None:
        """The answer to one question: who is named must have been asked; who is not answers the first open one."""
        wanted, open_ = ANSWER_OF[asked.act], []
        for event in self.since_opening():
            if event.act is asked.act:
                open_.append(event)
            elif event.act is wanted:
                matching = [one for one in open_ if not event.party or one.party == event.party]
                if matching and matching[0] is asked:
                    return event
                if matching:
                    open_.remove(matching[0])
        return None

    def consultations(self) -> list[tuple[Event, date, date]]:
        """Each consultation: the question, the last day of its term, the day that ends the waiting."""
        found = []
        for asked in (event for event in self.since_opening() if event.act in ANSWER_OF):
            end = self.term(asked, 15)
            answer = self.answer_to(asked)
            found.append((asked, end, min(answer.on, end) if answer else end))
        return found

    def reply_due(self) -> date:
        """Walked from the day that started the limit; days of consultations are left out, a deferral sets the day."""
        run = self.since_restart()
        deferred = [event.until for event in run if event.act is Fact.DEFERRED]
        if deferred and deferred[-1]:
            return deferred[-1]
        days = 20 if self.law_day() >= NEW_LAW else 15
        if run[0].act is Fact.REOPENED or self.since_opening()[0].act is Fact.REOPENED:
            days = self.since_opening()[0].working_days or days
        days += sum(self.extension_of(event) for event in run if event.act is Fact.EXTENDED)
        left_out = {
            asked.on + ONE * place
            for asked, _end, until in self.consultations()
            for place in range(1, (until - asked.on).days + 1)
        }
        return self.after(run[0].on, days, left_out)

    def extension_of(self, event: Event) -> int:
        return event.working_days if event.working_days is not None else self.extension_limit()

    def extension_limit(self) -> int:
        return 20 if self.law_day() >= NEW_LAW else 15

    def waits_for(self) -> tuple[Event, date] | None:
        """The supplement or payment that is awaited, with its last day."""
        for asked, answered, days in (
            (Fact.SUPPLEMENT_ASKED, Fact.SUPPLEMENTED, 15),
            (Fact.FEE_NOTICE, Fact.FEE_PAID, 20),
        ):
            event = self.last(asked)
            if event and not self.last(answered):
                return event, self.term(event, days)
        return None

    # --- What may happen ---------------------------------------------------------------------------------------------

    def take(self, event: Event) -> bool:
        """Accept an event, if the law allows it now; whether it did."""
        allowed = self.allows(event)
        if allowed:
            self.events.append(event)
        return allowed

    def allows(self, event: Event) -> bool:
        if self.events and event.on < self.events[-1].on:
            return False
        known = {one.act for one in self.events}
        if Fact.RECEIVED not in known:
            early = (
                {Fact.RECEIVED, Fact.ARRIVED}
                if Fact.ARRIVED not in known
                else {Fact.RECEIVED, Fact.RECORDED} - (known & {Fact.RECORDED})
            )
            return event.act in early
        if event.act in {Fact.RECEIVED, Fact.ARRIVED}:
            return False
        ended = bool(self.since_opening()) and any(one.act in ENDS for one in self.since_opening())
        if ended or event.act is Fact.REOPENED:
            return ended and event.act is Fact.REOPENED
        if event.act in NEEDS_NEW_LAW and self.law_day() < NEW_LAW:
            return False
        return bool(getattr(self, f"may_{event.act.value}")(event))

    def in_time(self, event: Event) -> bool:
        return self.waits_for() is None and event.on <= self.reply_due()

    def sensible_term(self, event: Event) -> bool:
        if event.act in {*ANSWER_OF, Fact.FEE_NOTICE}:
            return event.reply_by is None and event.working_days is None
        if event.working_days is not None and event.working_days < 1:
            return False
        return event.reply_by is None or event.reply_by > max(event.taken_on or event.on, event.on)

    def may_recorded(self, event: Event) -> bool:
        return not any(one.act is Fact.RECORDED for one in self.events)

    def may_supplement_asked(self, event: Event) -> bool:
        in_time = event.on <= self.after(self.law_day(), 7)
        return in_time and not self.last(event.act) and self.waits_for() is None and self.sensible_term(event)

    def may_supplemented(self, event: Event) -> bool:
        asked = self.last(Fact.SUPPLEMENT_ASKED)
        if asked is None or self.last(Fact.SUPPLEMENTED):
            return False
        return not self.begun(asked) or event.on <= self.term(asked, 15) or bool(event.reason)

    def may_third_party_asked(self, event: Event) -> bool:
        start = self.since_restart()[0].on
        again = any(
            asked.act is event.act and asked.party == event.party and asked.on >= start
            for asked, _end, _until in self.consultations()
        )
        return not again and self.waits_for() is None and self.sensible_term(event)

    may_co_producer_asked = may_third_party_asked

    def may_third_party_answered(self, event: Event) -> bool:
        open_ = [
            asked
            for asked, *_ in self.consultations()
            if ANSWER_OF[asked.act] is event.act and not self.answer_to(asked)
        ]
        return any(not event.party or asked.party == event.party for asked in open_)

    may_co_producer_answered = may_third_party_answered

    def may_reasons_asked(self, event: Event) -> bool:
        return not self.last(event.act) and self.waits_for() is None and self.sensible_term(event)

    def may_reasons_given(self, event: Event) -> bool:
        over = self.last(Fact.REASONS_GIVEN) or self.last(Fact.REASONS_NOT_GIVEN)
        return bool(self.last(Fact.REASONS_ASKED)) and not over

    def may_reasons_not_given(self, event: Event) -> bool:
        asked = self.last(Fact.REASONS_ASKED)
        return asked is not None and self.may_reasons_given(event) and self.over(asked, 15, event.on)

    def over(self, asked: Event, days: int, day: date) -> bool:
        """Whether a term had begun, and its last day lies before a day."""
        return self.begun(asked) and day > self.term(asked, days)

    def may_deferred(self, event: Event) -> bool:
        if not self.last(Fact.REASONS_GIVEN) or not self.in_time(event) or self.days_set():
            return False
        if any(one.act is Fact.DEFERRED for one in self.since_restart()):
            return False
        return event.until is not None and event.until > self.reply_due() and self.worked(event.until)

    def may_extended(self, event: Event) -> bool:
        deferred = any(one.act is Fact.DEFERRED for one in self.since_restart())
        before = deferred or self.days_set() or any(one.act is Fact.EXTENDED for one in self.since_opening())
        return not before and 1 <= self.extension_of(event) <= self.extension_limit() and self.in_time(event)

    def days_set(self) -> bool:
        """Whether who had the reply made anew has said within how many days."""
        return self.since_opening()[0].act is Fact.REOPENED and self.since_opening()[0].working_days is not None

    def may_fee_notice(self, event: Event) -> bool:
        return (
            self.law_day() >= FEE_RULES
            and not self.last(event.act)
            and self.in_time(event)
            and self.sensible_term(event)
        )

    def may_fee_paid(self, event: Event) -> bool:
        asked = self.last(Fact.FEE_NOTICE)
        return asked is not None and not self.last(Fact.FEE_PAID) and not self.over(asked, 20, event.on)

    def may_replied(self, event: Event) -> bool:
        return self.waits_for() is None

    def may_abandoned(self, event: Event) -> bool:
        waiting = self.waits_for()
        return waiting is not None and self.begun(waiting[0]) and event.on > waiting[1]

    def may_withdrawn(self, event: Event) -> bool:
        return True

    # --- The clocks --------------------------------------------------------------------------------------------------

    def reply(self, day: date) -> tuple[str, date | None]:
        """The state of the reply's clock at the end of a day, and its last day."""
        ends = [event for event in self.since_opening() if event.act in ENDS]
        waiting = self.waits_for()
        due = None if waiting else self.reply_due()
        if ends:
            if ends[-1].act is not Fact.REPLIED or due is None:
                return "stopped", due
            return ("met" if ends[-1].on <= due else "lapsed"), due
        if due is None:
            return "paused", None
        if day <= due and any(not self.answer_to(asked) and day <= end for asked, end, _until in self.consultations()):
            return "paused", None
        return ("running" if day <= due else "lapsed"), due

    def terms(self, day: date) -> dict[tuple[str, str], tuple[str, date]]:
        """Every term set for somebody outside that began or was answered: (clock, party) -> (state, last day)."""
        found: dict[tuple[str, str], tuple[str, date]] = {}
        pairs = {
            Fact.SUPPLEMENT_ASKED: ("supplement", Fact.SUPPLEMENTED, 15),
            Fact.REASONS_ASKED: ("explanation", Fact.REASONS_GIVEN, 15),
            Fact.FEE_NOTICE: ("payment", Fact.FEE_PAID, 20),
        }
        ended = any(event.act in ENDS for event in self.since_opening())
        for event in self.since_opening():
            if event.act in pairs:
                name, answered, days = pairs[event.act]
                answer, end = self.last(answered), self.term(event, days)
                if state := self.state(event, answer, end, day, ended=ended):
                    found[name, ""] = (state, end)
            elif event.act in ANSWER_OF:
                name = "third_party" if event.act is Fact.THIRD_PARTY_ASKED else "co_producer"
                answer, end = self.answer_to(event), self.term(event, 15)
                if state := self.state(event, answer, end, day, ended=ended):
                    found[name, event.party] = (state, end)
        return found

    def state(self, asked: Event, answer: Event | None, end: date, day: date, *, ended: bool) -> str:
        if not self.begun(asked):
            return "met" if answer else ""
        if answer and answer.on <= end:
            return "met"
        if day > end:
            return "lapsed"
        return "stopped" if ended else "running"
