"""What the desk asks of the library."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.catalogue.enums import RelationKind, Review, State
from gongkai.catalogue.models import Batch, Item, Relation
from gongkai.catalogue.rules import gates, numbers

from . import MAKERS, courses
from .rows import whole

REVIEWERS = {
    Role.SECRECY_REVIEWER: Review.SECRECY,
    Role.LEGAL_REVIEWER: Review.LEGALITY,
    Role.COMPETENT_DEPARTMENT: Review.COORDINATION,
}


def of_desk(standing: Standing) -> QuerySet[Item]:
    """The items of the organs for which somebody makes or reviews them, public or not, without their texts."""
    own = standing.organs_where(*MAKERS)
    found = Item.objects.filter(organ__code__in=own).select_related("organ", "course", "drafted_by")
    return found.defer("body", "anchors").order_by("-changed_at", "-pk")


def item(standing: Standing, pk: int) -> Item | None:
    """One of them, whole."""
    own = standing.organs_where(*MAKERS)
    found = Item.objects.filter(pk=pk, organ__code__in=own)
    return found.select_related("organ", "drafted_by", "translation_of", "redirect_to").first()


@dataclass(frozen=True)
class Beside:
    """An item beside another at the desk: what the relation is called from here, its title, and where it is."""

    label: str
    title: str
    pk: int | None
    slug: str
    state: str


def related(standing: Standing, item: Item) -> list[Beside]:
    """Both ways, and those being made too; each links to the desk where the reader may see it there."""
    own = standing.organs_where(*MAKERS)
    ways = (
        (Relation.objects.filter(source=item).select_related("target__organ"), "target"),
        (Relation.objects.filter(target=item).select_related("source__organ"), "source"),
    )
    found = []
    for rows, name in ways:
        for row in rows.defer(*(f"{name}__{column}" for column in ("body", "anchors"))):
            other, kind = getattr(row, name), RelationKind(row.kind)
            label = kind.label if name == "target" else kind.passive
            if other is None:
                found.append(Beside(label, row.named, None, "", ""))
            elif other.organ.code in own:
                found.append(Beside(label, other.title, other.pk, "", State(other.state).label))
            elif other.public:
                found.append(Beside(label, other.title, None, other.slug or "", ""))
            elif name == "target":
                found.append(Beside(label, row.named, None, "", ""))
    return found


def listed(standing: Standing, *, state: str = "", words: str = "") -> QuerySet[Item]:
    """Those in a state, or whose title or number has the words."""
    found = of_desk(standing)
    if state:
        found = found.filter(state=state)
    if words:
        number = numbers.parse(words)
        named = Q(title__icontains=words) | Q(index_number=words)
        found = found.filter(named | Q(number_key=number.key) if number else named)
    return found


def counts(standing: Standing) -> dict[str, int]:
    """How many there are in each state."""
    own = standing.organs_where(*MAKERS)
    rows = Item.objects.filter(organ__code__in=own).order_by().values_list("state").annotate(n=Count("pk"))
    return dict(rows)


def tasks(standing: Standing) -> QuerySet[Item]:
    """What waits for somebody: drafts of one's own, what is to be approved or reviewed, corrections to be released."""

    def of(role: Role, **wanted: object) -> Q:
        return Q(organ__code__in=standing.organs_where(role), **wanted)

    waiting = Q(state=State.DRAFTING.value, drafted_by=standing.user_id or None)
    waiting |= of(Role.SECTION_CHIEF, state=State.SUBMITTED.value)
    waiting |= Q(pk__in=[one.pk for one in _in_review(standing) if _waits(one, standing)])
    waiting |= Q(pk__in=[one.pk for one in _corrected(standing) if _correction_waits(one, standing)])
    return of_desk(standing).filter(waiting)


def _in_review(standing: Standing) -> QuerySet[Item]:
    """What is being reviewed in the organs for which somebody reviews or releases, with all that a review is of."""
    organs = standing.organs_where(*REVIEWERS, Role.DISCLOSURE_OFFICE)
    found = whole(Item.objects.filter(state=State.IN_REVIEW.value, organ__code__in=organs))
    return found.select_related("organ", "course", "translation_of", "redirect_to").prefetch_related("passes")


def _waits(item: Item, standing: Standing) -> bool:
    """Whether it waits for this person: a review that passed for an earlier draft is not one of this draft."""
    whole_passes = list(item.passes.all())
    digest = courses.digest(item) if whole_passes else ""
    passed = {one.review for one in whole_passes if one.digest == digest}
    roles = {Role(role) for role in standing.roles_in(item.organ.code)}
    if Role.DISCLOSURE_OFFICE in roles and Review.SECRECY.value in passed:
        return True
    forced_by = item.course.forced_by_id if hasattr(item, "course") else None
    if Role.COMPETENT_DEPARTMENT in roles and forced_by not in {None, standing.user_id}:
        return True
    asked = gates.reviews(item.kind, lays_down_rules=gates.lays_down_rules(item.kind, item.body))
    return any(role in roles and review in asked and review.value not in passed for role, review in REVIEWERS.items())


def _corrected(standing: Standing) -> QuerySet[Item]:
    """What is public and has a correction waiting, in the organs for which somebody reviews or releases."""
    organs = standing.organs_where(*REVIEWERS, Role.DISCLOSURE_OFFICE)
    found = Item.objects.filter(state=State.PUBLISHED.value, course__pending_by__isnull=False, organ__code__in=organs)
    return found.select_related("organ", "course").defer("body", "anchors")


def _correction_waits(item: Item, standing: Standing) -> bool:
    """Whether a correction waits for this person: for a review that it still needs, or, with all of them, for release."""
    roles = {Role(role) for role in standing.roles_in(item.organ.code)}
    lacking = {one.name for one in gates.uncorrected(item.kind, item.course.pending)}
    if not lacking and Role.DISCLOSURE_OFFICE in roles:
        return True
    return any(role in roles and review.value in lacking for role, review in REVIEWERS.items())


def batches(standing: Standing) -> QuerySet[Batch]:
    """The tables of drafts that somebody handed in, the latest first, without their content."""
    return Batch.objects.filter(by_id=standing.user_id).defer("content", "faults")


def batch(standing: Standing, pk: int) -> Batch | None:
    """One of them, with what is wrong in it."""
    return Batch.objects.filter(by_id=standing.user_id, pk=pk).defer("content").first()
