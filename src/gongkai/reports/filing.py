"""The flow of uploaded reports, bound to its table, and who may read the files."""

from __future__ import annotations

from functools import cache

from django.db.models import Q

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.workflow.rules import Binding

from .models import Filing
from .rules.flow import flow

OWNER = "reports.filing"
READERS = (
    Role.OFFICER,
    Role.SECTION_CHIEF,
    Role.DISCLOSURE_OFFICE,
    Role.COMPETENT_DEPARTMENT,
    Role.AUDITOR,
)


@cache
def binding() -> Binding:
    """The flow and the table whose rows run through it."""
    return Binding(flow(), Filing, lambda filing: filing.organ)


def may_read(standing: Standing) -> Q:
    """The uploaded files of the organs for which somebody handles reports."""
    return Q(organ__in=standing.organs_where(*READERS))
