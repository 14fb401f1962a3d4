"""Sample issues of the demo: the sample library's documents of some quarters, numbered, with a ledger that balances."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.accounts import selectors as accounts
from gongkai.accounts.rules import Standing
from gongkai.catalogue import selectors as library
from gongkai.seals.rules import Refused as NotSealed

from . import selectors, services
from .enums import Movement
from .rules.declared import declared
from .rules.timing import MONTHS, due_on

COMPILER = "disclosure.office"
ISSUES = ((2025, 1), (2025, 2), (2025, 3))
POINTS = (("区行政服务中心（示例）", 600), ("区图书馆（示例）", 300), ("区档案馆（示例）", 200))
PRINTED = 2500
MOST = 12  # articles of an issue


def load(*, today: date) -> int:
    """Articles of everything released, and the sample issues; how many were published. Again: none."""
    for pk, on in library.public().order_by("published_on", "pk").values_list("pk", "published_on"):
        services.queue(item=pk, on=on or today)
    person = accounts.by_username(COMPILER)
    if person is None or selectors.every_issue().exists():
        return 0
    by = accounts.standing(person, today)
    for name, _copies in POINTS:
        services.add_point(name=name, address="", by=by)
    made = 0
    for year, number in ISSUES:
        last = due_on(year, number, declared().issues_a_year)
        first = last.replace(day=1) - timedelta(days=31 * (MONTHS // declared().issues_a_year - 1))
        rows = selectors.waiting().filter(released_on__range=(first.replace(day=1), last))
        order = sorted(rows, key=lambda row: (declared().order(row.column), row.released_on, row.pk))[:MOST]
        if not order:
            continue
        issue = services.open_issue(year=year, number=number, by=by)
        issue = services.arrange(pk=issue.pk, articles=[row.pk for row in order], version=issue.version, by=by)
        services.publish(pk=issue.pk, version=issue.version, by=by, today=last)
        _seal(issue.pk, by)
        _distribute(issue.pk, last, by)
        made += 1
    return made


def _seal(pk: int, by: Standing) -> None:
    try:
        services.seal(pk=pk, by=by.actor)
    except NotSealed:
        return  # a demo without keys has its issues unsealed, and says so


def _distribute(pk: int, on: date, by: Standing) -> None:
    services.enter(
        pk=pk, kind=Movement.PRINTED, count=PRINTED, point=None, on=on, note="", key=f"sample-{pk}-printed", by=by
    )
    for point, (_name, copies) in zip(selectors.points(), POINTS, strict=False):
        services.enter(
            pk=pk,
            kind=Movement.SENT,
            count=copies,
            point=point.pk,
            on=on,
            note="",
            key=f"sample-{pk}-{point.pk}",
            by=by,
        )
