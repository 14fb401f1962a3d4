"""Where an outcome can be challenged, in which order, and up to which day. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from gongkai.deadlines.rules import OutsideCalendar, WorkCalendar
from gongkai.organisations.enums import OrganKind
from gongkai.statutes import Value, in_force

REVIEW, COURT, COURT_AFTER_REVIEW = "review", "court", "court_after_review"
QUERY = "D8"  # 行政查询事项 (art. 36(7)): whether review comes first is disputed


@dataclass(frozen=True, slots=True)
class Forum:
    """Who reviews a reply, which court hears a suit against it, and where review is asked for on the internet.

    `online` is empty where the reply does not go out by the internet, or the law of the day asked for no such way.
    """

    authority: str
    court: str
    online: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One way: before whom, how long, by which article; `last_on` is None where its first day is not known yet."""

    name: str
    before: str
    length: int
    unit: str
    cite: str
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Remedies:
    """The ways in their order; `review_first` where the court hears nobody who has not asked for review."""

    review_first: bool
    ways: tuple[Way, ...]
    online: str = ""


def forum(day: date, *, organ: str, kind: OrganKind, above: str, by_internet: bool = False) -> Forum:
    """Before whom a reply of a day is challenged: `organ` is the code of who replied, `above` the government above it.

    Reconsideration law art. 24, 28 and 22(2); litigation law art. 15(1): a government is sued before a higher court.
    """
    court = "administrative_court_of_governments" if kind is OrganKind.DISTRICT_GOVERNMENT else "administrative_court"
    named = in_force("reconsideration_authorities_by_organ", day).table
    asked = by_internet and in_force("online_reconsideration_channel_required", day).flag
    return Forum(
        authority=str(named.get(organ, "{above}")).replace("{above}", above),
        court=in_force(court, day).text,
        online=in_force("online_reconsideration_channel", day).text if asked else "",
    )


def review_first(code: str, day: date) -> bool | None:
    """Whether who was told of an outcome must ask for review before going to court; None where there is no way at all."""
    table = in_force("remedy_by_result", day).table
    if code in table["reconsideration_first"] or (
        code == QUERY and in_force("reconsideration_first_for_query", day).flag
    ):
        return True
    return False if code in table["choice"] else None


def remedies(code: str, told_on: date, calendar: WorkCalendar, where: Forum) -> Remedies | None:
    """The ways open to who was told of an outcome on a day; None where the law knows none for it."""
    first = review_first(code, told_on)
    if first is None:
        return None
    review = in_force("reconsideration_limit", told_on)
    asked = _way(REVIEW, where.authority, review, _last(told_on + timedelta(review.integer), calendar))
    if first:
        after = in_force("litigation_after_reconsideration_limit", told_on)
        return Remedies(True, (asked, _way(COURT_AFTER_REVIEW, where.court, after, None)), where.online)
    direct = in_force("litigation_direct_limit", told_on)
    sued = _way(COURT, where.court, direct, _last(told_on + relativedelta(months=direct.integer), calendar))
    return Remedies(False, (asked, sued), where.online)


def clause(code: str, day: date, where: Forum, *, against: str = "答复", paper: str = "答复书") -> str:
    """The same ways in the words of a letter of that day; empty where there is none.

    `against` and `paper`: what is challenged, and what its paper calls itself.
    """
    first = review_first(code, day)
    if first is None:
        return ""
    days = in_force("reconsideration_limit", day).integer
    online = f"通过互联网申请行政复议的，可以使用{where.online}。" if where.online else ""
    if first:
        after = in_force("litigation_after_reconsideration_limit", day).integer
        return (
            f"如不服本{against}，应当自收到本{paper}之日起{days}日内先向{where.authority}申请行政复议；对行政复议决定不服的，"
            f"可以自收到行政复议决定书之日起{after}日内向{where.court}提起行政诉讼。{online}"
        )
    months = in_force("litigation_direct_limit", day).integer
    return (
        f"如不服本{against}，可以自收到本{paper}之日起{days}日内向{where.authority}申请行政复议，"
        f"或者自收到本{paper}之日起{months}个月内向{where.court}提起行政诉讼。{online}"
    )


def _way(name: str, before: str, limit: Value, last_on: date | None) -> Way:
    return Way(name, before, limit.integer, limit.unit, limit.cite.text, last_on)


def _last(day: date, calendar: WorkCalendar) -> date:
    """A last day that is a holiday moves to the next working day, where the law says so and the calendar reaches."""
    if not in_force("last_day_moves_off_holidays", day).flag:
        return day
    try:
        while not calendar.is_working(day):
            day += timedelta(1)
    except OutsideCalendar:
        return day
    return day
