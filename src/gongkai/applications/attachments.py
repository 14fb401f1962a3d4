"""Files of a case: what the applicant brought, and what is given with the reply. Who may read them."""

from __future__ import annotations

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from gongkai.accounts.rules import Standing
from gongkai.files.selectors import register_owner

from . import selectors
from .selectors import BROUGHT, GIVEN, LETTER, RECTIFICATION, REDACTED


def _cases_of(standing: Standing) -> Q:
    seen = selectors.visible_to(standing).annotate(text=Cast("pk", CharField())).values("text")
    return Q(owner_id__in=seen)


def _letters_of(standing: Standing) -> Q:
    seen = selectors.letters_visible_to(standing).annotate(text=Cast("pk", CharField())).values("text")
    return Q(owner_id__in=seen)


def _rectifications_of(standing: Standing) -> Q:
    seen = selectors.rectifications(standing).order_by().annotate(text=Cast("pk", CharField())).values("text")
    return Q(owner_id__in=seen)


def registered() -> None:
    """Called once, when the program starts."""
    register_owner(BROUGHT, _cases_of)
    register_owner(GIVEN, _cases_of)
    register_owner(REDACTED, _cases_of)
    register_owner(LETTER, _letters_of)
    register_owner(RECTIFICATION, _rectifications_of)
