"""Issues for tests."""

from __future__ import annotations

from datetime import date

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.accounts.tests.factories import an_officer
from gongkai.catalogue.tests.factories import published
from gongkai.gazette import selectors, services
from gongkai.gazette.models import Article, Issue

TODAY = date(2025, 6, 27)


def compiler(role: Role = Role.DISCLOSURE_OFFICE, organ: str = "district-office") -> Standing:
    """Somebody with a duty of the office that publishes the gazette."""
    return accounts.standing(an_officer(role, organ), TODAY)


def articles(count: int = 2) -> list[int]:
    """Articles of documents of the district government."""
    for _at in range(count):
        item = published(organ="hongkou")
        assert services.queue(item=item.pk, on=date(2025, 5, 8)).column == "government"
    return [row.pk for row in selectors.waiting()]


def an_issue(by: Standing | None = None, *, year: int = 2025, number: int = 2, count: int = 2) -> Issue:
    """A published issue."""
    by = by or compiler()
    waiting = articles(count)
    found = services.open_issue(year=year, number=number, by=by)
    found = services.arrange(pk=found.pk, articles=waiting, version=0, by=by)
    return services.publish(pk=found.pk, version=found.version, by=by, today=TODAY)


def a_matrix_issue() -> Issue:
    """A published issue whose files nobody has built: setting them takes a second."""
    found = Issue.objects.create(year=2024, number=1)
    item = published(organ="hongkou")
    Article.objects.create(item=item, column="government", released_on=TODAY, issue=found, place=1)
    frozen = selectors.drafted(found, total=1, on=TODAY)
    found.state, found.published_on, found.total, found.frozen = "published", TODAY, 1, frozen.as_object
    found.digests = dict.fromkeys(("html", "pdf", "epub"), "0" * 64)
    found.save()
    return found
