"""Requests to rectify: who may see which, and the paper that answers one."""

from __future__ import annotations

import hmac
import json

from django.db.models import Case, QuerySet, Value, When

from gongkai.accounts.rules import Standing
from gongkai.applications.models import Rectification
from gongkai.applications.rules import codes, notices
from gongkai.papers.rules import Paper
from gongkai.privacy import masking
from gongkai.privacy.digests import blind
from gongkai.privacy.subjects import ERASED

from .cases import HANDLERS
from .papers import forum_against

RECTIFICATION = "applications.rectification"


def rectifications(standing: Standing) -> QuerySet[Rectification]:
    """Those to organs for which the reader handles applications: the open ones first, by their last day."""
    ended = Case(When(state="answered", then=Value(1)), default=Value(0))
    found = Rectification.objects.filter(organ__code__in=standing.organs_where(*HANDLERS))
    return found.select_related("organ__parent").order_by(ended, "due_on", "pk")


def rectification(standing: Standing, number: str) -> Rectification | None:
    """One by its number, if the reader may see it."""
    return rectifications(standing).filter(number=number).first()


def rectification_by_code(number: str, code: str) -> Rectification | None:
    """One for who holds its number and code; the same answer for a wrong number or code."""
    found = Rectification.objects.select_related("organ__parent").filter(number=number.strip().upper()).first()
    if found is None or not hmac.compare_digest(found.code_digest, blind(codes.cleaned(code))):
        return None
    return found


def masked_name(row: Rectification) -> str:
    """As pages at the desk show who asks."""
    return masking.mask_name(row.name)


def rectification_paper(row: Rectification) -> Paper:
    """The answer as a paper."""
    if row.answered_on is None:
        raise ValueError(f"{row} has not been answered.")
    organ, notice = row.organ, notices.notices()[row.paper]
    gone = {field.name: ERASED for field in notice.fields}
    return notices.paper(
        notice,
        gone if row.contents == ERASED else json.loads(row.contents),
        organ=organ.name,
        number=row.letter_number,
        addressee=row.name,
        on=row.answered_on,
        where=forum_against(organ, row.answered_on),
    )
