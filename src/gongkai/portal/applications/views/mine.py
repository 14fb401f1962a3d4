"""我的申请：without an account, by a link sent to the address somebody gave when applying."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.applications import selectors, services
from gongkai.applications.forms import MailLinkForm, StatusForm
from gongkai.portal.applications import shown, visits
from gongkai.portal.applications.rendering import show
from gongkai.tries import services as tries
from gongkai.ui.http import read_only
from gongkai.ui.paging import page_links

from . import status

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """The list, for who came by a link; for everybody else the form that asks for one. The answer never tells whether
    anybody applied with an address.
    """
    if request.method != "POST":
        visit = visits.of(request)
        return _list(request, visit) if visit else _ask(request, MailLinkForm())
    form = MailLinkForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    email = form.cleaned_data["email"]
    try:
        visits.count_try(request, email)
    except tries.Locked:
        form.add_error("email", _("请求的次数太多，请过一小时再试。已经收到邮件的，请打开邮件中的链接。"))
        return _ask(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def address(token: str) -> str:
        path = reverse("apply:mine-enter", args=[token])
        return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)

    services.ask_for_link(email=email, address=address, now=timezone.now(), language=get_language() or "")
    return show(request, "portal/apply/mine_sent.html", _("请查收邮件"), email=email)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The link opened: a button uses it up, since programs that look through mail open links by themselves."""
    if request.method != "POST":
        good = selectors.open_link(token, timezone.now()) is not None
        return _enter(request) if good else _useless(request)
    secret = services.begin_visit(token=token, now=timezone.now())
    if not secret:
        return _useless(request)
    return visits.remember(HttpResponseRedirect(reverse("apply:mine")), secret)


@read_only
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One of them: the page that number and query code open, without the code."""
    visit = visits.of(request)
    if visit is None:
        return HttpResponseRedirect(reverse("apply:mine"))
    application = visits.own(visit, number)
    if application is None:
        raise Http404(_("没有这份申请，或者它不是用您的邮箱提交的。"))
    services.note_read(visit=visit, application=application)
    form = StatusForm(initial={"number": application.number, "code": ""})
    return status.found(request, form, application)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """The visit ends, here and in the browser."""
    services.end_visit(secret=visits.secret_of(request), now=timezone.now())
    return visits.forget(HttpResponseRedirect(reverse("apply:mine")))


def _list(request: HttpRequest, visit: selectors.MailLink) -> HttpResponse:
    page = Paginator(selectors.made_with(visit.email_digest), PER_PAGE).get_page(request.GET.get("page"))
    services.note_listed(visit=visit, count=len(page.object_list))
    return show(
        request,
        "portal/apply/mine.html",
        _("我的申请"),
        rows=[shown.own_row(found) for found in page.object_list],
        count=page.paginator.count,
        page_links=page_links(request, page),
        minutes=shown.minutes_left(visit, timezone.now()),
    )


def _ask(request: HttpRequest, form: MailLinkForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    return show(request, "portal/apply/mine_ask.html", _("我的申请"), status=status, form=form)


def _enter(request: HttpRequest) -> HttpResponse:
    return show(request, "portal/apply/mine_enter.html", _("查看我的申请"))


def _useless(request: HttpRequest) -> HttpResponse:
    return show(request, "portal/apply/mine_useless.html", _("链接已经失效"), status=HTTPStatus.BAD_REQUEST)
