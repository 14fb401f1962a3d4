"""What an applicant may answer in a state of the case: with which form, by which act."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from gongkai.applications import selectors, services
from gongkai.applications.enums import State
from gongkai.applications.forms import PaidAnswerForm, ReasonsAnswerForm, SupplementAnswerForm
from gongkai.workflow import selectors as workflow

ANSWERS = {
    State.SUPPLEMENTING.value: (SupplementAnswerForm, services.supplement),
    State.EXPLAINING.value: (ReasonsAnswerForm, services.give_reasons),
    State.PAYING.value: (PaidAnswerForm, services.report_payment),
}


def form_of(application: selectors.Application, request: HttpRequest | None = None) -> forms.Form | None:
    """The form that fits the state, with what was sent if anything was; None where nothing is asked of the applicant."""
    known = ANSWERS.get(application.state)
    if known is None:
        return None
    if request is None:
        return known[0](initial={"version": application.version})
    return known[0](request.POST, request.FILES)


def act(application: selectors.Application, said: forms.Form) -> selectors.Application:
    """Do it. Raises `Refused`; the same submission again changes nothing."""
    service = ANSWERS[application.state][1]
    data = said.cleaned_data
    return service(
        pk=application.pk,
        by=services.applicant_of(application),
        version=data["version"],
        key=_key(application, data["version"]),
        today=timezone.localdate(),
        text=data["text"],
        attachments=[file.pk for file in data["attached"]],
    )


def done_before(application: selectors.Application, request: HttpRequest) -> bool:
    """Whether this very submission has been taken already: somebody pressed the button twice."""
    key = _key(application, request.POST.get("version", ""))
    return workflow.performed(flow="applications", key=key) is not None


def _key(application: selectors.Application, version: object) -> str:
    return f"answer-{application.pk}-{version}"[:64]
