"""Art. 30 to 35 and the fee rules: what each fact of an application does to its days, and when it is not allowed. Pure.

The law in force on the day of receipt governs an application to its end; that of its reopening, what follows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from gongkai.deadlines.enums import Channel, ReceiptDay
from gongkai.deadlines.rules import Due, Pause, WorkCalendar, due, receipt_of, working_days_between
from gongkai.statutes import BeforeTheLaw, in_force, law

from .history import CONSULTED, Event, Fact
from .terms import Term

ONE = timedelta(1)
REPLY, RECORD, SUPPLEMENT_NOTICE, SUPPLEMENT = "reply", "record", "supplement_notice", "supplement"
REGISTRATION, SERVICE = "registration", "service"
THIRD_PARTY, CO_PRODUCER, PAYMENT, EXPLANATION = "third_party", "co_producer", "payment", "explanation"
BEFORE_RECEIPT = frozenset({Fact.ARRIVED, Fact.RECORDED, Fact.RECEIVED})


class NotAllowed(Exception):
    """A fact that the law does not allow at its place; the text says why, by which article, and what to do."""


@dataclass(slots=True)
class Ledger:
    """What is known so far; each fact is checked and entered by the method of its name."""

    calendar: WorkCalendar
    channel: Channel
    entry_days: int | None = None
    arrived: date | None = None
    received: date = date.min
    law_day: date = date.min
    start: date = date.min
    limit_days: int | None = None
    extension: int = 0
    extended_on: date | None = None
    deferred_to: date | None = None
    recorded_on: date | None = None
    supplement_asked_on: date | None = None
    supplement: Term | None = None
    consultations: list[Term] = field(default_factory=list)
    explanation: Term | None = None
    payment: Term | None = None
    ended: Event | None = None
    last: date = date.min

    # --- The reply ---------------------------------------------------------------------------------------------------

    def pauses(self) -> list[Pause]:
        """Art. 33(3): the time of consultations, from the day after the asking to the day that ends the waiting."""
        first_too = in_force("consultation_first_day_excluded", max(self.law_day, self.start)).flag
        days = {
            (term.asked_on if first_too else term.asked_on + ONE, term.end(), f"{term.label}期间"): None
            for term in self.consultations
        }
        return [Pause(first, last, why) for first, last, why in days if first <= last]

    def reply(self) -> Due:
        """The last day for the reply as things stand."""
        limit = in_force("reply_limit", self.law_day)
        pauses = self.pauses() if self.consultations else []
        if self.deferred_to is None:
            days = (self.limit_days or limit.integer) + self.extension
            return due(self.start, days, self.calendar, pauses=pauses, cite=limit.basis)
        return reaching(
            self.start, self.deferred_to, self.calendar, cite=in_force("deferred_reply", self.law_day).basis
        )

    def waiting(self) -> Term | None:
        """Whose answer the reply's limit waits for, to run anew after it: the supplement, or the payment."""
        terms = [term for term in (self.supplement, self.payment) if term and term.answered_on is None]
        return terms[0] if terms else None

    def term_of(self, act: str, party: str) -> Term | None:
        """The term that an act of the flow set, and for whom."""
        of = {"ask_supplement": self.supplement, "ask_reasons": self.explanation, "charge": self.payment}
        return next((term for term in self.consultations if party and term.party == party), of.get(act))

    def restart(self, day: date) -> None:
        """The limit runs anew; an extension of the old one has gone with it, and is not granted a second time."""
        self.start, self.extension, self.deferred_to = day, 0, None

    # --- Facts ---------------------------------------------------------------------------------------------------

    def enter(self, event: Event) -> None:
        """Enter one fact; NotAllowed, and nothing changed, where the law forbids it."""
        early = BEFORE_RECEIPT if self.arrived else {Fact.ARRIVED, Fact.RECEIVED}
        if self.received == date.min and event.act not in early:
            raise NotAllowed(f"尚未收到申请，不能“{event.act.label}”{_by('31')}。请先确定收到申请之日。")
        if event.on < self.last:
            raise NotAllowed(f"“{event.act.label}”（{event.on}）早于前一事项（{self.last}）。经过应当按日期先后排列。")
        if self.ended and event.act is not Fact.REOPENED:
            raise NotAllowed(
                f"申请已于{self.ended.on}“{self.ended.act.label}”，不能再“{event.act.label}”{_by('36')}。"
                "答复被依法纠正的，先“重新处理”。"
            )
        try:
            ENTRIES[event.act](self, event)
        except BeforeTheLaw as error:
            day = event.on if self.received == date.min else self.received
            raise NotAllowed(
                f"{day}收到的申请适用当时的规定，其中没有“{event.act.label}”的期限。请按当时的规定人工办理。"
            ) from error
        self.last = event.on

    def arrive(self, event: Event) -> None:
        """It came to the house; whether that is the day of receipt, art. 31 says."""
        if self.arrived or self.received != date.min:
            raise NotAllowed(f"已于{self.arrived or self.received}到达，一件申请只到达一次。")
        self.arrived = event.on

    def receive(self, event: Event) -> None:
        """Art. 31: the day of receipt starts the limit; handed in, it is the day on which it came, and no other."""
        if self.received != date.min:
            raise NotAllowed(f"收到申请之日已定为{self.received}{_by('31')}，一件申请只收到一次。")
        rule, moved = receipt_of(self.channel, event.on), self.arrived not in {None, event.on} and not event.stood
        if moved and rule.counts in {ReceiptDay.SUBMITTED, ReceiptDay.ARRIVED}:
            raise NotAllowed(f"{rule.text}；申请于{self.arrived}到达，不能另定为{event.on}。请改正日期。")
        in_force("reply_limit", event.on)
        self.received = self.law_day = self.start = event.on

    def record(self, event: Event) -> None:
        """Entered in the house's own register."""
        if self.recorded_on:
            raise NotAllowed(f"已于{self.recorded_on}录入平台。")
        self.recorded_on = event.on

    def ask_supplement(self, event: Event) -> None:
        """Art. 30: once, within seven working days of receipt."""
        limit = in_force("supplement_notice_limit", self.law_day)
        if self.supplement:
            raise NotAllowed(
                f"已于{self.supplement.asked_on}告知过补正；补正应当一次性告知（{limit.basis}），不能再次要求。"
            )
        last = due(self.law_day, limit.integer, self.calendar).due_on
        if event.on > last:
            raise NotAllowed(f"告知补正的期限已于{last}届满（{limit.basis}）。请按现有内容办理。")
        self._not_waiting(event)
        term = self._term(SUPPLEMENT, "申请人补正", "supplement_term", event)
        self.supplement_asked_on, self.supplement = event.on, term

    def take_supplement(self, event: Event) -> None:
        """Art. 30: the limit runs anew from the day on which the supplement came."""
        term = self.supplement
        if term is None or term.answered_on:
            raise NotAllowed(f"没有等待中的补正{_by('30')}。申请人主动补充的材料附卷，不改变期限。")
        if term.over_on(event.on) and not event.reason:
            raise NotAllowed(
                f"补正期限已于{term.due.due_on}届满；无正当理由逾期不补正的，视为放弃申请{_by('30')}。"
                "有正当理由的，写明理由后接收。"
            )
        term.answered_on = event.on
        self.restart(event.on)

    def consult(self, event: Event) -> None:
        """Art. 32 and 34: a third party, or an organ that took part in making it, is asked.

        Also after the limit: being late takes nobody's right to be heard, and gains no day.
        """
        self._not_waiting(event)
        third = event.act is Fact.THIRD_PARTY_ASKED
        name, label = (THIRD_PARTY, "征求第三方意见") if third else (CO_PRODUCER, "征求共同制作机关意见")
        if any(
            (term.name, term.party) == (name, event.party) for term in self.consultations if term.asked_on >= self.start
        ):
            raise NotAllowed(
                f"已经向同一{'第三方' if third else '机关'}征求过意见{_by('32' if third else '34')}，不能再次征求。"
            )
        parameter = "third_party_limit" if third else "joint_maker_limit"
        self.consultations.append(self._term(name, label, parameter, event))

    def take_opinion(self, event: Event) -> None:
        """Art. 32 and 34: the opinion came in; after the term it changes no day."""
        third = event.act is Fact.THIRD_PARTY_ANSWERED
        name = THIRD_PARTY if third else CO_PRODUCER
        terms = [term for term in self.consultations if term.name == name and term.answered_on is None]
        if event.party:
            terms = [term for term in terms if term.party == event.party]
        if not terms:
            raise NotAllowed(
                f"没有等待中的“{Fact(event.act).label}”{_by('32' if third else '34')}。请先发出征求意见书。"
            )
        terms[0].answered_on = event.on

    def ask_reasons(self, event: Event) -> None:
        """Art. 35: whose applications are beyond reason in number may be asked why; the limit goes on running."""
        self._not_waiting(event)
        if self.explanation:
            raise NotAllowed(f"已于{self.explanation.asked_on}要求说明理由{_by('35')}，不能再次要求。")
        self.explanation = self._term(EXPLANATION, "申请人说明理由", "explanation_term", event)

    def take_reasons(self, event: Event) -> None:
        """Art. 35: the reasons came in."""
        self._explaining().answered_on = event.on

    def no_reasons(self, event: Event) -> None:
        """Art. 35: the term went by and no reasons came."""
        term = self._explaining()
        if not term.begun:
            raise NotAllowed(f"要求说明理由的文书尚未登记送达，期限没有起算{_by('35')}。请先登记送达。")
        if not term.over_on(event.on):
            raise NotAllowed(f"说明理由的期限到{term.due.due_on}为止，尚未届满{_by('35')}。期满以后再办理。")
        term.closed_on = event.on

    def _explaining(self) -> Term:
        if self.explanation is None or self.explanation.answered_on or self.explanation.closed_on:
            raise NotAllowed(f"没有等待中的说明理由{_by('35')}。请先要求申请人说明理由。")
        return self.explanation

    def defer(self, event: Event) -> None:
        """Art. 35: good reasons, and yet too much to answer in time: a reasonable later day."""
        rule = in_force("deferred_reply", self.law_day)
        self._not_set(event)
        if self.explanation is None or self.explanation.answered_on is None:
            raise NotAllowed(f"延迟答复以申请人说明了合理理由为前提（{rule.basis}）。请先要求说明理由并收到说明。")
        self._not_waiting(event)
        now = self._in_time(event)
        if self.deferred_to:
            raise NotAllowed(f"已经延迟到{self.deferred_to}（{rule.basis}），不能再次延迟。")
        if event.until is None or event.until <= now.due_on or not self.calendar.is_working(event.until):
            raise NotAllowed(f"延迟答复的日期应当是{now.due_on}之后的工作日（{rule.basis}）。请重新确定。")
        self.deferred_to = event.until

    def extend(self, event: Event) -> None:
        """Art. 33(2): once in a case, by twenty working days at most, before the limit has run out."""
        limit = in_force("reply_extension_limit", self.law_day)
        self._not_set(event)
        once = in_force("extension_once_a_case", event.on).flag
        if self.extension or (once and self.extended_on and not event.stood):
            raise NotAllowed(
                f"已于{self.extended_on}延长过答复期限，不能再次延长（{limit.basis}）：一件申请只延长一次，补正、缴费后重新计算的也不再延长。"
            )
        days = limit.integer if event.working_days is None else event.working_days
        if not 1 <= days <= limit.integer:
            raise NotAllowed(
                f"延长的期限为 1 至 {limit.integer} 个工作日（{limit.basis}），不能是 {days} 个。请重新填写。"
            )
        self._not_waiting(event)
        if self.deferred_to:
            raise NotAllowed(f"答复已经延迟到{self.deferred_to}{_by('35')}，不能再延长（{limit.basis}）。")
        self._in_time(event)
        self.extension, self.extended_on = days, event.on

    def charge(self, event: Event) -> None:
        """Fee rules: the notice goes out within the limit of the reply, which then waits for the payment.

        Art. 42: nothing is charged for what came in before there were such rules; they do not reach back to it.
        """
        charged = in_force("fee_charged_at_all", self.law_day)
        if not charged.flag:
            raise NotAllowed(
                f"{self.law_day}收到的申请适用当时的规定：信息处理费管理办法施行以前，不收取费用（{charged.basis}）。请直接办理。"
            )
        self._not_waiting(event)
        rule = in_force("fee_payment_limit", event.on)
        if self.payment:
            raise NotAllowed(f"已于{self.payment.asked_on}发出收费通知，一件申请只收一次费（{rule.basis}）。")
        self._in_time(event)
        self.payment = self._term(PAYMENT, "缴纳信息处理费", "fee_payment_limit", event)

    def take_payment(self, event: Event) -> None:
        """Fee rules: the limit runs anew from the day after the payment."""
        term = self.payment
        if term is None or term.answered_on:
            raise NotAllowed(f"没有等待中的收费通知（{in_force('fee_payment_limit', event.on).basis}）。")
        if term.over_on(event.on):
            raise NotAllowed(
                f"缴费期限已于{term.due.due_on}届满；逾期未缴费的，视为放弃申请（{term.due.cite}）。请办理结案。"
            )
        term.answered_on = event.on
        if in_force("fee_restarts_reply_limit", event.on).flag:
            self.restart(event.on)
            return
        self.consultations.append(Term(PAYMENT, "等待缴费", "", term.asked_on, term.due, event.on))

    def reply_sent(self, event: Event) -> None:
        """Art. 33: the reply ends the limit, in time or late."""
        waiting = self.waiting()
        if waiting:
            raise NotAllowed(
                f"正在等待“{waiting.label}”，答复期限未起算（{waiting.due.cite}）。请先收到或者按逾期结案。"
            )
        self.ended = event

    def give_up(self, event: Event) -> None:
        """Art. 30 and the fee rules: who does not supplement, or pay, in time has given the application up."""
        waiting = self.waiting()
        if waiting is None:
            raise NotAllowed(f"没有等待中的补正或者缴费，不能按放弃申请处理{_by('30')}。")
        if not waiting.begun:
            raise NotAllowed(f"“{waiting.label}”的文书尚未登记送达，期限没有起算（{waiting.due.cite}）。请先登记送达。")
        if not waiting.over_on(event.on):
            raise NotAllowed(f"“{waiting.label}”的期限到{waiting.due.due_on}为止，尚未届满（{waiting.due.cite}）。")
        self.ended = event

    def end(self, event: Event) -> None:
        """The applicant took it back."""
        self.ended = event

    def reopen(self, event: Event) -> None:
        """A reply set aside is given anew: within the days that the decision sets, else within the limit."""
        if self.ended is None:
            raise NotAllowed(f"申请尚未办结，无须重新处理{_by('36')}。")
        if event.working_days is not None and event.working_days < 1:
            raise NotAllowed(f"重新处理的期限至少一个工作日，不能是 {event.working_days} 个{_by('51')}。请重新填写。")
        self.restart(event.on)
        self.law_day = event.on
        self.ended, self.limit_days, self.extended_on = None, event.working_days, None
        self.supplement = self.payment = self.explanation = None
        self.consultations = []

    # --- Parts ---------------------------------------------------------------------------------------------------

    def _term(self, name: str, label: str, parameter: str, event: Event) -> Term:
        """A term from the day on which its letter arrived: up to the day that was set, or as long as the law gives."""
        taken = max(event.taken_on or event.on, event.on)
        value = in_force(parameter, max(self.law_day, event.on) if name == PAYMENT else self.law_day)
        given = event.reply_by is not None or event.working_days is not None
        if given and name not in {SUPPLEMENT, EXPLANATION}:
            raise NotAllowed(f"“{label}”的期限是法定的 {value.integer} 个工作日（{value.basis}），不能另行指定。")
        if event.working_days is not None and event.working_days < 1:
            raise NotAllowed(
                f"“{label}”的期限应当合理，至少一个工作日，不能是 {event.working_days} 个（{value.basis}）。"
            )
        if event.reply_by is None:
            found = due(taken, event.working_days or value.integer, self.calendar, cite=value.basis)
        elif event.reply_by <= taken:
            raise NotAllowed(f"“{label}”的截止日（{event.reply_by}）应当晚于{taken}，是合理的期限（{value.basis}）。")
        else:
            found = reaching(taken, event.reply_by, self.calendar, cite=value.basis)
        served = (event.taken_on and taken) if event.to_serve else None
        return Term(name, label, event.party, event.on, found, to_serve=event.to_serve, served_on=served)

    def _not_waiting(self, event: Event) -> None:
        waiting = self.waiting()
        if waiting:
            raise NotAllowed(
                f"正在等待“{waiting.label}”（{waiting.until}），答复期限未起算，不能“{event.act.label}”（{waiting.due.cite}）。"
            )

    def _not_set(self, event: Event) -> None:
        if self.limit_days is not None and not event.stood:
            raise NotAllowed(
                f"重新处理的期限是决定书、判决书限定的 {self.limit_days} 个工作日{_by('51')}，"
                f"机关不能自行“{event.act.label}”。请在限定的期限内答复。"
            )

    def _in_time(self, event: Event) -> Due:
        now = self.reply()
        if event.on > now.due_on:
            raise NotAllowed(f"答复期限已于{now.due_on}届满，不能再“{event.act.label}”（{now.cite}）。请立即答复。")
        return now


def reaching(start: date, day: date, calendar: WorkCalendar, *, cite: str) -> Due:
    """A term that was set as a day; where that is a day off, the next working day is its last."""
    days = working_days_between(start, day, calendar) + (0 if calendar.is_working(day) else 1)
    return due(start, days, calendar, cite=cite)


def _by(article: str) -> str:
    return f"（{law().cite(f'disclosure_regulation {article}').text}）"


ENTRIES: Mapping[Fact, Callable[[Ledger, Event], None]] = {
    Fact.ARRIVED: Ledger.arrive,
    Fact.RECEIVED: Ledger.receive,
    Fact.RECORDED: Ledger.record,
    Fact.SUPPLEMENT_ASKED: Ledger.ask_supplement,
    Fact.SUPPLEMENTED: Ledger.take_supplement,
    **dict.fromkeys(CONSULTED, Ledger.consult),
    **dict.fromkeys(CONSULTED.values(), Ledger.take_opinion),
    Fact.REASONS_ASKED: Ledger.ask_reasons,
    Fact.REASONS_GIVEN: Ledger.take_reasons,
    Fact.REASONS_NOT_GIVEN: Ledger.no_reasons,
    Fact.DEFERRED: Ledger.defer,
    Fact.EXTENDED: Ledger.extend,
    Fact.FEE_NOTICE: Ledger.charge,
    Fact.FEE_PAID: Ledger.take_payment,
    Fact.REPLIED: Ledger.reply_sent,
    Fact.ABANDONED: Ledger.give_up,
    Fact.WITHDRAWN: Ledger.end,
    Fact.REOPENED: Ledger.reopen,
}
