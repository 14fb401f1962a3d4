"""What the properties of files are called."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

LABELS = {
    "author": gettext_noop("作者"),
    "last_modified_by": gettext_noop("最后修改人"),
    "title": gettext_noop("标题"),
    "subject": gettext_noop("主题"),
    "description": gettext_noop("说明"),
    "keywords": gettext_noop("关键词"),
    "created": gettext_noop("创建时间"),
    "modified": gettext_noop("修改时间"),
    "company": gettext_noop("单位"),
    "manager": gettext_noop("主管"),
    "software": gettext_noop("软件"),
    "producer": gettext_noop("生成程序"),
    "template": gettext_noop("模板"),
    "xmp": gettext_noop("扩展属性"),
    "camera": gettext_noop("相机厂商"),
    "camera_model": gettext_noop("相机型号"),
    "copyright": gettext_noop("版权"),
    "computer": gettext_noop("计算机"),
    "gps": gettext_noop("拍摄地点"),
}
REMAINS = {
    "comments": gettext_noop("批注"),
    "changes": gettext_noop("修订"),
    "hidden_sheets": gettext_noop("隐藏的工作表"),
    "formulas": gettext_noop("以公式开头的单元格"),
}


def properties(metadata: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each property by its name in the reader's language; a maker's own keeps its name."""
    return [
        (_(LABELS[name]) if name in LABELS else name.removeprefix("custom: "), value)
        for name, value in metadata.items()
    ]


def remains(found: Mapping[str, int]) -> list[tuple[str, int]]:
    """What authors forget, counted."""
    return [(_(REMAINS[name]), count) for name, count in found.items() if name in REMAINS]
