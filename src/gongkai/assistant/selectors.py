"""Reads of this context: the model in use, what would be sent of a case, what was proposed for it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from gongkai.accounts.rules import Standing
from gongkai.applications import selectors as cases
from gongkai.applications.enums import Opinion
from gongkai.applications.rules import reply
from gongkai.applications.selectors import Application
from gongkai.privacy.digests import blind

from .enums import Ending
from .models import Asked
from .rules import circuit
from .rules.answering import Suggestion, suggestion
from .rules.asking import Case, Message, messages
from .rules.masking import Masked, mask
from .rules.model import LanguageModel


@dataclass(frozen=True)
class Proposed:
    """A proposal as an officer is shown it, with what was sent for it."""

    pk: int
    at: datetime
    by: str
    model: str
    sent: str
    suggestion: Suggestion
    stands_against: str


def language_model() -> LanguageModel | None:
    """The model that the settings name; None where there is none."""
    found: LanguageModel | None = settings.ASSISTANT
    return found


def outgoing(standing: Standing, application: Application, day: date) -> list[Message]:
    """What the model is asked of a case: nothing of the person who applied, nothing of another case but its outcome."""
    alike = [one.kind for one in cases.alike(standing, application) if one.kind in reply.kinds()]
    case = Case(
        organ=application.organ.name,
        wanted=masked(application).text,
        fence=_tag(application, "fence"),
        course=_course(application),
        precedents=tuple((reply.kinds()[kind].label, count) for kind, count in sorted(Counter(alike).items())),
    )
    return messages(case, day)


def masked(application: Application) -> Masked:
    """What the applicant wants, without personal data; the same for as long as the case is the same."""
    return mask(
        application.description,
        known=cases.names_in(application),
        tag=lambda value: _tag(application, value),
    )


def newest(application: Application, day: date) -> Proposed | None:
    """What was proposed last, with the case's data put back."""
    row = _answered(application).select_related("by").first()
    if row is None:
        return None
    found = _suggestion(row, application, day)
    return Proposed(
        pk=row.pk,
        at=row.at,
        by=row.by.name,
        model=row.model,
        sent=row.sent or "",
        suggestion=found,
        stands_against=cases.stands_against(application, found.kind) if found.kind else "",
    )


def taken(application: Application, pk: str, kind: str, day: date) -> dict[str, str]:
    """The texts of one proposal for a kind of reply, for a form; nothing where it is another case's or another kind's."""
    row = _answered(application).filter(pk=int(pk)).first() if pk.isascii() and pk.isdigit() and len(pk) < 19 else None
    found = _suggestion(row, application, day) if row else None
    return found.taken if found and found.kind and found.kind.name == kind else {}


def open_until() -> datetime | None:
    """Until when the model is left alone, because it failed three times in a row; None when it answered."""
    rows = Asked.objects.filter(ended_at__isnull=False).order_by("-ended_at", "-pk")
    ends = [(Ending(ending), at) for ending, at in rows.values_list("ending", "ended_at")[: circuit.FAILURES] if at]
    return circuit.open_until(ends)


def _answered(application: Application) -> Any:
    return Asked.objects.filter(application=application, ending=Ending.ANSWERED.value).order_by("-pk")


def _suggestion(row: Asked, application: Application, day: date) -> Suggestion:
    told: Mapping[str, Any] = json.loads(row.answer or "{}")
    return suggestion(told, masked(application).back, wanted=application.description, day=day)


def _tag(application: Application, value: str) -> str:
    """A digest of a value by a key of the house, different in each case; its first eight digits."""
    return blind(f"assistant {application.pk} {value}")[:8]


def _course(application: Application) -> tuple[str, ...]:
    """What happened that decides about outcomes, in the words of the house; nothing that anybody wrote."""
    course = cases.course_of(application)
    told = ["申请人已经补正"] if course.supplemented else []
    told += {"asked": ["已要求申请人说明理由"], "given": ["申请人已经说明理由"]}.get(course.reasons, [])
    return (*told, *(f"第三方意见：{Opinion(opinion).label}" for opinion in course.third_parties))
