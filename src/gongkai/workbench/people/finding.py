"""What the pages look up: a person among those one may manage, the organs one may choose."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts import selectors as accounts
from gongkai.accounts.permissions import NotYours, standing_of
from gongkai.accounts.rules.delegation import scope
from gongkai.organisations import selectors as organisations


def found_person(request: HttpRequest, pk: int) -> Any:
    """The person; 404 when there is none or he is not this administrator's, which are told the same."""
    person = accounts.managed_by(standing_of(request), timezone.localdate()).filter(pk=pk).first()
    if person is None:
        raise Http404(_("没有这位工作人员。"))
    return person


def organ_choices(request: HttpRequest) -> list[tuple[str, str]]:
    """The organs this administrator may choose, in their official order."""
    mine = scope(standing_of(request))
    return [(organ.code, organ.name) for organ in organisations.organs() if organ.code in mine]


def refusal(form: Form, error: ValidationError | NotYours) -> None:
    """Write into the form what the service refused."""
    form.add_error(None, error if isinstance(error, ValidationError) else str(error))
