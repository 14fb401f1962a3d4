"""One address may not ask the search without end."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from gongkai.accounts.rules.sessions import address_of
from gongkai.search import services
from gongkai.search.services import AskedTooOften


def counted(request: HttpRequest) -> AskedTooOften | None:
    """Count the question of this request; what refuses it, where its minute is full."""
    try:
        services.count_question(address_of(request.META, behind_proxy=settings.TRUST_PROXY))
    except AskedTooOften as error:
        return error
    return None


def too_many(refused: AskedTooOften) -> HttpResponse:
    """For what is no page: the reason as plain text."""
    return HttpResponse(
        str(refused),
        status=HTTPStatus.TOO_MANY_REQUESTS,
        content_type="text/plain; charset=utf-8",
        headers={"Retry-After": str(refused.seconds)},
    )
