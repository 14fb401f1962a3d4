"""Addresses precise enough to find somebody's door. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.enums import FindingKind

_COUNT = r"[0-9A-Za-z一二三四五六七八九十百零〇甲乙丙丁]"
_UNIT = r"(?:支弄|弄|号楼|号甲|号乙|号|幢|栋|座|单元|门|层|楼|室|户|组|队)"
_STREET = (
    r"(?:路|街|大道|公路|村|新村|里|巷|胡同|苑|小区|花园|公寓|新城|庄|镇|乡|坊|湾|大厦|广场|家园|名邸|公馆|公房|弄堂)"
)
_WHERE = r"(?:[东南西北中](?=[0-9一二三四五六七八九十]))?"
_ADDRESS = re.compile(
    rf"[\u4e00-\u9fff]{{1,8}}{_STREET}{_WHERE}(?P<tail>(?:{_COUNT}{{1,6}}(?:[-之]{_COUNT}{{1,5}}){{0,2}}{_UNIT}){{1,6}})"
)
_PART = re.compile(rf"{_COUNT}{{1,6}}(?:[-之]{_COUNT}{{1,5}}){{0,2}}({_UNIT})")
_LEAD = re.compile(r"^.*(?:住址|地址|住所|住在|居住|住于|位于|坐落|户籍|家住|迁至|寄至|[住至在于为是])(?=.{2})")
_HOME = re.compile(r"住址|家庭|居住|户籍|家住|住在|住所|本人|现住|房屋|产权|户主|租住")
_NEAR = 14  # characters before an address


def addresses(text: str) -> Iterator[tuple[int, int, FindingKind, bool]]:
    """(start, end, kind, sure) of each address in a text without blanks; a mere number of a street is none."""
    for match in _ADDRESS.finditer(text):
        units = _PART.findall(match["tail"])
        start = match.start() + len(found[0]) if (found := _LEAD.match(match[0])) else match.start()
        home = bool(_HOME.search(text[max(0, match.start() - _NEAR) : start]))
        sure = _is_door(units, home)
        if sure is not None:
            yield start, match.end(), FindingKind.ADDRESS, sure


def _is_door(units: list[str], home: bool) -> bool | None:
    """True for a dwelling, False for what may be an office, None for what is no door at all."""
    named = set(units)
    room = bool(named & {"室", "户"}) and len(units) > 1
    building = bool(named & {"弄", "支弄", "幢", "栋", "单元"})
    lane = bool(named & {"弄", "支弄"}) and "号" in named
    farm = bool(named & {"组", "队"}) and "号" in named
    if lane or farm or (room and (building or home)):
        return True
    if room or (building and len(units) > 1):
        return False
    return False if home and "号" in named else None
