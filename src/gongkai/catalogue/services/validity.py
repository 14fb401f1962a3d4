"""Validity follows from days and relations: derived in the transaction that changes them, and swept every day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.catalogue.enums import DEEDS, ChangeKind, Validity
from gongkai.catalogue.events import ItemChanged
from gongkai.catalogue.models import Item, Relation
from gongkai.catalogue.rules.naming import key_of, keys
from gongkai.catalogue.rules.validity import Deed, Document, Standing, evaluate_from, last_day, standing
from gongkai.catalogue.selectors import in_effect
from gongkai.kernel import bus
from gongkai.statutes import in_force

from .writing import tell

# A document that is not what its dates alone make it: the public is told when it became so.
_TOLD = (Validity.REPEALED, Validity.LAPSED, Validity.AMENDED)
BATCH = 500


def document_of(item: Item) -> Document:
    """What the rule goes by."""
    return Document(
        item.kind, item.title, item.genre, item.signed_on, item.published_on, item.effective_on, item.expires_on
    )


def join(items: Iterable[Item]) -> set[int]:
    """Join relations to the items they name, both ways; the keys of all items that something is done to by these."""
    whole = list(items)
    _join_waiting(whole)
    _join_named(list(Relation.objects.filter(source__in=whole, target__isnull=True)))
    touched = Relation.objects.filter(source__in=whole, target__isnull=False, kind__in=DEEDS)
    return set(touched.values_list("target_id", flat=True)) - {None}


def _join_waiting(items: Sequence[Item]) -> None:
    """Relations that were waiting for one of these items; of several that bear a name, for the first."""
    bearers: dict[str, list[Item]] = {}
    for item in items:
        for name in keys(index_number=item.index_number or "", document_number=item.document_number, title=item.title):
            bearers.setdefault(name, []).append(item)
    joined = []
    for relation in Relation.objects.filter(named_key__in=bearers, target__isnull=True):
        found = (one for one in bearers[relation.named_key] if one.pk != relation.source_id)
        relation.target = next(found, None)
        joined += [relation] if relation.target else []
    Relation.objects.bulk_update(joined, ["target"])


def _join_named(relations: Sequence[Relation]) -> None:
    """Relations to items that are here already: to the newest, where several bear the name."""
    if not relations:
        return
    wanted = {relation: _names_of(relation.named) for relation in relations}
    numbers, spelt, titles = (set(names) - {""} for names in zip(*wanted.values(), strict=True))
    # Whether public or not: the index of titles begins with that.
    same = Q(index_number__in=numbers) | Q(number_key__in=spelt) | Q(public__in=(True, False), title__in=titles)
    columns = ("pk", "index_number", "number_key", "title")
    found = list(Item.objects.filter(same).order_by("-published_on", "-pk").values_list(*columns))
    places: dict[tuple[int, str], list[int]] = {}
    for place, (_pk, *names) in enumerate(found):
        for which, name in enumerate(names):
            places.setdefault((which, name), []).append(place)
    for relation, names in wanted.items():
        bearers = [found[place][0] for place in sorted(p for which in enumerate(names) for p in places.get(which, ()))]
        relation.target_id = next((pk for pk in bearers if pk != relation.source_id), None)
    Relation.objects.bulk_update([one for one in relations if one.target_id], ["target"])


def _names_of(named: str) -> tuple[str, str, str]:
    """What a name may be: an index number, a document number in one spelling, a title."""
    return named.strip(), key_of(named), named.strip().strip("《》")


def derive(pks: Collection[int], *, today: date, told: bool = True) -> list[int]:
    """Derive the validity of these items and of their translations anew; the keys of those that changed.

    Call it inside a transaction.
    """
    pks = {*pks, *Item.objects.filter(translation_of__in=pks).values_list("pk", flat=True)}
    whole = Item.objects.filter(pk__in=pks).defer("body", "anchors")
    deeds = _deeds(pks)
    changed = []
    for item in whole:
        found = standing(document_of(item), [deed for deed, _by in deeds.get(item.pk, ())], today=today)
        before = item.validity
        _write(item, found)
        if before != found.validity.value:
            changed.append(item.pk)
            by = next((title for deed, title in deeds.get(item.pk, ()) if deed.on == found.since), "")
            _tell(item, found, before, by, today=today, told=told)
    return changed


def _deeds(pks: Collection[int]) -> dict[int, list[tuple[Deed, str]]]:
    """What effective items do to each of these, with the title of the doer; to a translation, what is done to its text."""
    translated = Item.objects.filter(pk__in=pks, translation_of__isnull=False).values_list("pk", "translation_of_id")
    texts = dict(translated)
    rows = Relation.objects.filter(in_effect("source__"), target__in={*pks, *texts.values()}, kind__in=DEEDS)
    columns = ("target_id", "kind", "source__effective_on", "source__published_on", "source__title")
    found: dict[int, list[tuple[Deed, str]]] = {}
    for target, kind, effective, published, title in rows.values_list(*columns):
        day = effective or published
        if target is not None and day is not None:
            found.setdefault(target, []).append((Deed(kind, day), title))
    for pk, text in texts.items():
        found.setdefault(pk, []).extend(found.get(text, ()))
    return found


def _write(item: Item, found: Standing) -> None:
    document = document_of(item)
    values = {
        "validity": found.validity.value,
        "validity_since": found.since,
        "validity_next": found.next_on,
        "last_day": last_day(document),
        "evaluate_from": evaluate_from(document),
    }
    if any(getattr(item, name) != value for name, value in values.items()):
        Item.objects.filter(pk=item.pk).update(**values)


def _tell(item: Item, found: Standing, before: str, by: str, *, today: date, told: bool) -> None:
    first = before == Validity.NOT_APPLICABLE.value
    if not item.public or (first and found.validity not in _TOLD):
        return
    was = Validity.IN_FORCE.value if first else before
    tell(item, ChangeKind.VALIDITY, on=found.since or today, before=was, after=found.validity.value, other=by)
    if told:
        Item.objects.filter(pk=item.pk).update(changed_at=timezone.now())
        bus.publish(ItemChanged(item.pk, public=True))


def reassess_from(day: date) -> date:
    """Art. 18: when what is not public is looked at again."""
    return day + relativedelta(months=in_force("withheld_review_interval", day).integer)


def sweep(*, today: date) -> int:
    """Derive what a day has come for: documents that begin, lapse, or are repealed from today. May run again."""
    count = 0
    while True:
        due = list(Item.objects.filter(validity_next__lte=today).order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not due:
            return count
        with transaction.atomic():
            count += len(derive(due, today=today))
