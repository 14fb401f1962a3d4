"""The desk of the library: items drafted and taken through their gates, by hand, by their minute, and in piles."""

import time
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone

from gongkai.catalogue import services
from gongkai.catalogue.models import Course, Item
from gongkai.workflow.models import Performed

from .tasks import release_all, standing, take_in
from .workload import ORGAN, Work, send, waiting

ITEMS = "items"
RECEIVED = "items received"
WAITING = 3  # piles
PILE = 6  # items released by one task
ROWS = 20  # items taken in by one task, in one transaction
RULES = "第一条　各部门应当主动公开办理结果。\n第二条　本办法自发布之日起施行。"
NOTICE = "各单位：请按时参加示例活动。"
TO_REVIEW = ("submit", "approve")
REVIEWS = ("secrecy_pass", "legality_pass", "coordination_pass", "exempt")
BY_WHOM = {
    "submit": "officer",
    "approve": "chief",
    "secrecy_pass": "reviewer",
    "legality_pass": "lawyer",
    "coordination_pass": "department",
    "exempt": "office",
    "schedule": "office",
    "release": "office",
}


def see_through(work: Work, number: int) -> None:
    """One item at the desk."""
    key, strict = f"fault-run-item-{number:05}", number % 2 == 0
    item = _drafted(work, number, key, strict=strict)
    _acts(work, key, item, *TO_REVIEW)
    if number % 5 == 1:
        _act(work, key, item, "release", refused=True)
        return  # it never passes, and is never released
    _acts(work, key, item, *(REVIEWS if strict else REVIEWS[:1]))
    if number % 4 == 2:
        _acts(work, key, item, "schedule")
        work.want(ITEMS, key, "release")
        if number % 8 == 2:  # its minute comes now; that of the others when all is at rest
            Course.objects.filter(item=item, scheduled_at__isnull=False).update(scheduled_at=timezone.now())
        return
    _acts(work, key, item, "release")


def see_piles_through(work: Work, number: int) -> None:
    """A pile of items that the worker releases, or takes in; few wait, so that one is always being done."""
    while waiting(release_all.module_path) + waiting(take_in.module_path) >= WAITING:
        time.sleep(0.1)
    (_received if number % 3 == 0 else _pile)(work, number)


def _drafted(work: Work, number: int, key: str, *, strict: bool) -> Item:
    words: dict[str, object] = {**_words(number, strict=strict), "key": key, "version": 0, "organ": ORGAN}
    if number % 7 == 1:  # a file, whose copy becomes public with the item
        words["attached"] = [_file(number)]
    work.want(ITEMS, key)
    found = Item.objects.filter(key=f"desk-{key}")
    send(work, f"/workbench/library/new/{words['kind']}/", words, found, who="officer")
    return found.get()


def _words(number: int, *, strict: bool) -> dict[str, Any]:
    return {
        "kind": "normative_document" if strict else "announcement",
        "title": f"虹口区示例事项之{number}",
        "document_number": f"虹民规〔2026〕{number}号" if strict else "",
        "theme": "civil_affairs",
        "genre": "measures",
        "level": "district",
        "language": "zh-hans",
        "disclosure_class": "proactive",
        "signed_on": "2026-01-05",
        "body": RULES if strict else NOTICE,
    }


def _file(number: int) -> BytesIO:
    file = BytesIO(f"示例事项{number}的附件\n".encode())
    file.name = "附件.txt"
    return file


def _acts(work: Work, key: str, item: Item, *acts: str) -> None:
    for act in acts:
        work.want(ITEMS, key, act)
        _act(work, key, item, act)


def _act(work: Work, key: str, item: Item, act: str, *, refused: bool = False) -> None:
    item.refresh_from_db()
    words = {"version": item.version, "key": f"{key}-{act}", "opinion": "同意。", "reason": "内容简短。"}
    if act == "schedule":
        words["at"] = f"{timezone.localtime() + timedelta(minutes=3):%Y-%m-%dT%H:%M}"
    done = Performed.objects.filter(flow="items", key=words["key"])
    send(work, f"/workbench/library/{item.pk}/do/{act}/", words, done, who=BY_WHOM[act], refused=refused)


def _pile(work: Work, number: int) -> None:
    """Made ready by their people through the services; the worker releases them, and is killed over it."""
    keys = [f"fault-run-pile-{number:05}-{place}" for place in range(PILE)]
    for place, key in enumerate(keys):
        _ready(key, _words(number * 100 + place, strict=False))
        work.want(ITEMS, key, *TO_REVIEW, "secrecy_pass", "release")
    work.tasks.append(str(release_all.enqueue(keys).id))


def _ready(key: str, data: dict[str, Any]) -> None:
    today, who = timezone.localdate(), {act: standing(name) for act, name in BY_WHOM.items()}

    def by(act: str) -> dict[str, Any]:
        return {"by": who[act], "user_id": who[act].user_id, "key": f"{key}-{act}"}

    item = services.draft(organ=ORGAN, data=data, today=today, **{**by("submit"), "key": key})
    item = services.submit(pk=item.pk, version=item.version, today=today, **by("submit"))
    item = services.approve(pk=item.pk, version=item.version, **by("approve"))
    services.secrecy_pass(pk=item.pk, version=item.version, today=today, opinion="", **by("secrecy_pass"))


def _received(work: Work, number: int) -> None:
    """Published before, and taken in by the worker, all of a task's or none."""
    rows = [_row(f"fault-run-row-{number:05}-{place}", number * 100 + place) for place in range(ROWS)]
    for row in rows:
        work.want(RECEIVED, row["key"])
    work.tasks.append(str(take_in.enqueue(rows).id))


def _row(key: str, number: int) -> dict[str, Any]:
    row = {**_words(number, strict=False), "key": key, "issuing_organ": ORGAN, "published_on": "2026-05-08"}
    return {**row, "state": "published", "signed_on": "2026-05-04"}
