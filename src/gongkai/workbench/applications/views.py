"""Pages of applications at the desk. Each finds the case among those the person may see, and ends in one act."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.enums import Role
from gongkai.accounts.permissions import standing_of
from gongkai.applications import selectors, services
from gongkai.applications.enums import ENDED, Pressing, State
from gongkai.applications.forms import PurposeForm, acting
from gongkai.applications.rules import reply, tree
from gongkai.applications.rules.deciding import GRANTING
from gongkai.applications.rules.flow import flow
from gongkai.disputes import selectors as disputes
from gongkai.disputes import services as disputing
from gongkai.promotions import selectors as promotions
from gongkai.promotions import services as promoting
from gongkai.seals.rules import Refused as NotSealed
from gongkai.ui.http import read_only
from gongkai.ui.paging import KeysAtOnce, KeysFirst, page_links
from gongkai.workbench.rendering import desk_page
from gongkai.workflow.rules import Refused, Rule, Stale

from . import intake, shown, suggesting

PER_PAGE, MOST_DIGITS = 25, 19
WEIGHING = frozenset({"decide", "pass_secrecy", "pass_legal", "sign"})  # acts before which the opinions are read
READING = (WEIGHING | {"send_back"}) - {"decide"}  # and those before which the proposed reply is


@read_only
def queue(request: HttpRequest) -> HttpResponse:
    """What is open, the most urgent first; by state, by words, by how it presses."""
    chosen = request.GET.get("state", "")
    state = State(chosen) if chosen in set(State) else None
    text, due = request.GET.get("q", "").strip()[:100], request.GET.get("due", "")
    days = shown.days_of(due, timezone.localdate())
    pages = KeysAtOnce if text else KeysFirst
    found = pages(selectors.queue(standing_of(request), state=state, text=text, **days), PER_PAGE)
    shown_page = found.get_page(request.GET.get("page"))
    return desk_page(
        request,
        "workbench/applications/queue.html",
        title=_("依申请公开"),
        rows=shown.rows(shown_page.object_list, today=timezone.localdate()),
        shown=shown_page,
        page_links=page_links(request, shown_page),
        states=[(item.value, item.label, item is state) for item in State],
        pressing=[(item.value, item.label, item.value == due) for item in Pressing],
        text=text,
        state=state,
        may_record=bool(standing_of(request).organs_where(*intake.CLERKS)),
        may_import=bool(standing_of(request).organs_where(Role.DISCLOSURE_OFFICE)),
    )


@read_only
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One case: its days with their working, who applied (masked), what happened, what may be done."""
    return _case(request, _found(request, number), PurposeForm())


@read_only
def steps(request: HttpRequest, number: str) -> HttpResponse:
    """The seven questions, one after the other; the answers so far stand in the address, so that Back works."""
    application = _found(request, number)
    walk = tree.walk(request.GET.get("path", "")[:20])
    return desk_page(
        request,
        "workbench/applications/steps.html",
        title=walk.question.label if walk.question else _("这样办理"),
        application=application,
        walk=walk,
        steps=tree.steps(),
        consultations=selectors.consultations(application),
        **shown.arrived(application, walk, timezone.localdate()),
    )


@require_POST
def contact(request: HttpRequest, number: str) -> HttpResponse:
    """Who applied, in plain, for a purpose that is recorded."""
    application = _found(request, number)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return _case(request, application, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    plain = services.read_contact(
        application_id=application.pk, by=standing_of(request), purpose=form.cleaned_data["purpose"]
    )
    return _case(request, application, form, plain=plain)


@read_only
def letter(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """The reply letter, or the draft of it, as PDF or Word. It names the applicant, so reading it is recorded."""
    application = _found(request, number)
    if kind not in services.LETTER_TYPES or not application.contents:
        raise Http404(_("还没有拟定答复。"))
    services.read_contact(application_id=application.pk, by=standing_of(request), purpose=_("查看答复书"))
    return _file(request, lambda: services.reply_file(application, kind), number, kind, f"reply-{application.number}")


@read_only
def paper(request: HttpRequest, number: str, pk: int, kind: str) -> HttpResponse:
    """One paper of the case as it was issued. It may name a person, so reading it is recorded."""
    application = _found(request, number)
    found = selectors.letter_of(application, pk)
    if kind not in services.LETTER_TYPES or found is None:
        raise Http404(_("没有这份文书。"))
    services.read_contact(application_id=application.pk, by=standing_of(request), purpose=_("查看文书"))
    return _file(request, lambda: services.letter_file(found, kind), number, kind, f"letter-{application.number}-{pk}")


def _file(request: HttpRequest, make: Callable[[], bytes], number: str, kind: str, name: str) -> HttpResponse:
    """What was made, to be kept as a file; where the seal is away, back to the case with the reason."""
    try:
        content = make()
    except NotSealed as error:
        messages.error(request, str(error))
        return redirect("cases:case", number=number)
    response = HttpResponse(content, content_type=services.LETTER_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """The form of an act, and the act. What the table does not allow is refused with its reason, nothing is lost."""
    application = _found(request, number)
    rule = flow().rule(application.state, act)
    if rule is None and request.method == "POST":  # somebody else has acted meanwhile: what was typed is shown again
        rule = next((known for known in flow().rules if known.act == act), None)
    if rule is None or act not in acting.ACTS:
        messages.error(request, _("“%(state)s”状态下没有这一办理事项。") % {"state": State(application.state).label})
        return redirect("cases:case", number=number)
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    if act == "decide" and kind not in reply.kinds():
        return _choose_kind(request, application, rule)
    today = timezone.localdate()
    first = _first(request, application, act, today)
    if act == "decide":
        first |= suggesting.drafted(request, application, kind)
    form = acting.ACTS[act].form(application, kind, request.POST if request.method == "POST" else None, first)
    if request.method == "POST" and form.is_valid() and _done(request, application, act, form, kind):
        messages.success(request, _("已办理：%(act)s。") % {"act": rule.label})
        return redirect("cases:case", number=number)
    return _act_page(request, application, rule, form, kind)


def _done(request: HttpRequest, application: selectors.Application, act: str, form: Form, kind: str) -> bool:
    """Whether the act was done; if not, the form says why, and what was typed can be sent again."""
    by = standing_of(request)
    who = {"pk": application.pk, "by": by} | {name: form.cleaned_data[name] for name in ("version", "key")}
    data = {**form.cleaned_data, "kind": kind, "today": timezone.localdate(), "user_id": by.user_id}
    try:
        acting.ACTS[act].do(application, who, data)
    except Stale:
        application.refresh_from_db()
        again = request.POST.copy()
        again["version"] = str(application.version)
        form.data = again
        told = _("您打开页面之后，已有他人办理了这一申请。您写的都还在：请先核对申请现在的情况，仍要办理的，再点一次。")
        form.add_error(None, told)
        return False
    except Refused as error:
        form.add_error(None, str(error))
        return False
    return True


def _first(request: HttpRequest, application: selectors.Application, act: str, today: date) -> dict[str, Any]:
    """What stands in the form of an act at first; the letter whose service is entered is named in the address."""
    letter = request.GET.get("letter", "")
    return {
        **acting.ACTS[act].initial(application, today),
        **({"letter": int(letter)} if letter.isascii() and letter.isdigit() and len(letter) < MOST_DIGITS else {}),
        "today": today,
        "version": application.version,
        "key": secrets.token_urlsafe(24),
        "by": standing_of(request).actor,
        "files": request.FILES if request.method == "POST" else None,
    }


@require_POST
def take_back(request: HttpRequest, number: str, pk: UUID) -> HttpResponse:
    """Take a file off the reply in the making."""
    application = _found(request, number)
    try:
        services.take_back(pk=application.pk, by=standing_of(request), file=pk)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已经从答复中取下。"))
    return redirect("cases:case", number=number)


def _found(request: HttpRequest, number: str) -> selectors.Application:
    found = selectors.by_number(standing_of(request), number)
    if found is None:
        raise Http404(_("没有这份申请，或者它不属于您负责的机关。"))
    return found


def _case(
    request: HttpRequest,
    application: selectors.Application,
    form: PurposeForm,
    *,
    plain: selectors.Contact | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    selectors.read_whole(application)
    return desk_page(
        request,
        "workbench/applications/case.html",
        title=_("申请 %(number)s") % {"number": application.number},
        status=status,
        application=application,
        form=form,
        contact=plain or selectors.masked(application),
        in_plain=plain is not None,
        **_acts(request, application),
        disputes=disputes.of_application(application),
        promotions=promotions.of_application(application),
        may_promote=application.state in ENDED
        and application.code in GRANTING
        and bool(promoting.PROPOSERS & standing_of(request).roles_in(application.organ.code)),
        may_export=bool(services.EXPORTERS & standing_of(request).roles_in(application.organ.code)),
        may_dispute=bool(disputing.OPENERS & standing_of(request).roles_in(application.organ.code)),
        **shown.case(application, timezone.localdate()),
        **shown.precedents(application, standing_of(request)),
        **suggesting.offered(application, standing_of(request)),
    )


def _acts(request: HttpRequest, application: selectors.Application) -> dict[str, object]:
    """What may be done now; the service of a letter is entered where the letters stand."""
    roles = standing_of(request).roles_in(application.organ.code)
    found = selectors.open_acts(application, roles, timezone.localdate())
    acts = [rule for rule in found if rule.act != "serve"]
    return {"acts": acts, "may_serve": len(acts) < len(found) and not application.forgotten_on}


def _choose_kind(request: HttpRequest, application: selectors.Application, rule: Rule) -> HttpResponse:
    return desk_page(
        request,
        "workbench/applications/kinds.html",
        title=rule.label,
        application=application,
        groups=shown.kinds(timezone.localdate()),
    )


def _act_page(
    request: HttpRequest, application: selectors.Application, rule: Rule, form: object, kind: str
) -> HttpResponse:
    bound = request.method == "POST"
    return desk_page(
        request,
        "workbench/applications/act.html",
        title=rule.label,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if bound else HTTPStatus.OK,
        application=application,
        rule=rule,
        form=form,
        kind=reply.kinds().get(kind),
        cite=shown.cited(rule.cite),
        consultations=selectors.consultations(application) if rule.act in WEIGHING else [],
        proposed=shown.proposed(application) if rule.act in READING else {},
    )
