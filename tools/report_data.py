"""Write the figures and claims of published reports as data: `python -m tools.report_data FOLDER`.

FOLDER holds the published documents. Only figures, short names and our own words are written: places in the text,
printed cells and sentences are left behind.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from gongkai.reports.codec import to_data
from gongkai.reports.enums import Scope
from gongkai.reports.reading.files import open_document, read_document
from gongkai.reports.reading.model import Claim, Figure, Reading, Span, State, Unreadable
from gongkai.reports.shipped import FOLDER

NAMES = {
    ("上海市虹口区", Scope.WHOLE): "hongkou",
    ("上海市虹口区人民政府", Scope.ORGAN): "hongkou-government",
    ("上海市宝山区行政服务中心", Scope.ORGAN): "baoshan-service-centre",
    ("上海市", Scope.WHOLE): "shanghai",
}


def main(folder: Path) -> int:
    """Write one file a report; returns how many."""
    written = 0
    for path in sorted(folder.iterdir()):
        try:
            readings = read_document(open_document(path))
        except Unreadable:
            continue
        for reading in readings:
            data = facts(reading)
            name = NAMES[(reading.organ, reading.scope)]
            text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None)
            (FOLDER / f"{name}-{reading.year}.yaml").write_text(text, "utf-8")
            written += 1
    return written


def facts(reading: Reading) -> dict[str, Any]:
    """The reading without its text: what may be carried."""
    title = f"{reading.organ}{reading.year}年政府信息公开工作年度报告"
    bare = replace(
        reading,
        title=title,
        three=_bare(reading.three),
        four=_bare(reading.four),
        two=_bare(reading.two),
        claims=tuple(_claim(c) for c in reading.claims),
        headings=tuple(replace(h, span=None) for h in reading.headings),
        remarks=tuple(replace(r, span=None) for r in reading.remarks if r.kind not in ("pinyin", "traditional")),
        unread=tuple(replace(u, span=None, text="") for u in reading.unread),
        span=Span(0, 0),
    )
    return {"source": f"《{title}》（公开发布），数字据该报告整理", **to_data(bare)}


def _bare(table: Any) -> Any:
    return {row: {column: _figure(f) for column, f in cells.items()} for row, cells in table.items()}


def _figure(figure: Figure) -> Figure:
    printed = figure.text if "元" in figure.text else ""
    return Figure(figure.value, State(figure.state), None, printed)


def _claim(claim: Claim) -> Claim:
    parts = claim.parts
    if claim.kind == "list":
        parts = tuple((f"分项{place}", count, share) for place, (_, count, share) in enumerate(parts, start=1))
    return replace(claim, span=None, share_span=None, growth_span=None, parts=parts)


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
