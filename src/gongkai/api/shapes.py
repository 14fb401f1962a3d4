"""What is answered: a case as its applicant's program sees it, as its organ's program sees it, its papers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from ninja import Field, Schema

from gongkai.applications import selectors
from gongkai.applications.enums import ENDED, State
from gongkai.applications.rules import notices
from gongkai.applications.selectors import Application, Letter
from gongkai.ui.paging import keys_first
from gongkai.workflow.rules import Rule


class Applicant(Schema):
    """Who applied, with everything masked that need not be read."""

    kind: str
    name: str
    identity_number: str
    phone: str
    email: str
    address: str


class Case(Schema):
    """One application."""

    number: str
    organ: str = Field(description="机关代码 / code of the organ")
    organ_name: str
    channel: str
    state: str
    state_label: str
    submitted_at: datetime
    received_on: date | None
    due_on: date | None
    due_provisional: bool
    supplement_by: date | None
    supplement_wanted: str
    description: str
    applicant: Applicant
    closed_on: date | None
    code: str = Field(description="办理结果，办结前为空 / outcome, empty until closed")
    outcome: str
    version: int


class Receipt(Schema):
    """What the applicant is to be handed: the number, and the query code, which is told to nobody else."""

    number: str
    query_code: str
    organ: str
    state: str
    submitted_at: datetime
    version: int


class Page(Schema):
    """One page of a list."""

    count: int = Field(description="共多少件 / how many in all")
    page: int
    page_size: int
    items: list[Case]


class Paper(Schema):
    """One paper of a case; `id` leads to its file."""

    id: int
    kind: str
    label: str
    number: str
    issued_on: date
    version: int
    delivered_on: date | None


class Papers(Schema):
    """The papers of a case."""

    items: list[Paper]


class OpenAct(Schema):
    """An act that may be done now."""

    act: str
    label: str
    grave: bool


class OfficersCase(Case):
    """A case as its organ sees it, with what may be done now."""

    acts: list[OpenAct]


def case(row: Application, *, inside: bool = False) -> Case:
    """A case as values. From outside the outcome is not told before the case is closed."""
    return Case(**_values(row, inside=inside))


def officers_case(row: Application, acts: tuple[Rule, ...]) -> OfficersCase:
    """A case with the acts open to the officer in whose name the client comes."""
    shown = [OpenAct(act=rule.act, label=rule.label, grave=rule.grave) for rule in acts]
    return OfficersCase(**_values(row, inside=True), acts=shown)


def _values(row: Application, *, inside: bool) -> dict[str, Any]:
    told = inside or row.state in ENDED
    masked = selectors.masked(row)
    plain = ("number", "channel", "state", "submitted_at", "received_on", "due_on", "due_provisional", "supplement_by")
    return {
        **{name: getattr(row, name) for name in (*plain, "supplement_wanted", "description", "closed_on", "version")},
        "organ": row.organ.code,
        "organ_name": row.organ.name,
        "state_label": State(row.state).label,
        "applicant": Applicant(
            kind=row.applicant_kind,
            name=masked.name,
            identity_number=masked.identity_number,
            phone=masked.phone,
            email=masked.email,
            address=masked.address,
        ),
        "code": row.code if told else "",
        "outcome": selectors.outcome_label(row) if told else "",
    }


def page(found: QuerySet[Application], *, number: int, size: int, inside: bool = False) -> Page:
    """One page of the cases found, counted from 1."""
    rows = keys_first(found, (number - 1) * size, number * size)
    return Page(count=found.count(), page=number, page_size=size, items=[case(row, inside=inside) for row in rows])


def papers(letters: list[Letter]) -> Papers:
    """Papers as values."""
    return Papers(
        items=[
            Paper(
                id=letter.pk,
                kind=letter.kind,
                label=selectors.label_of(letter),
                number=letter.number,
                issued_on=letter.issued_on,
                version=letter.version,
                delivered_on=letter.delivered_on,
            )
            for letter in letters
        ]
    )


def applicants_letters(row: Application) -> list[Letter]:
    """The papers written to the applicant; the reply once it was sent."""
    return [letter for letter in selectors.letters_of(row) if _to_applicant(letter)]


def _to_applicant(letter: Letter) -> bool:
    notice = notices.notices().get(letter.kind)
    if notice is None:
        return letter.delivered_on is not None
    return notice.to is notices.Addressee.APPLICANT


def open_acts(row: Application, roles: frozenset[str]) -> tuple[Rule, ...]:
    """The acts open to somebody with these roles."""
    return selectors.open_acts(row, roles, timezone.localdate())
