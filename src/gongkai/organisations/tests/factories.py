"""The district's organs for tests, written at once: an import asks eleven questions an organ."""

from __future__ import annotations

from functools import cache

from gongkai.organisations import seeds, services
from gongkai.organisations.enums import NameKind
from gongkai.organisations.models import FurtherName, Organ
from gongkai.organisations.rules import normalise_name
from gongkai.organisations.services import NewOrgan

TOLD = ("name_en", "order", "address", "phone", "hours", "website", "document_word", "valid_from", "valid_until")


@cache
def _told() -> tuple[NewOrgan, ...]:
    return tuple(seeds.read_organs(seeds.HONGKOU))


def hongkou() -> None:
    """The directory as the demo has it, just as an import leaves it (`test_organs` holds the two together)."""
    if Organ.objects.exists():
        services.import_organs(organs=_told())
        return
    made: dict[str, Organ] = {}
    waiting = list(_told())
    while waiting:
        level = [new for new in waiting if new.parent is None or new.parent in made]
        rows = Organ.objects.bulk_create(_organ(new, made) for new in level)
        made |= {row.code: row for row in rows}
        waiting = [new for new in waiting if new.code not in made]
    FurtherName.objects.bulk_create(
        FurtherName(organ=made[new.code], name=normalise_name(name), kind=kind.value)
        for new in _told()
        for kind, names in ((NameKind.FORMER, new.former_names), (NameKind.ALIAS, new.aliases))
        for name in names
    )


def _organ(new: NewOrgan, made: dict[str, Organ]) -> Organ:
    return Organ(
        code=new.code,
        name=normalise_name(new.name),
        short_name=normalise_name(new.short_name),
        kind=new.kind.value,
        parent=made[new.parent] if new.parent else None,
        **{field: getattr(new, field) for field in TOLD},
    )
