"""Charts of the annual reports; each has its table beside it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongkai.reports import selectors
from gongkai.ui.charts import BarChart, bar_chart

_CHARTED = ("received", "withheld.share", "unable.share")
_FEWEST = 2


def series_chart(years: Sequence[selectors.ReportLine], line: selectors.ReportLine) -> BarChart | None:
    """Applications received over the years of one organ; nothing for fewer than two years."""
    rows = [(str(y.year), float(y.new_received)) for y in years if y.new_received is not None]
    if len(rows) < _FEWEST:
        return None
    first, last = rows[0][0], rows[-1][0]
    return bar_chart(
        rows,
        title=_("%(first)s 至 %(last)s 年新收申请") % {"first": first, "last": last},
        caption=_("单位：件。来源：各年年度报告。"),
        heading=_("年份"),
        unit=_("新收（件）"),
        hot=str(line.year),
    )


def compared_charts(comparison: selectors.Comparison) -> list[BarChart]:
    """A chart for each of the main quantities that at least two of the reports state."""
    rows = {row.key: row for _name, section in comparison.sections for row in section}
    same_organ = len({line.organ for line in comparison.lines}) == 1
    charts = []
    for key in _CHARTED:
        row = rows.get(key)
        if row is None:
            continue
        labels = [str(x.year) if same_organ else f"{_short(x.organ)} {x.year}" for x in comparison.lines]
        points = [(label, float(v)) for label, v in zip(labels, row.values, strict=True) if v is not None]
        if len(points) < _FEWEST:
            continue
        unit = _("占比（%）") if row.unit else _("件")
        title = _("%(what)s（%(unit)s）") % {"what": _(row.label), "unit": row.unit or _("件")}
        caption, lang = _("来源：各年度报告。"), "" if same_organ else "zh-CN"
        charts.append(bar_chart(points, title=title, caption=caption, heading=_("报告"), unit=unit, labels_lang=lang))
    return charts


def _short(organ: str) -> str:
    """The last part of an organ's name, short enough to stand under a bar."""
    bare = organ.removeprefix("上海市") or organ
    return bare.removesuffix("人民政府") or bare
