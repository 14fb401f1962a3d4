"""An item is released: at once, at its minute, or under pressure with two signatures. Nothing is, without its gates."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from gongkai.audit.rules import SYSTEM
from gongkai.catalogue.enums import ChangeKind, DisclosureClass, RelationKind, State
from gongkai.catalogue.events import Released
from gongkai.catalogue.flow import binding
from gongkai.catalogue.models import Course, Item, Relation
from gongkai.catalogue.rules.gates import FORCED, Missing
from gongkai.catalogue.selectors import courses
from gongkai.kernel import bus
from gongkai.workflow import services as workflow
from gongkai.workflow.rules import Busy, Doer, Outside, Refused, Rule, Stale

from . import numbering, validity, writing
from .acting import act, course, other, wanted
from .enclosing import Copies, copies, give_out

SOONEST = timedelta(minutes=1)
log = logging.getLogger(__name__)
PROGRAM = Outside(SYSTEM, frozenset({"system"}))


def release(*, pk: int, by: Doer, version: int, key: str, user_id: int | None, now: datetime) -> Item:
    """For everybody from now on, if every gate was passed and somebody else drafted it; its interpretations with it.

    Raises `Refused` with everything that is missing, each with its article; then nothing was changed.
    """
    today = timezone.localdate(now)
    _may(pk, user_id, today)

    def change(item: Item, rule: Rule) -> dict[str, object]:
        _refuse(courses.missing(item, on=today, by=user_id, person=user_id is not None))
        return _open(item, user_id, now, made, by)

    with copies(pk) as made, workflow.one_transaction():
        _hold_companions(pk)
        row = act(pk, "release", by, version, key, change)
        for place, companion in enumerate(_companions(row)):
            _follow(companion, by, f"{key[:56]}-i{place}", user_id, now)
    return row


def schedule(*, pk: int, by: Doer, version: int, key: str, user_id: int, at: datetime, now: datetime) -> Item:
    """Release at a minute to come; everything must have passed already."""

    def change(item: Item, rule: Rule) -> dict[str, object]:
        if at < now + SOONEST:
            raise Refused("定时发布的时间已经过去或者太近。请选一分钟以后的时间，或者直接发布。")
        _refuse(courses.missing(item, on=timezone.localdate(at), by=user_id))
        mine = course(item)
        mine.scheduled_at, mine.scheduled_by_id = at, user_id
        mine.save()
        return {"at": at.isoformat(timespec="minutes")}

    return act(pk, "schedule", by, version, key, change)


def unschedule(*, pk: int, by: Doer, version: int, key: str, remark: str = "") -> Item:
    """Not at that minute."""

    def change(item: Item, rule: Rule) -> dict[str, object]:
        mine = course(item)
        mine.scheduled_at, mine.scheduled_by, mine.remark = None, None, remark[:1000]
        mine.save()
        return {}

    return act(pk, "unschedule", by, version, key, change)


def release_scheduled(*, now: datetime) -> int:
    """Release what its minute has come for; what has lost a gate meanwhile goes back to review with the reason.

    One that cannot be released for another reason is tried again in the next minute, and keeps none of the others back.
    """
    due = Course.objects.filter(scheduled_at__lte=now, item__state=State.SCHEDULED.value).select_related("item")
    count = 0
    for mine in due.order_by("scheduled_at", "pk"):
        try:
            count += _release_due(mine.item, now)
        except (Stale, Busy) as error:
            log.warning("Item %s waits for the next minute: %s", mine.item_id, error)
        except Exception:
            log.exception("Item %s could not be released at its minute", mine.item_id)
    return count


def _release_due(item: Item, now: datetime) -> bool:
    key = f"scheduled-{item.pk}-{item.version}"
    try:
        release(pk=item.pk, by=PROGRAM, version=item.version, key=key, user_id=None, now=now)
    except (Stale, Busy):
        raise
    except Refused as error:
        unschedule(pk=item.pk, by=PROGRAM, version=item.version, key=f"un{key}", remark=str(error))
        return False
    return True


def file(*, pk: int, by: Doer, version: int, key: str, user_id: int, today: date) -> Item:
    """What is not for everybody is registered with its class and reason, and looked at again in time."""

    def change(item: Item, rule: Rule) -> dict[str, object]:
        other(item, user_id, "登记")
        if item.disclosure_class == DisclosureClass.PROACTIVE.value or not item.disclosure_class:
            raise Refused("主动公开的条目不能登记为不公开。请发布，或者退回修改公开属性。")
        if "secrecy" not in {one.review for one in courses.passes(item)}:
            raise Refused("保密审查还没有通过。请先完成保密审查。（《中华人民共和国政府信息公开条例》第十七条）")
        numbering.give(item, year=today.year)
        item.reassess_on = validity.reassess_from(today)
        return {"class": item.disclosure_class}

    return act(pk, "file", by, version, key, change)


def ask_forced_release(*, pk: int, by: Doer, version: int, key: str, user_id: int, reason: str) -> Item:
    """The first signature: it must be released now, though not all has passed."""

    def change(item: Item, rule: Rule) -> dict[str, object]:
        other(item, user_id, "提请特批")
        mine = course(item)
        mine.forced_by_id, mine.forced_reason = user_id, wanted(reason, "特批发布的理由")
        mine.save()
        return {"reason": mine.forced_reason[:200]}

    return act(pk, "ask_forced_release", by, version, key, change)


def forced_release(*, pk: int, by: Doer, version: int, key: str, user_id: int, now: datetime) -> Item:
    """The second signature, by another person: only reviews that can be made up for are left out, and it stays on record."""
    today = timezone.localdate(now)

    def change(item: Item, rule: Rule) -> dict[str, object]:
        mine = course(item)
        if mine.forced_by_id is None:
            raise Refused("还没有人提请特批发布。请先由工作机构负责人提请并写明理由。")
        if mine.forced_by_id == user_id:
            raise Refused("提请和签署特批不得为同一人。请由另一位签署。")
        lacking = courses.missing(item, on=today, by=user_id)
        _refuse([one for one in lacking if one.name not in FORCED])
        left_out = [one.name for one in lacking]
        return {**_open(item, user_id, now, made, by), "left_out": left_out, "reason": mine.forced_reason[:200]}

    with copies(pk) as made, workflow.one_transaction():
        _hold_companions(pk)
        row = act(pk, "forced_release", by, version, key, change)
        for place, companion in enumerate(_companions(row)):
            if not courses.missing(companion, on=today, by=user_id):  # what is not ready yet follows by itself
                _follow(companion, PROGRAM, f"{key[:56]}-i{place}", user_id, now)
    return row


def _may(pk: int, user_id: int | None, today: date) -> None:
    """The gates, asked before what is slow; asked again under the lock."""
    item = Item.objects.select_related("organ").get(pk=pk)
    if binding().flow.rule(item.state, "release") is not None:
        _refuse(courses.missing(item, on=today, by=user_id, person=user_id is not None))


def _refuse(lacking: Sequence[Missing]) -> None:
    if lacking:
        raise Refused("".join(one.text for one in lacking))


def _open(item: Item, user_id: int | None, now: datetime, made: Copies, by: Doer) -> dict[str, object]:
    """Make it public: day, number, validity of itself and of what it ends, files, revision, history.

    Its files are recorded in the audit chain, whose head is every act's last lock: the number and the rows of others
    come before, as they do in a release without files. The other way round two releases wait for each other.
    """
    today = timezone.localdate(now)
    first = item.published_on is None
    item.published_on = item.published_on or today
    numbering.give(item, year=item.published_on.year)
    mine = course(item)
    mine.released_by_id, mine.released_at = user_id or mine.scheduled_by_id, now
    mine.scheduled_at, mine.scheduled_by = None, None
    mine.save()
    item.state = State.PUBLISHED.value  # as the flow will say: what follows is derived from it
    item.reason = ""
    item.save()
    touched = validity.join([item])
    validity.derive({item.pk}, today=today, told=False)
    validity.derive(touched - {item.pk}, today=today)
    give_out(item, made, by)
    revision = writing.keep(item, writing.sealed(item), public=True, on=today, by=user_id)
    writing.tell(item, ChangeKind.RELEASED if first else ChangeKind.RESTORED, on=today, revision=revision.number)
    _refresh(item)
    bus.publish(Released(item.pk, item.organ.code, item.kind, item.title, today))
    return {"index_number": item.index_number, "revision": revision.number}


def _refresh(item: Item) -> None:
    """The columns that were derived beside the row that the flow will save."""
    item.refresh_from_db(
        fields=["validity", "validity_since", "validity_next", "last_day", "evaluate_from", "revision"]
    )


def _companions(item: Item) -> list[Item]:
    """The interpretations that wait to be released with their document."""
    found = Relation.objects.filter(
        target=item,
        kind=RelationKind.INTERPRETS.value,
        source__state__in=(State.IN_REVIEW.value, State.SCHEDULED.value),
    )
    return list(Item.objects.filter(pk__in=found.values("source")).select_related("organ").order_by("pk"))


def _hold_companions(pk: int) -> None:
    """Lock them before the act: after it the head of the audit chain is held, for which whoever acts on one waits."""
    named = Relation.objects.filter(target=pk, kind=RelationKind.INTERPRETS.value)
    list(Item.objects.select_for_update().filter(pk__in=named.values("source")).order_by("pk").values_list("pk"))


def _follow(item: Item, by: Doer, key: str, user_id: int | None, now: datetime) -> None:
    try:
        release(pk=item.pk, by=by, version=item.version, key=key, user_id=user_id, now=now)
    except Refused as error:
        raise Refused(f"解读《{item.title}》须同步发布，现在还不能：{error}") from error
