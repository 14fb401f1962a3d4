"""The sheet of a standard catalogue, as the national form lays it out: rows of text in, lines and faults out, and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from gongkai.kernel.labelled import Labelled
from gongkai.standards.enums import Audience, Carrier, Tier, Way

HEAD = (
    ("序号", "序号"),
    ("公开事项", "一级事项"),
    ("公开事项", "二级事项"),
    ("公开内容（要素）", "公开内容（要素）"),
    ("公开依据", "公开依据"),
    ("公开时限", "公开时限"),
    ("公开主体", "公开主体"),
    ("公开渠道和载体", "公开渠道和载体"),
    ("公开对象", "全社会"),
    ("公开对象", "特定群体"),
    ("公开方式", "主动"),
    ("公开方式", "依申请"),
    ("公开层级", "区级"),
    ("公开层级", "街镇级"),
)
LONGEST = {"matter": 100, "sub_matter": 200, "contents": 4000, "basis": 4000, "time_limit": 500, "organ": 200}
LABELS = {
    "matter": "一级事项",
    "sub_matter": "二级事项",
    "contents": "公开内容（要素）",
    "basis": "公开依据",
    "time_limit": "公开时限",
    "organ": "公开主体",
}
REQUIRED = ("matter", "contents", "time_limit")
CHOSEN, FREE = "■", "□"
_MARK = re.compile(r"[■☑√✓✔●]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
_PLAIN = re.compile(r"[\s（）()/、，,]+")
# Words by which published catalogues name the same column.
_OTHERS = {
    "公开内容": "公开内容（要素）",
    "公开内容(要素)": "公开内容（要素）",
    "依申请公开": "依申请",
    "主动公开": "主动",
    "县级": "区级",
    "区县级": "区级",
    "乡级": "街镇级",
    "街道乡镇级": "街镇级",
    "特定群众": "特定群体",
}


@dataclass(frozen=True)
class Line:
    """One row: what is to be published, of what kind, by when, by whom, where and for whom."""

    matter: str
    sub_matter: str
    contents: str
    basis: str
    time_limit: str
    organ: str
    carriers: tuple[str, ...]
    audience: tuple[str, ...]
    ways: tuple[str, ...]
    tiers: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What a row is known by within its catalogue."""
        return self.matter, self.sub_matter


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row of the file, and how it is written right."""

    row: int
    column: str
    what: str


def read(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[list[Line], list[Fault]]:
    """The lines of a sheet whose merged cells are filled in, and what is wrong with it. A title above the head is passed over."""
    start, columns = _head(rows)
    if not columns:
        return [], [
            Fault(rows[0][0] if rows else 1, "表头", "没有找到“一级事项”“公开内容（要素）”等表头。请从模板开始填写。")
        ]
    lines: list[Line] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, str], int] = {}
    for number, cells in rows[start:]:
        line, wrong = _line(number, cells, columns)
        faults += wrong
        if wrong:
            continue
        if line.key in seen:
            faults.append(Fault(number, "二级事项", f"与第 {seen[line.key]} 行是同一事项。请合并成一行。"))
            continue
        seen[line.key] = number
        lines.append(line)
    return lines, faults


def table(lines: Iterable[Line]) -> list[list[str]]:
    """The two rows of the head, then the lines, as `read` takes them."""
    found = [[first for first, _second in HEAD], [second for _first, second in HEAD]]
    for number, line in enumerate(lines, 1):
        marks = [
            *(_box(one in line.audience) for one in Audience),
            *(_box(one in line.ways) for one in Way),
            *(_box(one in line.tiers) for one in Tier),
        ]
        texts = [line.matter, line.sub_matter, line.contents, line.basis, line.time_limit, line.organ]
        found.append([str(number), *texts, boxes(line.carriers), *marks])
    return found


def cleaned(text: str) -> str:
    """A text without control characters, which no workbook holds, its line ends as Unix writes them."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def boxes(carriers: Iterable[str]) -> str:
    """The twelve boxes in one cell, two a line, those chosen filled."""
    chosen = set(carriers)
    marked = [f"{CHOSEN if one in chosen else FREE}{one.label}" for one in Carrier]
    return "\n".join("　".join(marked[place : place + 2]) for place in range(0, len(marked), 2))


def _box(chosen: bool) -> str:
    return "√" if chosen else ""


def _head(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[int, dict[str, int]]:
    """Where the lines begin, and in which column each name stands: in the lower row of the head, else in the upper."""
    known = {second for _first, second in HEAD}
    for place, (_number, cells) in enumerate(rows[:10]):
        lower = [_name(cell) for cell in cells]
        upper = [_name(cell) for cell in rows[place - 1][1]] if place else []
        names = [
            name if name in known else (upper[column] if column < len(upper) else "")
            for column, name in enumerate(lower)
        ]
        if "一级事项" in lower and "公开内容（要素）" in names:
            return place + 1, {name: column for column, name in enumerate(names) if name in known}
    return 0, {}


def _name(cell: str) -> str:
    name = re.sub(r"\s+", "", cell)
    return _OTHERS.get(name, name)


def _line(number: int, cells: Sequence[str], columns: dict[str, int]) -> tuple[Line, list[Fault]]:
    def cell(name: str) -> str:
        place = columns.get(name, -1)
        return cleaned(cells[place]) if 0 <= place < len(cells) else ""

    texts = {name: cell(label) for name, label in LABELS.items()}
    faults = [Fault(number, LABELS[name], f"没有填写{LABELS[name]}。") for name in REQUIRED if not texts[name]] + [
        Fault(number, LABELS[name], f"有 {len(text)} 个字，最多 {LONGEST[name]} 个字。")
        for name, text in texts.items()
        if len(text) > LONGEST[name]
    ]
    carriers, strange = _carriers(cell("公开渠道和载体"))
    faults += [Fault(number, "公开渠道和载体", f"不认识“{name}”。请用模板中的十二种写法。") for name in strange]
    line = Line(
        **texts,
        carriers=carriers,
        audience=_marked(Audience, cell),
        ways=_marked(Way, cell),
        tiers=_marked(Tier, cell),
    )
    if not line.ways:
        faults.append(Fault(number, "公开方式", "主动、依申请公开都没有勾选。请至少选一种。"))
    return line, faults


def _marked(words: type[Labelled], cell: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(one.value for one in words if cell(one.label))


def _carriers(text: str) -> tuple[tuple[str, ...], list[str]]:
    """Those whose box is filled; without any box, those that are named."""
    parts = re.split(r"[\n;；]|(?=[■□☑√✓✔●])", text)
    chosen = [part for part in parts if _MARK.search(part)] if _MARK.search(text) or FREE in text else parts
    found, strange = set(), []
    for part in chosen:
        name = _PLAIN.sub("", _MARK.sub("", part))
        if not name or part.startswith(FREE):
            continue
        carrier = _BY_NAME.get(name)
        if carrier is None:
            strange.append(name)
        else:
            found.add(carrier)
    return tuple(one.value for one in Carrier if one in found), strange


_BY_NAME = {_PLAIN.sub("", one.label): one for one in Carrier} | {
    "发布会听证会": Carrier.CONFERENCE,
    "入户现场": Carrier.ON_SITE,
    "两微一端社交媒体": Carrier.SOCIAL_MEDIA,
    "社区企事业单位村公示栏电子屏": Carrier.NOTICE_BOARD,
    "社区企事业单位公示栏": Carrier.NOTICE_BOARD,
    "政务新媒体": Carrier.SOCIAL_MEDIA,
    "网站": Carrier.WEBSITE,
    "门户网站": Carrier.WEBSITE,
}
