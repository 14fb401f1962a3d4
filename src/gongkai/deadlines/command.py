"""``gongkai deadline``: the last day of a limit, with each day counted or skipped, and why."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from gongkai.deadlines.enums import Channel
from gongkai.deadlines.rules import (
    LIMITS,
    Due,
    OutsideCalendar,
    Receipt,
    UnfitNotice,
    WorkCalendar,
    WrongDays,
    limit_due,
    read_notice,
    receipt_of,
)
from gongkai.statutes import BeforeTheLaw, law

DONE, WRONG = 0, 2
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HELP = "计算期限届满之日，逐日说明（the last day of a limit, counted out day by day）"


def main(argv: Sequence[str], work_calendar: Callable[[], WorkCalendar]) -> int:
    """Run the command on the work calendar it is given; the exit status is 0 done, 2 for what cannot be counted."""
    options = _parser().parse_args(list(argv))
    limit = LIMITS[options.rule]
    try:
        calendar = work_calendar()
        if options.calendar:
            data = Path(options.calendar).read_bytes()
            calendar = calendar.replacing(read_notice(data, year=options.year, papers=options.paper))
        found = limit_due(limit, options.received, calendar, options.days)
        receipt = receipt_of(options.channel, options.received) if options.channel else None
    except BeforeTheLaw:
        return _refuse(_before_the_law(limit.parameter, limit.label, options.received))
    except OSError as error:
        return _refuse(f"读不了日历文件 {options.calendar}：{error.strerror}。请核对路径。")
    except (OutsideCalendar, UnfitNotice, WrongDays) as error:
        return _refuse(str(error))
    if options.json:
        print(json.dumps(as_object(found, receipt), ensure_ascii=False))
    else:
        print("\n".join(_lines(limit.label, limit.counted_from, found, receipt)))
    return DONE


def as_object(found: Due, receipt: Receipt | None = None) -> dict[str, object]:
    """The due date and its working as plain values for JSON; the article on the day of receipt stands in `cite`."""
    return {**found.plain, **({} if receipt is None else {"cite": f"{found.cite}；{receipt.text}"})}


def _parser() -> argparse.ArgumentParser:
    rules = "\n".join(f"  {limit.name:18}{limit.label}（自{limit.counted_from}起）" for limit in LIMITS.values())
    parser = argparse.ArgumentParser(
        prog="gongkai deadline",
        description=_HELP,
        epilog=f"期限 rules:\n{rules}\n\n渠道 channels: {'、'.join(Channel)}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rule", required=True, type=_rule, metavar="RULE", help="哪一种期限，见下表（which limit）")
    parser.add_argument("--received", required=True, type=_day, metavar="YYYY-MM-DD", help="起算之日，当日不计（from）")
    parser.add_argument(
        "--days", type=_days, metavar="N", help="延长或者自定的工作日数（working days set by the organ）"
    )
    parser.add_argument("--channel", type=_channel, metavar="CHANNEL", help="说明哪一天算收到（art. 31）")
    parser.add_argument("--calendar", metavar="FILE", help="试用一份放假通知，JSON 或 CSV（try a notice）")
    parser.add_argument("--year", type=int, metavar="YYYY", help="CSV 通知的年份（the year of a notice in CSV）")
    parser.add_argument("--paper", action="append", default=[], metavar="NUMBER", help="CSV 通知的文号（its number）")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出（as JSON）")
    return parser


def _rule(text: str) -> str:
    if text in LIMITS:
        return text
    raise argparse.ArgumentTypeError(f"没有“{text[:40]}”这种期限。可用的有：{'、'.join(LIMITS)}")


def _channel(text: str) -> Channel:
    if text in set(Channel):
        return Channel(text)
    raise argparse.ArgumentTypeError(f"没有“{text[:40]}”这种渠道。可用的有：{'、'.join(Channel)}")


def _day(text: str) -> date:
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise argparse.ArgumentTypeError(f"“{text[:40]}”不是日期。请写成 2025-09-15 这样的日期。")


def _days(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text[:5]) > 0 and len(text) < 5:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text[:40]}”不是工作日数。请写 1 以上的整数。")


def _refuse(text: str) -> int:
    print(f"gongkai deadline: {text}", file=sys.stderr)
    return WRONG


def _before_the_law(parameter: str, label: str, day: date) -> str:
    first = law().timeline(parameter)[0]
    return f"{day} 还没有“{label}”的法定期限：最早的一条自 {first.since} 起施行（{first.basis}）。请核对日期。"


def _lines(label: str, counted_from: str, found: Due, receipt: Receipt | None) -> list[str]:
    mark = "（暂定：尚无该年的国务院放假通知）" if found.provisional else ""
    return [
        f"{label}：{found.due_on} 届满{mark}",
        f"自{counted_from} {found.start} 的次日起 {found.working_days} 个工作日，依据 {found.cite}",
        *([receipt.text] if receipt else []),
        "",
        *(f"  {line.day}  {line.n or '—':>3}  {line.why}" for line in found.working),
    ]
