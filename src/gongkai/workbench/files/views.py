"""Pages of files. Each finds the file among those the person may read, and answers 404 for the rest."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from gongkai.accounts.permissions import standing_of
from gongkai.files import selectors, services
from gongkai.ui.downloads import Content, first_sent, send
from gongkai.ui.http import read_only
from gongkai.workbench.rendering import desk_page

from . import words

LONGEST_PURPOSE = 100  # characters


@read_only
def file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """What a file is, what it says about its makers, and its pages as pictures. Looking is recorded like reading."""
    found = get_object_or_404(selectors.visible_to(standing_of(request)).select_related("blob"), pk=file_id)
    services.tell_of_reading(file=found, actor=standing_of(request).actor, purpose=_purpose(request))
    return desk_page(
        request,
        "workbench/files/file.html",
        title=found.name,
        file=found,
        pages=selectors.previews(found),
        properties=words.properties(found.metadata),
        remains=words.remains(found.remains),
    )


@read_only
def download(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """The file itself, whole or in part."""
    found = get_object_or_404(selectors.visible_to(standing_of(request)), pk=file_id)
    opened = partial(selectors.content, found)
    content = Content(found.name, found.media_type, found.size, found.sha256, opened)
    if (first := first_sent(request, content)) is not None:
        reader = standing_of(request).actor
        services.tell_of_reading(file=found, actor=reader, purpose=_purpose(request), again=first > 0)
    return send(request, content)


@read_only
def picture(request: HttpRequest, file_id: UUID, number: int) -> HttpResponseBase:
    """One page as a picture; it belongs to the reading of its file, and is recorded by itself where there is none."""
    found = get_object_or_404(selectors.visible_to(standing_of(request)), pk=file_id)
    page = next((page for page in selectors.previews(found) if page.page == number), None)
    if page is None:
        raise Http404
    opened = partial(selectors.preview_content, page)
    content = Content(f"{number}.webp", "image/webp", page.size, f"{page.blob_id}-{number}", opened, inline=True)
    if first_sent(request, content) is not None:
        services.tell_of_reading(file=found, actor=standing_of(request).actor, purpose=_purpose(request), again=True)
    return send(request, content)


def _purpose(request: HttpRequest) -> str:
    return request.GET.get("purpose", "").strip()[:LONGEST_PURPOSE] or _("办理业务")
