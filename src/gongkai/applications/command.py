"""``gongkai deadline fold``: every clock of an application from what happened to it, with each day's working."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from gongkai.deadlines.rules import OutsideCalendar, WorkCalendar

from .rules.fold import Folded, fold
from .rules.folded import folded_object
from .rules.history import CHANNELS, Fact, Malformed, read_history

DONE, REFUSED, WRONG = 0, 1, 2
LARGEST = 2_000_000  # bytes of a history
_HELP = "由经过算出一件申请的各项期限（every clock of an application, folded from what happened）"


def main(argv: Sequence[str], work_calendar: Callable[[], WorkCalendar]) -> int:
    """Run the command; the exit status is 0 done, 1 when a fact was refused, 2 for what cannot be read."""
    options = _parser().parse_args(list(argv))
    try:
        data = _read(options.history)
        if len(data) > LARGEST:
            return _cannot(f"经过超过 {LARGEST} 字节。请核对是否选错了文件。")
        found = fold(read_history(json.loads(data, parse_constant=_no_number)), work_calendar())
    except OSError as error:
        return _cannot(f"读不了 {options.history}：{error.strerror}。请核对路径。")
    except (Malformed, OutsideCalendar) as error:
        return _cannot(str(error))
    except (ValueError, RecursionError):  # not UTF-8, not JSON, a number of thousands of figures
        return _cannot(f"{options.history} 不是 UTF-8 的 JSON。请核对内容。")
    print(json.dumps(folded_object(found), ensure_ascii=False) if options.json else "\n".join(_lines(found)))
    return REFUSED if found.refused else DONE


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    with Path(name).open("rb") as file:
        return file.read(LARGEST + 1)


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number in JSON")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gongkai deadline fold",
        description=_HELP,
        epilog=f"事项 acts: {'、'.join(Fact)}\n渠道 channels: {'、'.join(CHANNELS)}\n\n"
        '{"channel": "web", "events": [{"act": "received", "on": "2025-01-06"}], "as_of": "2025-01-20"}',
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--history", required=True, metavar="FILE", help="JSON 文件，- 为标准输入（a file, or -）")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出（as JSON）")
    return parser


def _cannot(text: str) -> int:
    print(f"gongkai deadline fold: {text}", file=sys.stderr)
    return WRONG


def _lines(found: Folded) -> list[str]:
    lines = [f"截至 {found.as_of}："]
    for clock in found.clocks:
        day = clock.due or clock.latest
        when = f"{day.due_on}{'（最迟）' if clock.latest else ''}" if day else "—"
        party = f"（{clock.party}）" if clock.party else ""
        cite = f"，依据 {day.cite}" if day else ""
        lines.append(f"  {clock.label}{party}：{clock.state.label}，届满之日 {when}{cite}")
    lines += [f"  不能接受：{denied.event.on} {denied.event.act.label}。{denied.why}" for denied in found.refused]
    return lines + ([f"  {found.later} 项在这一天之后，未计。"] if found.later else [])
