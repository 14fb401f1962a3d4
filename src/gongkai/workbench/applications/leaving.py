"""发出前检查: what would leave with a reply, findings let pass by name, and the redaction of PDFs."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gongkai.accounts.permissions import standing_of
from gongkai.applications import selectors, services
from gongkai.files import selectors as files
from gongkai.files import services as keeping
from gongkai.files.enums import Kind
from gongkai.screening import services as screening
from gongkai.screening.enums import Ground
from gongkai.screening.forms import boxes_of
from gongkai.screening.rules.boxes import Box, UnfitBox
from gongkai.workbench.rendering import desk_page
from gongkai.workflow.rules import Refused

SPARE = 3  # empty rows for who draws without a script


class PassForm(forms.Form):
    """放行: which finding of which content, and why."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    finding = forms.CharField(max_length=24, widget=forms.HiddenInput)
    why = forms.CharField(
        label=gettext_lazy("放行的理由"),
        max_length=500,
        error_messages={"required": gettext_lazy("请写明放行的理由，每一处都要有。")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, number: str) -> HttpResponse:
    """What was found in the text and the files of a reply; POST looks through what is new, or lets one finding pass."""
    application = found(request, number)
    if request.method == "POST":
        _post(request, application)
        return redirect("cases:check", number=number)
    return desk_page(
        request,
        "workbench/applications/check.html",
        title=_("发出前检查"),
        application=application,
        leaving=[(one, one.file and one.file.kind == Kind.PDF.value) for one in selectors.leaving(application)],
        stays=selectors.stays(application),
        may_pass=bool(services.leaving.RESPONSIBLE & _roles(request, application)),
        may_edit=bool(services.leaving.EDITORS & _roles(request, application)),
        open=application.state in services.leaving.IN_THE_MAKING,
    )


def _post(request: HttpRequest, application: selectors.Application) -> None:
    try:
        told = _let_pass(request, application) if "finding" in request.POST else _look_through(application)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told)


def _look_through(application: selectors.Application) -> str:
    return _("检查了 %(n)d 个文件。") % {"n": services.screen_given(application)}


def _let_pass(request: HttpRequest, application: selectors.Application) -> str:
    form, standing = PassForm(request.POST), standing_of(request)
    if not form.is_valid():
        raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    services.let_pass(pk=application.pk, by=standing, user_id=standing.user_id, **form.cleaned_data)
    return _("已放行，并留痕。")


@require_http_methods(["GET", "HEAD", "POST"])
def redact(request: HttpRequest, number: str, pk: UUID) -> HttpResponse:
    """Boxes drawn over the pages of a file, each with its ground; POST burns them in."""
    application = found(request, number)
    file = next((one for one in files.of_owner(selectors.GIVEN, application.pk) if one.pk == pk), None)
    if file is None or file.kind != Kind.PDF.value:
        raise Http404(_("没有这个 PDF 文件，或者它已被更换。"))
    fault = ""
    if request.method == "POST":
        try:
            return _burn(request, application, file)
        except (UnfitBox, Refused) as error:
            fault = str(error)
    return desk_page(
        request,
        "workbench/applications/redact.html",
        title=_("遮盖不予公开的内容"),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK,
        application=application,
        file=file,
        fault=fault,
        redact=_shown(request, application, file),
    )


def _burn(request: HttpRequest, application: selectors.Application, file: files.File) -> HttpResponse:
    standing = standing_of(request)
    services.redact(
        pk=application.pk,
        by=standing,
        user_id=standing.user_id,
        file=file.pk,
        boxes=boxes_of(request.POST),
        today=timezone.localdate(),
    )
    services.screen_given(application)
    messages.success(request, _("已遮盖并重新检查，原文件不随答复发出。"))
    return redirect("cases:check", number=application.number)


def _shown(request: HttpRequest, application: selectors.Application, file: files.File) -> dict[str, Any]:
    """What the drawing component shows: the pages, and as boxes what was sent, else what is proposed."""
    keeping.make_previews(file=file)
    pages = [
        {
            "page": one.page,
            "url": reverse("files:picture", args=[file.pk, one.page]),
            "width": one.width,
            "height": one.height,
        }
        for one in files.previews(file)
    ]
    proposed = [] if request.method == "POST" else _proposed(application, file)
    rows = _sent(request) if request.method == "POST" else [_row(box) for box in proposed]
    blank = dict.fromkeys(("page", "left", "top", "width", "height")) | {"ground": Ground.PERSONAL_PRIVACY.value}
    return {
        "name": "box",
        "pages": pages,
        "grounds": [(ground.value, _(ground.label)) for ground in Ground],
        "boxes": rows,
        "spare": [blank] * SPARE,
        "blank": blank,
    }


def _proposed(application: selectors.Application, file: files.File) -> list[Box]:
    allowed = selectors.published_of(application)
    return list(screening.suggest_boxes(source=file, allowed=allowed))


def _row(box: Box) -> dict[str, object]:
    sides = asdict(box)
    left, top = sides["left"] * 100, sides["top"] * 100
    return {
        "page": box.page,
        "left": round(left, 1),
        "top": round(top, 1),
        "width": round(box.right * 100 - left, 1),
        "height": round(box.bottom * 100 - top, 1),
        "ground": box.ground.value,
    }


def _sent(request: HttpRequest) -> list[dict[str, str]]:
    names = ("page", "left", "top", "width", "height", "ground")
    columns = [request.POST.getlist(f"box-{name}") for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=False) if row[0].strip()]


def _roles(request: HttpRequest, application: selectors.Application) -> set[str]:
    return set(standing_of(request).roles_in(application.organ.code))


def found(request: HttpRequest, number: str) -> selectors.Application:
    """One case among those the person may see, or 404."""
    application = selectors.by_number(standing_of(request), number)
    if application is None:
        raise Http404(_("没有这份申请，或者它不属于您负责的机关。"))
    return application
