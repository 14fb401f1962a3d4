"""Applications brought by a client for those who apply: brought in, looked up, supplemented, taken back."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header, Path, Query, Router, Status
from pydantic import Field

from gongkai.applications import selectors as kept
from gongkai.applications.enums import Delivery, Form, Identity, State
from gongkai.applications.forms import ApplicationForm
from gongkai.applications.rules import codes
from gongkai.applications.selectors import Application
from gongkai.clients import selectors, services
from gongkai.clients.enums import Scope
from gongkai.organisations.enums import ApplicantKind

from . import files, shapes
from .answers import answers
from .callers import OAuth2, caller_of
from .faults import Unfit
from .values import Asked, Day, Text

router = Router(tags=["applications"])
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{16,128}$",
        description="每次提交一个，重发时不变 / one for each submission, the same when it is sent again",
    ),
]
Code = Annotated[str, Path(pattern=r"^\d{4}-\d{6}$", examples=["2025-000068"])]


class NewApplication(Asked):
    """Art. 29: who applies, what is wanted, in which form."""

    organ: Annotated[Text, Field(max_length=60, examples=["civil-affairs"])]
    applicant_kind: ApplicantKind
    applicant_name: Annotated[Text, Field(min_length=1, max_length=100)]
    identity_kind: Identity
    identity_number: Annotated[Text, Field(min_length=1, max_length=40)]
    phone: Annotated[Text, Field(min_length=1, max_length=30)]
    description: Annotated[Text, Field(min_length=1, max_length=2000)]
    form: Form = Form.ELECTRONIC
    delivery: Delivery = Delivery.ONLINE
    email: Annotated[Text, Field(max_length=200)] = ""
    address: Annotated[Text, Field(max_length=200)] = ""
    attachments: files.Uploads = Field(default_factory=list)


class Supplement(Asked):
    """What the applicant adds."""

    text: Annotated[Text, Field(min_length=1, max_length=2000)]
    attachments: files.Uploads = Field(default_factory=list)


class Filter(Asked):
    """Which applications, and which page of them."""

    state: State | None = None
    organ: Annotated[str | None, Field(max_length=60, pattern=r"^[a-z0-9-]+$")] = None
    submitted_from: Day | None = None
    submitted_to: Day | None = None
    page: Annotated[int, Field(ge=1, le=10_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=100)] = 25


@router.post(
    "",
    auth=OAuth2(Scope.CREATE),
    response={201: shapes.Receipt, **answers(shapes.Receipt, conflict=True)},
    url_name="applications",
    summary="提交申请 / bring an application in",
)
def create(request: HttpRequest, data: NewApplication, key: Key) -> Status[shapes.Receipt]:
    """The same key with the same content is answered with the same receipt and 200; with another content, with 409."""
    content = data.model_dump(mode="json", exclude=None if data.attachments else {"attachments"})
    form = ApplicationForm({**content, "key": "0" * 16})
    if not form.is_valid():
        raise Unfit({name: [str(text) for text in errors] for name, errors in form.errors.items()})
    client = caller_of(request).client
    words: dict[str, Any] = {"key": key, "content": content, "attachments": data.attachments}
    receipt, new = services.submit(client=client, draft=form.draft(), **words)
    row = receipt.application
    answer = shapes.Receipt(
        number=row.number,
        query_code=codes.shown(receipt.code),
        organ=row.organ.code,
        state=row.state,
        submitted_at=row.submitted_at,
        version=row.version,
    )
    return Status(201 if new else 200, answer)


@router.get(
    "",
    auth=OAuth2(Scope.READ_OWN),
    response=answers(shapes.Page),
    url_name="applications",
    summary="本客户端提交的申请 / the applications this client brought",
)
def listed(request: HttpRequest, asked: Query[Filter]) -> shapes.Page:
    """The newest first."""
    found = selectors.own(caller_of(request).client).order_by("-submitted_at", "-pk")
    if asked.state:
        found = found.filter(state=asked.state.value)
    if asked.organ:
        found = found.filter(organ__code=asked.organ)
    if asked.submitted_from:
        found = found.filter(submitted_at__date__gte=asked.submitted_from)
    if asked.submitted_to:
        found = found.filter(submitted_at__date__lte=asked.submitted_to)
    return shapes.page(found, number=asked.page, size=asked.page_size)


@router.get(
    "/{number}",
    auth=OAuth2(Scope.READ_OWN),
    response=answers(shapes.Case),
    url_name="application",
    summary="一件申请 / one application",
)
def one(request: HttpRequest, number: Code) -> shapes.Case:
    """The applicant's data are masked."""
    return shapes.case(_own(request, number))


@router.post(
    "/{number}/supplement",
    auth=OAuth2(Scope.CREATE),
    response=answers(shapes.Case, conflict=True),
    url_name="supplement",
    summary="补正 / supplement",
)
def supplement(request: HttpRequest, number: Code, data: Supplement, key: Key) -> shapes.Case:
    """Art. 30: within the term that the organ set; the reply's limit runs anew."""
    row = services.supplement(
        client=caller_of(request).client,
        application=_own(request, number),
        key=key,
        text=data.text,
        today=_today(),
        attachments=data.attachments,
    )
    return shapes.case(row)


@router.post(
    "/{number}/withdraw",
    auth=OAuth2(Scope.CREATE),
    response=answers(shapes.Case, conflict=True),
    url_name="withdraw",
    summary="撤回 / take back",
)
def withdraw(request: HttpRequest, number: Code, key: Key) -> shapes.Case:
    """The applicant takes the application back; this cannot be undone."""
    row = services.withdraw(
        client=caller_of(request).client, application=_own(request, number), key=key, today=_today()
    )
    return shapes.case(row)


@router.get(
    "/{number}/letters",
    auth=OAuth2(Scope.READ_OWN),
    response=answers(shapes.Papers),
    url_name="letters",
    summary="致申请人的文书 / papers to the applicant",
)
def letters(request: HttpRequest, number: Code) -> shapes.Papers:
    """Papers of procedure, and the reply once it was sent."""
    return shapes.papers(shapes.applicants_letters(_own(request, number)))


@router.get(
    "/{number}/letters/{letter}/{kind}",
    auth=OAuth2(Scope.READ_OWN),
    response=answers(None),
    openapi_extra=files.BINARY,
    url_name="letter",
    summary="文书文件 / a paper as a file",
)
def letter(
    request: HttpRequest,
    number: Code,
    letter: Annotated[int, Path(ge=1, le=2**63 - 1)],
    kind: Literal["pdf", "docx"],
) -> HttpResponse:
    """PDF (sealed, where the organ has a seal) or Word. It names the applicant, so reading it is recorded."""
    row = _own(request, number)
    found = [paper for paper in shapes.applicants_letters(row) if paper.pk == letter]
    if found:
        services.read_letter(client=caller_of(request).client, application=row, letter=letter)
    return files.letter_answer(found[0] if found else None, kind)


@router.get(
    "/{number}/files",
    auth=OAuth2(Scope.READ_OWN),
    response=answers(files.CaseFiles),
    url_name="application-files",
    summary="随申请提交的和随答复提供的文件 / files brought with it, and given with the reply",
)
def case_files(request: HttpRequest, number: Code) -> files.CaseFiles:
    """What was given is there once the reply was sent."""
    row = _own(request, number)
    return files.listed(brought=kept.brought_files(row), given=kept.given_files(row))


@router.get(
    "/{number}/files/{file}",
    auth=OAuth2(Scope.READ_OWN),
    response=answers(None),
    openapi_extra=files.ANY,
    url_name="application-file",
    summary="其中一个文件 / one of them",
)
def case_file(request: HttpRequest, number: Code, file: UUID) -> HttpResponseBase:
    """Whole or in part; that it is read is recorded."""
    row = _own(request, number)
    found = [one for one in (*kept.brought_files(row), *kept.given_files(row)) if one.pk == file]
    reader = services.program(caller_of(request).client)
    return files.answer(request, found[0] if found else None, reader=reader, purpose=_("申请人取得所申请的信息"))


def _own(request: HttpRequest, number: str) -> Application:
    found = selectors.own(caller_of(request).client).filter(number=number).first()
    if found is None:
        raise Http404(_("没有这件申请，或者它不是由本客户端提交的。"))
    return found


def _today() -> date:
    return timezone.localdate()
