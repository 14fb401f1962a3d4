"""What came over the counter, by post, by fax or by word of mouth is recorded; the paper receipt is printed."""

from __future__ import annotations

import secrets
from datetime import datetime, time
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.accounts.enums import Role
from gongkai.accounts.permissions import standing_of
from gongkai.applications import selectors, services
from gongkai.applications.forms import IntakeForm
from gongkai.applications.rules import codes
from gongkai.applications.rules.clock import SHANGHAI
from gongkai.deadlines import selectors as deadlines
from gongkai.deadlines.enums import Channel
from gongkai.deadlines.rules import LIMITS, limit_due, receipt_of
from gongkai.deadlines.rules import due as due_of
from gongkai.workbench.rendering import desk_page
from gongkai.workflow.rules import Refused

CLERKS = (Role.OFFICER, Role.DISCLOSURE_OFFICE)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """The form, and then the receipt with the query code, which is shown this once."""
    standing = standing_of(request)
    first = {"key": secrets.token_urlsafe(24), "arrived_on": timezone.localdate()}
    posted = request.POST if request.method == "POST" else None
    organs = standing.organs_where(*CLERKS)
    form = IntakeForm(posted, request.FILES or None, initial=first, organs=organs, by=standing.actor)
    if posted is not None and form.is_valid():
        try:
            receipt = services.submit(
                draft=form.draft(),
                key=form.cleaned_data["key"],
                channel=Channel(form.cleaned_data["channel"]),
                at=_moment(form),
                attachments=[file.pk for file in form.cleaned_data["scans"]],
                by=standing.actor,
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return _receipt(request, receipt)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    title = _("录入线下申请")
    return desk_page(request, "workbench/applications/intake.html", title=title, form=form, status=status)


def _moment(form: IntakeForm) -> datetime:
    """Noon of the day it arrived; now, when that is today."""
    day = form.cleaned_data["arrived_on"]
    return timezone.now() if day == timezone.localdate() else datetime.combine(day, time(12), SHANGHAI)


def _receipt(request: HttpRequest, receipt: services.Receipt) -> HttpResponse:
    application = receipt.application
    day = timezone.localdate(application.submitted_at)
    calendar, days = deadlines.calendar(), application.organ.recording_days
    entry = limit_due(LIMITS["offline_entry"], day, calendar)
    due = due_of(day, days, calendar, cite=entry.cite) if days else entry
    return desk_page(
        request,
        "workbench/applications/receipt.html",
        title=_("收件回执"),
        application=application,
        code=codes.shown(receipt.code),
        day=day,
        rule=receipt_of(Channel(application.channel), day).text,
        late=timezone.localdate() > due.due_on,
        due=due,
        reply=selectors.working(application),
    )
