"""Pages of the library at the desk. Each finds the item among those the person may see, and ends in one act."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.accounts.enums import Role
from gongkai.accounts.permissions import standing_of
from gongkai.catalogue import forms, services
from gongkai.catalogue.enums import State
from gongkai.catalogue.rules import declared
from gongkai.catalogue.rules.flow import flow
from gongkai.catalogue.selectors import Item, desk
from gongkai.catalogue.selectors.rows import row_of
from gongkai.organisations import selectors as organisations
from gongkai.ui.http import read_only
from gongkai.ui.paging import page_links
from gongkai.workbench.rendering import desk_page
from gongkai.workflow.rules import Refused

from . import acting, shown

PER_PAGE = 25


@read_only
def listing(request: HttpRequest) -> HttpResponse:
    """The items of one's organs, the last changed first, by state and words."""
    standing = standing_of(request)
    state, words = request.GET.get("state", ""), request.GET.get("q", "").replace("\0", "").strip()[:60]
    chosen = state if state in set(State) else ""
    page = Paginator(desk.listed(standing, state=chosen, words=words), PER_PAGE).get_page(request.GET.get("page"))
    counts = desk.counts(standing)
    return desk_page(
        request,
        "workbench/library/list.html",
        title=_("公文库"),
        shown=page,
        page_links=page_links(request, page),
        kinds=declared.kinds(),
        states=[(one.value, one.label, counts.get(one.value, 0), one.value == chosen) for one in State],
        words=words,
        may_draft=bool(standing.organs_where(Role.OFFICER)),
    )


@read_only
def kinds(request: HttpRequest) -> HttpResponse:
    """Which kind of information is to be drafted."""
    return desk_page(
        request, "workbench/library/kinds.html", title=_("选择信息类别"), kinds=list(declared.kinds().values())
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Begin a draft; what is wrong is told, and nothing that was typed is lost."""
    if kind not in declared.kinds():
        raise Http404(_("没有这种信息类别。"))
    standing = standing_of(request)
    own = organisations.by_codes(sorted(standing.organs_where(Role.OFFICER)))
    organs = [(code, organ.name) for code, organ in own.items()]
    first = {"version": 0, "key": secrets.token_urlsafe(24), "disclosure_class": ""}
    form = forms.NewForm(_sent(request), _files(request), kind=kind, organs=organs, initial=first)
    _own_uploads(form, request)
    if request.method == "POST" and form.is_valid():
        made = _tried(form, lambda: services.draft(data=form.data_of_item, **_draft_words(request, form)))
        if made is not None:
            messages.success(request, _("草稿已保存。"))
            return redirect("desk-library:item", pk=made.pk)
    title = _("起草：%(kind)s") % {"kind": _(declared.kinds()[kind].label)}
    return _form_page(request, "edit", title, form, multipart=True)


@read_only
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: its gates, the difference against the last version, what was found in it, what may be done."""
    found = _found(request, pk)
    roles = standing_of(request).roles_in(found.organ.code)
    acts = [rule for rule in flow().open_to(found.state, roles) if rule.act in acting.ACTS or rule.act == "edit"]
    return desk_page(
        request,
        "workbench/library/item.html",
        title=found.title,
        item=found,
        acts=shown.offered(found, acts),
        **shown.item_page(found, standing_of(request), today=timezone.localdate()),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft; beside the editor stands what was found in it as it was last saved."""
    found = _found(request, pk)
    if found.state != State.DRAFTING.value:
        messages.error(request, _("只有起草中的条目能修改。已发布的请提出修订。"))
        return redirect("desk-library:item", pk=pk)
    first = {**forms.initial_of(row_of(found)), "version": found.version, "key": secrets.token_urlsafe(24)}
    form = forms.DraftForm(_sent(request), _files(request), kind=found.kind, initial=first)
    _own_uploads(form, request)
    if request.method == "POST" and form.is_valid():
        dropped = [int(one) for one in request.POST.getlist("drop") if one.isdigit()]
        words = {**_edit_words(request, form), "pk": pk, "dropped": dropped}
        if _tried(form, lambda: services.edit(data=form.data_of_item, **words)) is not None:
            messages.success(request, _("草稿已保存。"))
            return redirect("desk-library:edit", pk=pk)
    beside = shown.beside_editor(found)
    return _form_page(request, "edit", _("修改草稿"), form, item=found, multipart=True, **beside)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """The form of an act, and the act. What the rules do not allow is refused with its article; nothing is changed."""
    found = _found(request, pk)
    rule = flow().rule(found.state, act)
    if rule is None or act not in acting.ACTS:
        messages.error(request, _("“%(state)s”状态下没有这一办理事项。") % {"state": _(State(found.state).label)})
        return redirect("desk-library:item", pk=pk)
    first = {"version": found.version, "key": secrets.token_urlsafe(24)}
    form = acting.form_of(act, found, (_sent(request), _files(request)), first)
    _own_uploads(form, request)
    if request.method == "POST" and form.is_valid():
        standing = standing_of(request)
        who = {"by": standing, "user_id": standing.user_id, "today": timezone.localdate(), "now": timezone.now()}
        if _tried(form, lambda: acting.do(act, found, form, who)) is not None:
            messages.success(request, _("已办理：%(act)s。") % {"act": _(rule.label)})
            return redirect("desk-library:item", pk=pk)
    return _form_page(request, "act", _(rule.label), form, item=found, rule=rule)


def _found(request: HttpRequest, pk: int) -> Item:
    found = desk.item(standing_of(request), pk)
    if found is None:
        raise Http404(_("没有这一条，或者它不属于您负责的机关。"))
    return found


def _tried(form: Any, do: Any) -> Any:
    """What the act gave; a refusal stands above the form, and the form keeps what was typed."""
    try:
        return do()
    except Refused as error:
        form.add_error(None, str(error))
        return None


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _files(request: HttpRequest) -> Any:
    return request.FILES if request.method == "POST" else None


def _own_uploads(form: Any, request: HttpRequest) -> None:
    if (field := form.fields.get("attached")) is not None:
        field.actor = standing_of(request).actor


def _edit_words(request: HttpRequest, form: Any) -> dict[str, Any]:
    names = ("version", "key")
    standing = standing_of(request)
    words = {name: form.cleaned_data[name] for name in names}
    return {**words, "by": standing, "user_id": standing.user_id, "uploads": form.cleaned_data["attached"]}


def _draft_words(request: HttpRequest, form: Any) -> dict[str, Any]:
    words = _edit_words(request, form)
    words.pop("version")
    return {**words, "organ": form.cleaned_data["organ"], "today": timezone.localdate()}


def _form_page(request: HttpRequest, name: str, title: str, form: Any, **context: Any) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return desk_page(request, f"workbench/library/{name}.html", title=title, form=form, status=status, **context)
