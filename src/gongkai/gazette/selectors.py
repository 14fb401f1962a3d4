"""Reads of this context: articles, issues, what is late, where the printed copies are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import QuerySet

from gongkai.catalogue import selectors as library
from gongkai.deadlines import selectors as deadlines

from .enums import IssueState
from .models import Article, Entry, Issue, Point
from .rules import timing
from .rules.citing import Citation
from .rules.declared import declared
from .rules.frozen import Frozen, Text, thawed
from .rules.ledger import Balance, Line, balance

__all__ = ["Article", "Issue", "Point"]


def articles() -> QuerySet[Article]:
    """What everybody may read: articles whose documents are public still."""
    return Article.objects.filter(item__in=library.public()).select_related("item__organ", "issue")


def article(pk: int) -> Article | None:
    """One of them."""
    return articles().filter(pk=pk).first()


def slug_in_print(pk: int) -> str:
    """The slug of the document of an article that stands in a published issue, whatever became of it; "" for none."""
    found = Article.objects.filter(pk=pk, issue__state=IssueState.PUBLISHED.value)
    return found.values_list("item__slug", flat=True).first() or ""


def waiting() -> QuerySet[Article]:
    """Articles in no issue yet, the oldest first."""
    return articles().filter(issue=None).order_by("released_on", "pk")


def issues() -> QuerySet[Issue]:
    """The published ones, the newest first."""
    return Issue.objects.filter(state=IssueState.PUBLISHED.value).defer("frozen")


def every_issue() -> QuerySet[Issue]:
    """Also those being compiled: for the desk."""
    return Issue.objects.defer("frozen")


def issue(year: int, number: int) -> Issue | None:
    """A published issue."""
    return Issue.objects.filter(state=IssueState.PUBLISHED.value, year=year, number=number).first()


def any_issue(pk: int) -> Issue | None:
    """An issue in any state: for the desk."""
    return Issue.objects.filter(pk=pk).first()


def arranged(found: Issue) -> list[Article]:
    """The articles of an issue in their order."""
    rows = found.articles.select_related("item__organ")
    return sorted(rows, key=lambda row: (row.place or 0, declared().order(row.column), row.released_on, row.pk))


def printed(found: Issue) -> Frozen:
    """What the files of a published issue are made from."""
    return thawed(found.frozen)


def drafted(found: Issue, *, total: int, on: date) -> Frozen:
    """What its files would be made from today."""
    told = declared()
    texts = tuple(
        Text(
            number=number,
            column=told.label(row.column),
            title=row.item.title,
            organ=row.item.organ.name,
            document_number=row.item.document_number,
            day=row.item.published_on.isoformat() if row.item.published_on else "",
            body=row.item.body,
        )
        for number, row in enumerate(arranged(found), 1)
    )
    return Frozen(told.name, told.publisher, found.year, found.number, total, on.isoformat(), texts)


def cited(citation: Citation) -> tuple[Issue, Article | None] | None:
    """The issue that a citation names, with its article; None when there is none such."""
    found = issue(citation.year, citation.issue)
    if found is None or citation.article is None:
        return (found, None) if found else None
    row = found.articles.select_related("item__organ").filter(place=citation.article).first()
    return (found, row) if row else None


def missing(*, today: date) -> list[timing.Missing]:
    """Issues that should have appeared since the gazette began here, and have not."""
    first = Issue.objects.order_by("year", "number").values_list("year", "number").first()
    if first is None:
        return []
    a_year = declared().issues_a_year
    appeared = set(issues().values_list("year", "number"))
    return timing.missing(
        appeared,
        since=timing.due_on(first[0], first[1], a_year),
        today=today,
        a_year=a_year,
        next_working_day=_next_working_day(),
    )


def _next_working_day() -> Callable[[date], date]:
    calendar = deadlines.calendar()

    def following(day: date) -> date:
        after = day + timedelta(days=1)
        while not calendar.day(after).is_working:
            after += timedelta(days=1)
        return after

    return following


def points() -> QuerySet[Point]:
    """The distribution points that are still served."""
    return Point.objects.filter(active=True)


def entries(found: Issue) -> QuerySet[Entry]:
    """The ledger of an issue."""
    return found.entries.select_related("point", "by")


def stock(found: Issue) -> Balance:
    """Where its printed copies are."""
    return balance(lines(found))


def lines(found: Issue) -> list[Line]:
    """The ledger as the rule reads it."""
    return [Line(row.kind, row.count, row.point.name if row.point else "") for row in entries(found)]


def by_digest(sha256: str) -> tuple[Issue, str] | None:
    """The issue and the form of a file with this digest; None when no issue has it."""
    for found in issues():
        for form, digest in found.digests.items():
            if digest == sha256:
                return found, form
    return None
