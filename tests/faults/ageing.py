"""Cases that were taken back grow old; one person lists them, another has them forgotten, a task does it case by case."""

import time
from datetime import date

from gongkai.applications.models import Application, Disposal
from gongkai.workflow.models import Performed

from .cases import WITHDRAWN
from .workload import ORGAN, Work, send

LONG_AGO = date(2010, 3, 5)
LEAST = 1  # cases of one list
DISPOSALS = "lists of cases"


def see_through(work: Work, number: int) -> None:
    """As many years go by as the law wants; then one list is made of what has grown old, and carried out."""
    known = list(work.wanted.get(WITHDRAWN, {}))
    fresh = Application.objects.filter(key__in=known, state="closed", closed_on__gt=LONG_AGO)
    if fresh.count() < LEAST or Disposal.objects.filter(state__in=("proposed", "carrying")).exists():
        time.sleep(0.2)
        return
    Application.objects.filter(pk__in=list(fresh.values_list("pk", flat=True))).update(
        received_on=LONG_AGO, counted_on=LONG_AGO, closed_on=LONG_AGO
    )
    before = set(Disposal.objects.values_list("pk", flat=True))
    mine = Disposal.objects.exclude(pk__in=before)
    key = f"fault-run-list-{number:05}-carry-out"
    send(work, "/workbench/retention/propose/", {"organ": ORGAN, "key": key}, mine, who="officer")
    row = mine.get()
    work.want(DISPOSALS, str(row.pk), "carry_out", "finish")
    done = Performed.objects.filter(flow="disposals", key=key)
    words = {"version": row.version, "key": key}
    send(work, f"/workbench/retention/lists/{row.pk}/do/carry_out/", words, done, who="office")
