"""Acts on the work calendar: carry in what the program ships, hand a notice in, apply it, drop it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.audit import services as audit
from gongkai.audit.rules import Actor
from gongkai.deadlines import selectors
from gongkai.deadlines.enums import NoticeState
from gongkai.deadlines.events import CalendarChanged
from gongkai.deadlines.models import CalendarNotice, CalendarYear
from gongkai.deadlines.rules import Notice, changed_days, shipped_notices
from gongkai.kernel import bus

from .clocks import settle


@dataclass(frozen=True, slots=True)
class Seeded:
    """What carrying the shipped calendar in did: years added, years changed, open clocks moved."""

    added: int
    changed: int
    clocks_moved: int


@transaction.atomic
def seed(*, by: Actor, today: date | None = None) -> Seeded:
    """Carry in the years that the program ships. Years are added, provisional ones brought up to date, and official
    ones left as they are; open clocks that move are moved. Doing it twice changes nothing.
    """
    rows = {row.year: row for row in CalendarYear.objects.select_for_update().order_by("year")}
    new = [notice for notice in shipped_notices() if notice.year not in rows]
    late = [
        notice
        for notice in shipped_notices()
        if (row := rows.get(notice.year)) and not row.official and row.digest != notice.digest
    ]
    CalendarYear.objects.bulk_create(
        [CalendarYear(year=notice.year, **CalendarYear.fields_of(notice)) for notice in new], ignore_conflicts=True
    )
    for notice in late:
        _write_year(rows[notice.year], notice)
    if not new and not late:
        return Seeded(0, 0, 0)
    moved = settle(calendar=selectors.calendar(), today=today or timezone.localdate(), notice=None)
    audit.record(
        act="deadlines.calendar_seeded",
        actor=by,
        object_kind="deadlines.calendar",
        facts={"added": [n.year for n in new], "changed": [n.year for n in late], "clocks_moved": moved},
    )
    return Seeded(len(new), len(late), moved)


@transaction.atomic
def propose_notice(*, notice: Notice, by: Actor) -> CalendarNotice:
    """Hand a notice in; it changes nothing until it is applied. ValidationError when it is in force already."""
    seed(by=by)
    if selectors.preview(notice).changes_nothing:
        raise ValidationError(
            _("这份通知与现行的 %(year)d 年日历完全相同，不必再导入。") % {"year": notice.year}, code="same"
        )
    row = CalendarNotice.objects.create(
        year=notice.year, proposed_by=by.id or str(by.kind), **CalendarNotice.fields_of(notice)
    )
    audit.record(
        act="deadlines.notice_proposed",
        actor=by,
        object_kind="deadlines.notice",
        object_id=row.pk,
        facts={"year": row.year, "papers": row.papers, "digest": row.digest},
    )
    return row


@transaction.atomic
def apply_notice(*, pk: int, version: int, by: Actor, today: date | None = None) -> CalendarNotice:
    """Put a notice in force and move every open clock that it moves, all or nothing.

    `version` is the version of the year's calendar that the preview was made on. ValidationError when somebody else has
    changed it since, or the notice has been applied or dropped.
    """
    row = _locked_notice(pk)
    years = {found.year: found for found in CalendarYear.objects.select_for_update().order_by("year")}
    current = years.get(row.year)
    if (current.version if current else 0) != version:
        raise ValidationError(
            _("%(year)d 年的日历在您查看之后已被他人更改。请重新查看变动，再决定是否启用。") % {"year": row.year},
            code="stale",
        )
    notice, before = row.notice, selectors.calendar()
    _write_year(current or CalendarYear(year=row.year, version=0), notice)
    after = selectors.calendar()
    row.days_changed = len(changed_days(before, after))
    row.clocks_moved = settle(calendar=after, today=today or timezone.localdate(), notice=row)
    _end(row, NoticeState.APPLIED, by)
    audit.record(
        act="deadlines.calendar_changed",
        actor=by,
        object_kind="deadlines.notice",
        object_id=row.pk,
        facts={
            "year": row.year,
            "version": version + 1,
            "digest_before": current_digest(before.notices.get(row.year)),
            "digest": row.digest,
            "days_changed": row.days_changed,
            "clocks_moved": row.clocks_moved,
        },
    )
    bus.publish(CalendarChanged(row.year, row.official, row.days_changed, row.clocks_moved))
    return row


@transaction.atomic
def withdraw_notice(*, pk: int, by: Actor) -> CalendarNotice:
    """Drop a notice that was handed in and not applied."""
    row = _locked_notice(pk)
    _end(row, NoticeState.WITHDRAWN, by)
    audit.record(act="deadlines.notice_withdrawn", actor=by, object_kind="deadlines.notice", object_id=row.pk)
    return row


def current_digest(notice: Notice | None) -> str:
    """The digest of a notice; "" for none."""
    return notice.digest if notice else ""


def _locked_notice(pk: int) -> CalendarNotice:
    row = CalendarNotice.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        raise ValidationError(_("没有这份放假通知。请从导入记录中重新选择。"), code="missing")
    if row.state != NoticeState.PROPOSED.value:
        raise ValidationError(_("这份通知%(state)s，不能再处理。") % {"state": row.state_label}, code="ended")
    return row


def _write_year(row: CalendarYear, notice: Notice) -> None:
    for name, value in CalendarYear.fields_of(notice).items():
        setattr(row, name, value)
    row.version += 1
    row.save()


def _end(row: CalendarNotice, state: NoticeState, by: Actor) -> None:
    row.state, row.ended_at, row.ended_by = state.value, timezone.now(), by.id or str(by.kind)
    row.save()
