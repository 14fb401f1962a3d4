"""Applications that want the same: precedents for the officer, who decides. Nothing of another organ's applicant is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from gongkai.accounts.rules import Standing
from gongkai.applications.models import Application
from gongkai.applications.rules import likeness, reply
from gongkai.organisations import selectors as organisations

from .cases import sees, visible_to
from .papers import outcome_label

CANDIDATES, MOST, OF_A_BAND = 64, 8, 60
ONE_BAND = (
    "SELECT * FROM (SELECT application_id FROM applications_band WHERE value = %s AND place = %s"
    " AND application_id <> %s ORDER BY application_id DESC LIMIT %s) AS newest"
)


@dataclass(frozen=True)
class Alike:
    """A case that wants much the same. `number` and `wanted` are empty for a case that the reader may not see."""

    number: str
    wanted: str
    organ: str
    submitted: str
    outcome: str
    kind: str
    percent: int
    same_applicant: bool
    handler: str

    @property
    def same(self) -> bool:
        """Whether it wants the very same."""
        return self.percent >= 100 * likeness.SAME


def alike(standing: Standing, application: Application) -> list[Alike]:
    """The most alike first: of every organ, and any of the same applicant. Five queries, however many."""
    own = likeness.shingles(application.description)
    texts = Application.objects.filter(pk__in=_candidates(application)).values_list("pk", "description")
    found = [(likeness.likeness(own, likeness.shingles(text)), pk) for pk, text in texts]
    near = sorted((one for one in found if one[0] >= likeness.ALIKE), reverse=True)[:MOST]
    keys = [pk for _share, pk in near]
    rows = Application.objects.filter(pk__in=keys).select_related("organ", "handler").in_bulk()
    return [_told(application, rows[pk], share, visible=sees(standing, rows[pk])) for share, pk in near]


def proposed(found: list[Alike]) -> likeness.Proposal | None:
    """The kind of reply that alike cases speak for."""
    return likeness.proposal([(one.kind, one.percent / 100) for one in found if one.kind in reply.kinds()])


def precedent(standing: Standing, number: str, kind: str) -> dict[str, str]:
    """What an earlier reply of a kind said, for the draft of another; empty where the reader may not see it."""
    row = visible_to(standing).filter(number=number, counted_on__isnull=False).first()
    contents = dict(row.contents) if row is not None else {}
    return contents if contents.pop("kind", "") == kind else {}


def likely_organ(application: Application, found: list[Alike]) -> str:
    """Another organ that the text names, else the one that most alike cases were handled by; "" when none speaks."""
    named = organisations.named_in(application.description)
    if named:
        return "" if application.organ.name in named else named[0]
    others = [one.organ for one in found]
    most = max(set(others), key=others.count, default="")
    return most if most != application.organ.short_name and others.count(most) * 2 > len(others) else ""


def _candidates(application: Application) -> list[int]:
    """Those that share bands, the most bands first, and those of the same applicant.

    Of a band that very many share, as with a form filled in by the thousand, the newest are looked at.
    """
    shared = Counter(_sharing(application))
    best = sorted(shared, key=lambda pk: (-shared[pk], -pk))[:CANDIDATES]
    mine = Application.objects.filter(identity_digest=application.identity_digest).exclude(identity_digest="")
    same = mine.exclude(pk=application.pk).order_by("-pk").values_list("pk", flat=True)[:CANDIDATES]
    return best + list(same)


def _sharing(application: Application) -> Iterator[int]:
    """An application once for each band it shares. The database stops at the newest of each band by its index."""
    bands = list(application.bands.values_list("value", "place"))
    if not bands:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join([ONE_BAND] * len(bands)),
            [part for value, place in bands for part in (value, place, application.pk, OF_A_BAND)],
        )
        for (pk,) in cursor.fetchall():
            yield pk


def _told(application: Application, row: Application, share: float, *, visible: bool) -> Alike:
    return Alike(
        number=row.number if visible else "",
        wanted=row.description[:80] if visible else "",
        organ=row.organ.short_name,
        submitted=row.submitted_at.date().isoformat(),
        outcome=outcome_label(row) if row.closed_on else "",
        kind=str(row.contents.get("kind", "")) if row.closed_on else "",
        percent=round(100 * share),
        same_applicant=visible and row.identity_digest == application.identity_digest != "",
        handler=row.handler.name if visible and row.handler else "",
    )
