"""Precision and recall of reader and checker, measured against truth tables made independently of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from gongkai.kernel.written import from_yaml
from gongkai.reports.enums import Relation
from gongkai.reports.reading.files import open_document, read_document
from gongkai.reports.reading.model import Figure, Reading, State, Unreadable
from gongkai.reports.reading.segments import organ_key
from gongkai.reports.rules.check import check_all
from gongkai.reports.rules.finding import Finding

TRUTH = Path(__file__).parent / "tests" / "cases" / "seeds"
_NUMERALS = "一二三四五六"
_CHAPTERS = ("overview", "proactive", "applications", "remedies", "problems", "other_matters")
_KINDS = {"official_documents": "proactive_documents", "proactive_items": "proactive_all"}
_RELATIONS = {
    "SHARE": {Relation.R9},
    "SUM": {Relation.R9},
    "GROWTH": {Relation.R9},
    "MIRROR": {Relation.SOURCE},
    "LABEL": {Relation.FORM},
    "UNIT": {Relation.UNIT},
    "STRUCTURE": {Relation.STRUCTURE, Relation.NUMBERING},
    "RULES_ZERO": {Relation.PLAUSIBILITY},
}
"""The truth tables name what is compared; our relations name the rule."""

Expected = Mapping[str, Any]


@dataclass
class Score:
    """One report: its cells, and its findings against those expected."""

    name: str
    cells: Counter[str] = field(default_factory=Counter)
    found: list[Expected] = field(default_factory=list)
    missed: list[Expected] = field(default_factory=list)
    unexpected: list[Finding] = field(default_factory=list)
    reading: Reading | None = None
    findings: Sequence[Finding] = ()

    @property
    def perfect(self) -> bool:
        """Every cell read rightly, nothing missed, nothing reported that is not so."""
        return not (self.cells["wrong"] or self.cells["unread"] or self.missed or self.unexpected)


def print_score(seeds: Path, out: TextIO) -> int:
    """Print how the reports in the folder are read and checked; 1 when anything is short of the truth tables."""
    scores = score(seeds)
    if not scores:
        print(f"{seeds}：没有找到真值表所说的原始文档。", file=out)
        return 1
    for one in scores:
        _print_one(one, out)
    cells: Counter[str] = sum((one.cells for one in scores), Counter())
    found, missed, unexpected = (sum(len(getattr(s, n)) for s in scores) for n in ("found", "missed", "unexpected"))
    print(f"合计　{_line(cells, found, missed, unexpected)}", file=out)
    print(
        f"单元格查准率 {_rate(cells['right'], cells['wrong'])}　单元格查全率 {_rate(cells['right'], cells['unread'])}　"
        f"问题查准率 {_rate(found, unexpected)}　问题查全率 {_rate(found, missed)}",
        file=out,
    )
    return 0 if all(one.perfect for one in scores) else 1


def score(seeds: Path, truth: Path = TRUTH) -> list[Score]:
    """Every truth table whose source stands in the folder, against what reader and checker make of that source."""
    tables = {path.stem: from_yaml(path.read_text(encoding="utf-8")) for path in sorted(truth.glob("*.yaml"))}
    sources = sorted({table["seed"] for table in tables.values() if (seeds / table["seed"]).is_file()})
    readings = [reading for source in sources for reading in _readings(seeds / source)]
    checked = list(zip(readings, check_all(readings), strict=True))
    present = {name: table for name, table in tables.items() if table["seed"] in sources}
    return [_score(name, table, checked) for name, table in present.items()]


def _readings(path: Path) -> list[Reading]:
    try:
        return read_document(open_document(path))
    except Unreadable:
        return []


def _score(name: str, table: Expected, checked: Iterable[tuple[Reading, list[Finding]]]) -> Score:
    one = Score(name)
    for reading, findings in checked:
        if organ_key(reading.organ) == organ_key(table["organ"]) and reading.year == table["year"]:
            one.reading, one.findings = reading, findings
    one.cells = _cells(table["tables"], one.reading)
    failing = [f for f in one.findings if not f.holds]
    for expected in table["expected_findings"]:
        match = [f for f in failing if answers(f, expected, one.reading)]
        failing = [f for f in failing if f not in match]
        if match:
            one.found.append(expected)
        elif expected["scope"] == "core":
            one.missed.append(expected)
    one.unexpected = failing
    return one


def _cells(tables: Mapping[str, Any], reading: Reading | None) -> Counter[str]:
    count: Counter[str] = Counter(right=0, wrong=0, unread=0)
    for name, rows in tables.items():
        table: Mapping[str, Mapping[str, Figure]] = getattr(reading, name, {})
        for row, columns in rows.items():
            for column, value in columns.items():
                count[_verdict(table.get(row, {}).get(column), value)] += 1
        stray = {row for row in table if str(row) not in rows}
        count["wrong"] += sum(1 for row in stray for f in table[row].values() if f.value is not None)
    return count


def _verdict(figure: Figure | None, value: Any) -> str:
    if figure is None or figure.state is State.UNREAD:
        return "unread"
    if value is None or figure.value is None:
        return "right" if value in (None, 0) and not figure.value else "wrong"
    return "right" if Decimal(str(figure.value)) == Decimal(str(value)) else "wrong"


def answers(finding: Finding, expected: Expected, reading: Reading | None) -> bool:
    """Whether our finding says what the truth table expects: relation, place, both sides."""
    code = expected["relation"]
    relations = _RELATIONS.get(code) or ({Relation(code)} if code in {r.value for r in Relation} else set())
    if finding.relation not in relations or not _same_place(finding, code, expected["where"], reading):
        return False
    if expected["left"] is None and expected["right"] is None:
        return True
    sides = (finding.left, finding.right)
    return [str(s) for s in sides] == [str(expected["left"]), str(expected["right"])]


def _same_place(finding: Finding, code: str, where: str, reading: Reading | None) -> bool:
    """The truth tables write places for people; ours are keys. Both name the same row, column, claim or chapter."""
    ours = {str(value) for key, value in finding.where.items() if key not in ("from", "to")}
    said = where.replace(":", " ").replace("table three", "").split()
    if code == "STRUCTURE":
        return _same_part(finding, where, reading)
    if code in ("SHARE", "GROWTH"):
        kind = _KINDS.get(said[0], said[0])
        return f"{kind}.{code.lower()}" in ours
    if code == "R9" and said[-1] == "change":
        return f"{said[0]}_items.change" in ours
    if code == "R5":
        return said[-1] in ours
    return bool(ours & {_KINDS.get(word, word) for word in said})


def _same_part(finding: Finding, where: str, reading: Reading | None) -> bool:
    """A chapter that is missing takes its table with it: 三 has table three, 四 has table four."""
    part = finding.where
    if where.startswith("table"):
        return part.get("table") == {"two": "two", "three": "three", "four": "four"}[where.split()[1]]
    number = _NUMERALS.index(where.removeprefix("chapter ")[0])
    if " to " in where:
        return finding.relation is Relation.NUMBERING and part.get("place") == "part"
    own_table = {2: "three", 3: "four"}.get(number)
    table_gone = reading is not None and own_table and not getattr(reading, own_table)
    return part.get("chapter") == _CHAPTERS[number] or bool(table_gone and part.get("table") == own_table)


def _print_one(one: Score, out: TextIO) -> None:
    print(f"{one.name}　{_line(one.cells, len(one.found), len(one.missed), len(one.unexpected))}", file=out)
    for expected in one.missed:
        print(f"  漏报［{expected['relation']}］{expected['where']}　{expected['reason']}", file=out)
    for finding in one.unexpected:
        print(f"  误报［{finding.relation.value}］{finding.text}", file=out)


def _line(cells: Counter[str], found: int, missed: int, unexpected: int) -> str:
    return (
        f"单元格 对 {cells['right']} 错 {cells['wrong']} 未读 {cells['unread']}；"
        f"应报 {found + missed} 报出 {found} 漏报 {missed} 误报 {unexpected}；"
        f"查准率 {_rate(found, unexpected)} 查全率 {_rate(found, missed)}"
    )


def _rate(hit: int, off: int) -> str:
    return f"{hit / (hit + off):.3f}" if hit + off else "1.000"
