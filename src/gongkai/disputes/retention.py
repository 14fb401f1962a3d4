"""What disputes mean for how long the file of a case is kept, and what is forgotten of their people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence

from django.utils.timezone import localdate

from gongkai.privacy.subjects import ERASED, Hold
from gongkai.statutes import in_force

from .enums import State
from .models import Dispute

OPEN = "行政复议或者行政诉讼尚未审结"
FOR_GOOD = "发生过行政复议或者行政诉讼，永久保存"


def holds(keys: Collection[int]) -> Mapping[int, Sequence[Hold]]:
    """An open dispute keeps its case; one that was concluded keeps it for good, unless the organ has set otherwise."""
    law, today = in_force("disputed_retention", localdate()), localdate()
    kept = in_force("personal_data_kept_by_law", today).cite.text
    found: dict[int, list[Hold]] = defaultdict(list)
    for key, state in Dispute.objects.filter(application__in=keys).values_list("application_id", "state"):
        if state != State.CONCLUDED.value:
            found[key] = [Hold(OPEN, kept)]
        elif law.flag and not found[key]:
            found[key].append(Hold(FOR_GOOD, law.basis))
    return {key: why for key, why in found.items() if why}


def forget(application_id: int, clean: Callable[[str], str]) -> int:
    """Who stood for whom is gone, and what was claimed is told without the people of the case."""
    rows = list(Dispute.objects.filter(application_id=application_id).prefetch_related("stages"))
    for row in rows:
        row.representative = ERASED if row.representative else ""
        row.claim, row.lesson = clean(row.claim), clean(row.lesson)
        row.save(update_fields=["representative", "claim", "lesson"])
        for stage in row.stages.all():
            stage.note = clean(stage.note)[:1000]
            stage.save(update_fields=["note"])
    return len(rows)
