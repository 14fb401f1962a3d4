"""Apply online, one question a page. No account, no JavaScript, nothing in a URL; what was filled in is kept meanwhile."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.applications import services
from gongkai.applications.forms import STEP_OF, WRONG, GuidedForm, unfinished, whole
from gongkai.portal import columns
from gongkai.portal.applications import guide, keeping, shown
from gongkai.portal.applications.refusing import in_words
from gongkai.portal.applications.rendering import show
from gongkai.tries import services as tries
from gongkai.ui.rendering import page
from gongkai.workflow.rules import Refused

READ_AND_WRITE = ["GET", "HEAD", "POST"]


@require_http_methods(READ_AND_WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """The first question: which organ. A form that was sent whole, as a program does, is taken at once."""
    if request.method == "POST" and request.POST.get("stage") == "submit":
        return _submit(request, GuidedForm(request.POST, request.FILES), None)
    return step(request, name="organ")


@require_http_methods(READ_AND_WRITE)
def step(request: HttpRequest, name: str) -> HttpResponse:
    """One page of the form; what was said is kept, and the next page follows."""
    kept = keeping.of(request)
    if kept is None and name != "organ":
        return HttpResponseRedirect(reverse("apply:new"))
    contents = kept.contents if kept else {"organ": request.GET.get("organ", "")}
    if request.method != "POST":
        return _page(request, name, unfinished(contents, name), kept)
    form = GuidedForm(request.POST, request.FILES, step=name)
    if form.is_valid():
        kept = keeping.keep(kept, form.said())
        return keeping.remember(_to(guide.after(name, kept.contents)), kept)
    if kept is None or "attached" in form.errors:  # a refused file is told at once: it is not there any more later
        return _page(request, name, form, kept, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    kept = keeping.keep(kept, {**form.said(), WRONG: name})  # shown by GET, so that the browser's Back works
    return keeping.remember(_to(guide.address(name)), kept)


@require_http_methods(READ_AND_WRITE)
def public(request: HttpRequest) -> HttpResponse:
    """What may be public already: open it, say that it is enough, or go on."""
    kept = keeping.of(request)
    if kept is None:
        return _to("new")
    found = guide.suggestions(kept.contents)
    if request.method != "POST":
        kept = guide.note_shown(kept, found)
        return show(
            request,
            "portal/apply/public.html",
            _("可能已经公开"),
            found=found,
            steps=guide.steps("wanted"),
            code=guide.shown_code(kept),
        )
    number = kept.contents.get("suggestion", "")
    if "open" in request.POST:
        return _open(request.POST["open"], found, number)
    if number:
        services.note_end(suggestion=int(number), submitted=False)
    return keeping.forget(show(request, "portal/apply/enough.html", _("不用申请了")), kept)


def _open(place: str, found: list[guide.Suggested], number: str) -> HttpResponse:
    chosen = found[int(place)] if place.isdecimal() and int(place) < len(found) else None
    if chosen is None or not chosen.url:
        return _to("public")
    if number:
        services.note_opened(suggestion=int(number))
    return HttpResponseRedirect(chosen.url, status=HTTPStatus.SEE_OTHER)


@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    """The same while somebody types, for the page's script."""
    contents = {"description": request.POST.get("description", ""), "organ": request.POST.get("organ", "")}
    response = page(request, "portal/apply/_suggested.html", column=columns.APPLY, found=guide.suggestions(contents))
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(READ_AND_WRITE)
def check(request: HttpRequest) -> HttpResponse:
    """Every answer once more; then it is submitted, once, however often the button is pressed."""
    kept = keeping.of(request)
    if request.method == "POST" and (receipt := services.receipt_of(key=request.POST.get("key", ""))):
        return _receipt(request, receipt, kept)
    if kept is None:
        return _to("new")
    form = whole(kept.contents)
    if not form.is_valid():
        return _to(guide.address(next((STEP_OF[name] for name in form.errors if name in STEP_OF), "organ")))
    if request.method == "POST":
        return _submit(request, form, kept)
    answers, steps = shown.answers(form), guide.steps("check")
    title = _("核对您填写的内容")
    return show(request, "portal/apply/check.html", title, form=form, answers=answers, steps=steps)


@require_http_methods(READ_AND_WRITE)
def resume(request: HttpRequest) -> HttpResponse:
    """Go on with what was filled in, by its code; or have it forgotten."""
    if request.method == "POST" and request.POST.get("forget") == "yes":
        return keeping.forget(_to("new"), keeping.of(request))
    if request.method != "POST":
        return show(request, "portal/apply/resume.html", _("接着填写"), kept=keeping.of(request))
    try:
        kept = keeping.by_code(request, request.POST.get("code", ""))
        wrong = _("没有这份草稿：草稿码不对，或者已经过期、已经提交。请核对，或者重新填写。")
    except tries.Locked:
        kept, wrong = None, _("尝试的次数太多，请 15 分钟以后再试。")
    if kept is None:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return show(request, "portal/apply/resume.html", _("接着填写"), status=status, wrong=wrong)
    return keeping.remember(_to(guide.last(kept.contents)), kept)


def _page(
    request: HttpRequest, name: str, form: GuidedForm, kept: services.Kept | None, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    return show(
        request,
        "portal/apply/step.html",
        guide.title(name),
        status=status,
        form=form,
        name=name,
        steps=guide.steps(name),
        back=guide.before(name),
        waiting=kept if name == "organ" and kept and kept.contents.get("description") else None,
        code=guide.shown_code(kept),
        organ=kept.contents.get("organ", "") if kept else "",
    )


def _submit(request: HttpRequest, form: GuidedForm, kept: services.Kept | None) -> HttpResponse:
    if not form.is_valid():
        return _page(request, "organ", form, None, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    files = [file.pk for file in form.cleaned_data["attached"]]
    try:
        receipt = services.submit(draft=form.draft(), key=form.cleaned_data["key"], attachments=files)
    except Refused as error:
        again = GuidedForm({"organ": form.cleaned_data["organ"]}, step="organ")
        again.add_error(None, in_words(error))
        return _page(request, "organ", again, kept, status=HTTPStatus.CONFLICT)
    if kept and (number := kept.contents.get("suggestion")):
        services.note_end(suggestion=int(number), submitted=True)
    return _receipt(request, receipt, kept)


def _receipt(request: HttpRequest, receipt: services.Receipt, kept: services.Kept | None) -> HttpResponse:
    response = show(
        request,
        "portal/apply/receipt.html",
        _("申请已经提交"),
        application=receipt.application,
        code=shown.code(receipt.code),
        forecast=guide.forecast(timezone.localdate()),
    )
    return keeping.forget(response, kept)


def _to(name: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(f"apply:{name}"), status=HTTPStatus.SEE_OTHER)
