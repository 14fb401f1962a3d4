"""The fee rules: a notice, the payment, and what follows when there is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from gongkai.applications.enums import Closing, Scale
from gongkai.applications.models import Application, Fee
from gongkai.applications.rules import fees
from gongkai.applications.rules.serving import must_be_served
from gongkai.statutes import BeforeTheLaw
from gongkai.workflow.rules import Doer, Refused, Rule

from .acting import act
from .bringing import bring
from .handling import close
from .letters import issue
from .reckoning import allowed_now, days_of, happened, noted

MOST_PAGES = 100_000
LONGEST = 2000  # characters of what the applicant says


def charge_of(row: Application, scale: Scale, pages: int, today: date) -> fees.Charge:
    """What the application would cost on a scale. Raises `Refused` where nothing is to be paid, or no rule is in force."""
    try:
        found = fees.by_page(pages, today) if scale is Scale.BY_PAGE else fees.by_item(place_of(row), today)
    except BeforeTheLaw as error:
        raise Refused("这一日期还没有施行信息处理费管理办法，不收取费用。请直接办理。") from error
    if found.yuan == 0:
        raise Refused(f"按{scale.label.removesuffix('计收')}计算为 0 元（{found.cite}），不需要发出收费通知。")
    return found


def place_of(row: Application) -> int:
    """The how manieth application of its applicant in the calendar month of its receipt it is."""
    first = (row.received_on or timezone.localdate(row.submitted_at)).replace(day=1)
    mine = Application.objects.filter(organ=row.organ, identity_digest=row.identity_digest).exclude(identity_digest="")
    of_month = mine.filter(received_on__year=first.year, received_on__month=first.month)
    return max(1, of_month.filter(pk__lte=row.pk).count())


def charge(
    *, pk: int, by: Doer, version: int, key: str, today: date, scale: Scale, pages: int, how: str
) -> Application:
    """Send the notice within the limit of the reply; the limit then waits for the payment. One scale, never both."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        if not 0 <= pages <= MOST_PAGES:
            raise Refused(f"页数应当在 0 与 {MOST_PAGES} 之间。请核对。")
        if Fee.objects.filter(application=row).exists():  # of the time before it was taken up again
            raise Refused("这一申请在重新处理以前已经发出过收费通知，一件申请只收一次费。请直接办理。")
        to_serve = must_be_served(row.delivery)
        allowed_now(row, "charge", today, to_serve=to_serve)
        found = charge_of(row, scale, pages, today)
        now = happened(row, "charge", today, to_serve=to_serve)
        if now.payment is None:
            raise Refused("收费通知没有记下。请重试。")
        due, begun = now.payment.due, now.payment.begun
        Fee.objects.create(
            application=row,
            scale=scale.value,
            quantity=found.quantity,
            yuan=found.yuan,
            noticed_on=today,
            due_on=due.due_on if begun else None,
        )
        words: dict[str, Any] = {
            "scale": scale.label,
            "quantity": found.quantity,
            "yuan": found.yuan,
            "days": due.working_days,
        }
        letter = issue(row, "fee_notice", {"how": how}, on=today, due=due.due_on if begun else None, **words)
        return days_of(row, yuan=found.yuan, scale=scale.value, letter=letter.number)

    return act(pk, "charge", by, version, key, change)


def report_payment(
    *, pk: int, by: Doer, version: int, key: str, today: date, text: str, attachments: Sequence[UUID] = ()
) -> Application:
    """The applicant says that the fee was paid, with the receipt. It is paid once an officer has found it so: `pay`."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        if not text.strip():
            raise Refused("请写明何时、怎样缴纳，票据号码是多少。")
        noted(row, "report_payment", today, aside=True, said=text.strip()[:LONGEST])
        return {"files": bring(row, attachments, None)}

    return act(pk, "report_payment", by, version, key, change)


def pay(*, pk: int, by: Doer, version: int, key: str, on: date, receipt: str, today: date) -> Application:
    """The fee was paid on a day; the limit runs anew from the day after."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        if on > today:
            raise Refused(f"缴费日期（{on}）晚于今天（{today}）。请核对。")
        if not receipt.strip():
            raise Refused("请填写票据号码，留作缴费的凭证。")
        happened(row, "pay", on)
        Fee.objects.filter(application=row).update(paid_on=on, receipt=receipt.strip()[:60])
        return days_of(row, paid_on=on.isoformat())

    return act(pk, "pay", by, version, key, change)


def unpaid(*, pk: int, by: Doer, version: int, key: str, today: date) -> Application:
    """Who does not pay in time has given the application up."""

    def change(row: Application, rule: Rule) -> dict[str, object]:
        due = Fee.objects.get(application=row).due_on
        happened(row, "unpaid", today)
        close(row, Closing.NOT_PAID.value, today)
        issue(row, "unpaid", {}, on=today, due=due)
        return {"code": row.code}

    return act(pk, "unpaid", by, version, key, change)
