"""Papers as files."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from gongkai.applications import services
from gongkai.applications.selectors import Letter
from gongkai.seals.rules import Refused as NotSealed
from gongkai.workflow.rules import Refused

BINARY = {
    "responses": {
        200: {
            "description": "文书文件 / the file",
            "content": {
                name: {"schema": {"type": "string", "format": "binary"}} for name in services.LETTER_TYPES.values()
            },
        }
    }
}


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
