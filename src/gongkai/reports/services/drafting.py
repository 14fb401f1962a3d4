"""Enter the figures of a report in the making."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from gongkai.audit import services as audit
from gongkai.audit.rules import Actor
from gongkai.reports.models import DraftFigure


def enter_figures(*, organ: str, year: int, figures: Mapping[tuple[str, str], Decimal | None], by: Actor) -> int:
    """Keep the figures of a report in the making: (table-row, column) -> value, None to take one away.

    Returns how many changed; the record says which, from what to what.
    """
    with transaction.atomic():
        rows = DraftFigure.objects.select_for_update().filter(organ_code=organ, year=year)
        standing = {(found.row, found.column): found for found in rows}
        changes = {}
        for (row, column), value in figures.items():
            found = standing.get((row, column))
            if (found.value if found else None) == value:
                continue
            changes[f"{row}.{column}"] = [
                str(found.value) if found else None,
                str(value) if value is not None else None,
            ]
            if value is None:
                DraftFigure.objects.filter(organ_code=organ, year=year, row=row, column=column).delete()
            else:
                DraftFigure.objects.update_or_create(
                    organ_code=organ, year=year, row=row, column=column, defaults={"value": value}
                )
        if changes:
            audit.record(
                act="reports.enter_figures",
                actor=by,
                organ=organ,
                object_kind="reports.draft",
                object_id=f"{organ}-{year}",
                facts={"changes": changes},
            )
    return len(changes)
