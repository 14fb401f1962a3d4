"""Files: sent ahead to be handed in, papers, and what lies in a case, each as it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Field, File, Router, Schema, Status, UploadedFile

from gongkai.applications import services
from gongkai.applications.selectors import Letter
from gongkai.audit.rules import Actor
from gongkai.clients.enums import Scope
from gongkai.clients.services import upload
from gongkai.files import selectors as kept
from gongkai.files import services as keeping
from gongkai.files.forms import MOST_FILES, sentence_of
from gongkai.files.rules import ALLOWED, MOST
from gongkai.files.rules import Refused as FileRefused
from gongkai.seals.rules import Refused as NotSealed
from gongkai.ui.downloads import Content, first_sent, send
from gongkai.workflow.rules import Refused

from .answers import answers
from .callers import OAuth2, caller_of
from .faults import Unfit

LARGEST = MOST + 64 * 1024  # bytes of a request that brings a file: the greatest file, and what stands around it
router = Router(tags=["files"])
Uploads = Annotated[
    list[UUID],
    Field(
        max_length=MOST_FILES,
        description="先经 POST /files 上传得到的标识 / what POST /files gave for each file",
    ),
]


def binary(types: Iterable[str]) -> dict[str, Any]:
    """How OpenAPI tells of an answer that is a file of one of these types."""
    content = {name: {"schema": {"type": "string", "format": "binary"}} for name in types}
    return {"responses": {200: {"description": "文件 / the file", "content": content}}}


BINARY = binary(services.LETTER_TYPES.values())
ANY = binary(sorted({allowed.media_type for allowed in ALLOWED.values()}))


class FileOut(Schema):
    """A file."""

    id: UUID
    name: str
    media_type: str
    size: int = Field(description="字节 / bytes")
    sha256: str


class CaseFile(FileOut):
    """A file of a case: brought with the application, or given with the reply."""

    role: str = Field(description="brought 随申请提交 / given 随答复提供")


class CaseFiles(Schema):
    """The files of a case."""

    items: list[CaseFile]


@router.post(
    "",
    auth=OAuth2(Scope.CREATE, Scope.ACT),
    response={201: FileOut, **answers(FileOut)},
    url_name="files",
    summary="上传文件 / send a file ahead",
)
def sent(request: HttpRequest, file: File[UploadedFile]) -> Status[FileOut]:
    """Checked as on the pages. Its `id` goes into `attachments` or `files` of what is said next, within two days."""
    try:
        found = upload(client=caller_of(request).client, stream=file)
    except FileRefused as error:
        raise Unfit({"file": [sentence_of(error)]}) from error
    return Status(201, FileOut(**_told(found)))


def listed(*, brought: Iterable[kept.File], given: Iterable[kept.File]) -> CaseFiles:
    """The files of a case as values."""
    roles = {"brought": brought, "given": given}
    return CaseFiles(items=[CaseFile(**_told(one), role=role) for role, found in roles.items() for one in found])


def answer(request: HttpRequest, file: kept.File | None, *, reader: Actor, purpose: str) -> HttpResponseBase:
    """The file, whole or in part; that it is read is recorded."""
    if file is None:
        raise Http404(_("没有这个文件，或者还没有送达。"))
    content = Content(file.name, file.media_type, file.size, file.sha256, partial(kept.content, file))
    if (first := first_sent(request, content)) is not None:
        keeping.tell_of_reading(file=file, actor=reader, purpose=purpose, again=first > 0)
    return send(request, content)


def _told(file: kept.File) -> dict[str, Any]:
    return {"id": file.pk, "name": file.name, "media_type": file.media_type, "size": file.size, "sha256": file.sha256}


def letter_answer(letter: Letter | None, kind: str) -> HttpResponse:
    """The paper as a file, always the same bytes."""
    if letter is None:
        raise Http404(_("没有这份文书。"))
    try:
        content = services.letter_file(letter, kind)
    except NotSealed as error:
        raise Refused(str(error)) from error
    response = HttpResponse(content, content_type=services.LETTER_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="letter-{letter.pk}.{kind}"'
    return response
