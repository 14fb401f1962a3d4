"""Cases of a client's own organ, handled in the name of one of its officers, by the acts of the flow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from pydantic import Field, StrictBool, StrictInt

from gongkai.accounts.rules import Standing
from gongkai.applications import selectors
from gongkai.applications import services as applications
from gongkai.applications.enums import State
from gongkai.applications.forms import acting
from gongkai.applications.rules import reply
from gongkai.applications.rules.flow import flow
from gongkai.applications.selectors import Application
from gongkai.clients import selectors as clients
from gongkai.clients import services
from gongkai.clients.enums import Scope
from gongkai.clients.rules import Denied, own_key
from gongkai.files import selectors as kept
from gongkai.files.forms import UploadField, token_of
from gongkai.workflow import selectors as workflow
from gongkai.workflow.rules import Stale

from . import files, shapes
from .answers import answers
from .applications import Code, Key
from .callers import OAuth2, caller_of
from .faults import Conflict, Unfit
from .files import Uploads
from .values import Asked, Text, Version

router = Router(tags=["cases"])
PURPOSE = "接口客户端取用文书"


class ActIn(Asked):
    """An act: the version that the program saw, and what the form of the act at the desk asks for."""

    version: Version
    kind: Annotated[Text, Field(max_length=40, description="答复种类，仅 decide / kind of reply, for decide only")] = ""
    data: Annotated[
        dict[Annotated[str, Field(max_length=60)], Annotated[Text, Field(max_length=4000)] | StrictInt | StrictBool],
        Field(max_length=30),
    ] = Field(default_factory=dict, examples=[{"day": "2025-09-15"}])
    files: Uploads = Field(default_factory=list)


class Filter(Asked):
    """Which cases, and which page of them."""

    state: State | None = None
    page: Annotated[int, Field(ge=1, le=10_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=100)] = 25


@router.get(
    "",
    auth=OAuth2(Scope.ACT),
    response=answers(shapes.Page),
    url_name="cases",
    summary="本机关的申请 / the cases of the own organ",
)
def listed(request: HttpRequest, asked: Query[Filter]) -> shapes.Page:
    """What is open (or is in one state), the most urgent first."""
    found = selectors.queue(_standing(request), state=asked.state)
    return shapes.page(found, number=asked.page, size=asked.page_size, inside=True)


@router.get(
    "/{number}",
    auth=OAuth2(Scope.ACT),
    response=answers(shapes.OfficersCase),
    url_name="case",
    summary="一件申请和现在可办的事项 / a case, and what may be done",
)
def one(request: HttpRequest, number: Code) -> shapes.OfficersCase:
    """The applicant's data are masked."""
    standing = _standing(request)
    return _shown(_found(standing, number), standing)


@router.post(
    "/{number}/acts/{act}",
    auth=OAuth2(Scope.ACT),
    response=answers(shapes.OfficersCase, conflict=True),
    url_name="case-act",
    summary="办理 / do an act",
)
def act(
    request: HttpRequest,
    number: Code,
    act: Annotated[str, Path(pattern=r"^[a-z_]{2,40}$", examples=["register"])],
    data: ActIn,
    key: Key,
) -> shapes.OfficersCase:
    """An act of the flow, in the name of the client's officer. Another version than the present one: 409 with it."""
    standing, client = _standing(request), caller_of(request).client
    row = _found(standing, number)
    mine = own_key(client.key, key)

    def do() -> Application:
        if data.files and not _came_before(row, act, mine):
            services.hand_in(client=client, uploads=data.files, to=standing.actor)
        return _do(row, act, data, standing, mine)

    try:
        services.act(client=client, application=row, name=act, do=do)
    except Stale as error:
        raise Conflict(str(error), _found(standing, number).version) from error
    except reply.Incomplete as error:
        raise Unfit({name: [text] for name, text in error.faults.items()}) from error
    return _shown(_found(standing, number), standing)


@router.get(
    "/{number}/letters",
    auth=OAuth2(Scope.ACT),
    response=answers(shapes.Papers),
    url_name="case-letters",
    summary="案卷中的文书 / the papers of a case",
)
def letters(request: HttpRequest, number: Code) -> shapes.Papers:
    """Every paper that was issued."""
    return shapes.papers(selectors.letters_of(_found(_standing(request), number)))


@router.get(
    "/{number}/letters/{letter}/{kind}",
    auth=OAuth2(Scope.ACT),
    response=answers(None),
    openapi_extra=files.BINARY,
    url_name="case-letter",
    summary="文书文件 / a paper as a file",
)
def letter(
    request: HttpRequest,
    number: Code,
    letter: Annotated[int, Path(ge=1, le=2**63 - 1)],
    kind: Literal["pdf", "docx"],
) -> HttpResponse:
    """A paper may name a person, so reading it is recorded."""
    standing = _standing(request)
    row = _found(standing, number)
    found = selectors.letter_of(row, letter)
    if found is not None:
        applications.read_contact(application_id=row.pk, by=standing, purpose=PURPOSE)
    return files.letter_answer(found, kind)


@router.get(
    "/{number}/files",
    auth=OAuth2(Scope.ACT),
    response=answers(files.CaseFiles),
    url_name="case-files",
    summary="案卷中的文件 / the files of a case",
)
def case_files(request: HttpRequest, number: Code) -> files.CaseFiles:
    """What the applicant brought, and what is given with the reply."""
    standing = _standing(request)
    row = _found(standing, number)
    brought, given = (_files(standing, row, role) for role in (selectors.BROUGHT, selectors.GIVEN))
    return files.listed(brought=brought, given=given)


@router.get(
    "/{number}/files/{file}",
    auth=OAuth2(Scope.ACT),
    response=answers(None),
    openapi_extra=files.ANY,
    url_name="case-file",
    summary="其中一个文件 / one of them",
)
def case_file(request: HttpRequest, number: Code, file: UUID) -> HttpResponseBase:
    """Whole or in part; that it is read is recorded."""
    standing = _standing(request)
    found = _files(standing, _found(standing, number), selectors.BROUGHT, selectors.GIVEN).filter(pk=file).first()
    return files.answer(request, found, reader=standing.actor, purpose=PURPOSE)


def _files(standing: Standing, row: Application, *roles: str) -> QuerySet[kept.File]:
    """What the officer may read of the files of a case."""
    found = kept.visible_to(standing).filter(owner_kind__in=roles, owner_id=str(row.pk))
    return found.order_by("created_at", "id")


def _do(row: Application, name: str, asked: ActIn, standing: Standing, key: str) -> Application:
    """Fill the form of the act, and do it; what the form says is said field by field."""
    known = acting.ACTS.get(name)
    if known is None:
        raise Http404(_("没有“%(act)s”这一办理事项。") % {"act": name})
    if _came_before(row, name, key):
        return row
    if name == "decide" and asked.kind not in reply.kinds():
        raise Unfit({"kind": [_("没有这一种答复。可用的有：%(kinds)s") % {"kinds": "、".join(reply.kinds())}]})
    if row.version == asked.version:
        flow().step(row.state, name, standing.roles_in(row.organ.code))  # its reason before the form's
    today = timezone.localdate()
    first: dict[str, Any] = {**known.initial(row, today), "today": today, "by": standing.actor, "files": None}
    form = known.form(row, asked.kind, _as_posted(first, asked, key), first)
    _with_files(form, asked.files)
    if not form.is_valid():
        raise Unfit({field: [str(text) for text in errors] for field, errors in form.errors.items()})
    who = {"pk": row.pk, "by": standing, "version": asked.version, "key": key}
    data = {**form.cleaned_data, "kind": asked.kind, "today": today, "user_id": standing.user_id}
    done: Application = known.do(row, who, data)
    return done


def _with_files(form: Form, uploads: Sequence[UUID]) -> None:
    """What was uploaded stands in the form's own place for files; an act that takes none says so."""
    if not uploads:
        return
    place = next((name for name, field in form.fields.items() if isinstance(field, UploadField)), None)
    if place is None:
        raise Unfit({"files": [_("这一办理事项不收文件。")]})
    form.data = {**form.data, f"{place}-kept": token_of(kept.drafts(uploads))}


def _came_before(row: Application, name: str, key: str) -> bool:
    """Whether this very submission has been acted on; its form is not asked again, since the case has moved on."""
    done = workflow.performed(flow=flow().name, key=key)
    return done is not None and (done.object_id, done.act) == (str(row.pk), name)


def _as_posted(first: dict[str, Any], asked: ActIn, key: str) -> dict[str, str]:
    """What was sent as a form at the desk would send it; what was left out is what stands there at first."""
    sent = {name: str(value) for name, value in {**first, **asked.data}.items() if name not in {"by", "files", "today"}}
    return {**sent, "version": str(asked.version), "key": key}


def _shown(row: Application, standing: Standing) -> shapes.OfficersCase:
    return shapes.officers_case(row, shapes.open_acts(row, standing.roles_in(row.organ.code)))


def _standing(request: HttpRequest) -> Standing:
    found = clients.standing(caller_of(request).client)
    if not found.user_id:
        raise Denied(_("该客户端所用的工作人员现在在本机关没有职责，不能办理。"))
    return found


def _found(standing: Standing, number: str) -> Application:
    found = selectors.by_number(standing, number)
    if found is None:
        raise Http404(_("没有这份申请，或者它不属于本机关。"))
    return found
