"""What the styleguide shows: made-up content from a data file, and the chart drawn from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.templatetags.static import static

from gongkai.kernel.written import from_yaml

from .charts import bar_chart

FILE = Path(__file__).parent / "data" / "samples.yaml"


def everything() -> dict[str, Any]:
    """The sample content by the name of the component that takes it."""
    content: dict[str, Any] = from_yaml(FILE.read_text(encoding="utf-8"))
    chart = content.pop("chart")
    rows = [(str(label), float(value)) for label, value in chart.pop("rows")]
    for shown in content["redact"]["pages"]:
        shown["url"] = static(shown["url"])
    return {**content, "chart": bar_chart(rows, hot=rows[-1][0], **chart)}
