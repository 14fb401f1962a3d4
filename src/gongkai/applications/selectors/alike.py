"""Applications that want the same: precedents for the officer, who decides. Nothing of another organ's applicant is told."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from gongkai.accounts.rules import Standing
from gongkai.applications.models import Application, Band
from gongkai.applications.rules import likeness, reply
from gongkai.organisations import selectors as organisations

from .cases import visible_to
from .papers import outcome_label

CANDIDATES, MOST = 200, 8


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
    """The most alike first: of every organ, and any of the same applicant. Six queries, however many."""
    own = likeness.shingles(application.description)
    texts = Application.objects.filter(pk__in=_candidates(application)).values_list("pk", "description")
    found = [(likeness.likeness(own, likeness.shingles(text)), pk) for pk, text in texts]
    near = sorted((one for one in found if one[0] >= likeness.ALIKE), reverse=True)[:MOST]
    keys = [pk for _share, pk in near]
    seen = set(visible_to(standing).filter(pk__in=keys).values_list("pk", flat=True))
    rows = Application.objects.filter(pk__in=keys).select_related("organ", "handler").in_bulk()
    return [_told(application, rows[pk], share, visible=pk in seen) for share, pk in near]


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
    """Those that share bands, the most bands first, and those of the same applicant."""
    values = Q(pk__in=[])
    for place, value in application.bands.values_list("place", "value"):
        values |= Q(place=place, value=value)
    shared = Band.objects.filter(values).exclude(application=application).values("application")
    best = shared.annotate(shared=Count("pk")).order_by("-shared", "-application")[:CANDIDATES]
    mine = Application.objects.filter(identity_digest=application.identity_digest).exclude(identity_digest="")
    same = mine.exclude(pk=application.pk).order_by("-pk").values_list("pk", flat=True)[:CANDIDATES]
    return [row["application"] for row in best] + list(same)


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
