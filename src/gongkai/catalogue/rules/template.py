"""The template of a table of drafts: its columns with how each is written, and one row as a sample. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.catalogue.enums import Audience, DisclosureClass, Level

from . import declared


@dataclass(frozen=True)
class Column:
    """A column: its heading, whether it must be filled, how it is written, and a sample."""

    heading: str
    required: bool
    how: str
    sample: str


def columns(kind: str, organ: str) -> list[Column]:
    """The columns that all drafts have, and those of one kind; the sample is one of this organ."""
    found = declared.kinds()[kind]
    return [
        Column("信息类别", True, "写类别的名称或者代码", found.label),
        Column("标题", True, "最多 300 个字", f"示例{found.label}"),
        Column("发文机关", True, "写机关的全称、简称或者代码", organ),
        Column("发文字号", False, "例如 虹府规〔2023〕4号，哪种括号都可以", ""),
        Column("主题分类", False, f"填写：{'、'.join(declared.themes().values())}", "其他"),
        Column("体裁", False, f"填写：{'、'.join(declared.genres().values())}", "其他"),
        Column("成文日期", False, "写成 2024-03-05、2024/3/5 或者 2024年3月5日", "2024-03-05"),
        Column("施行日期", False, "同上", ""),
        Column("有效期至", False, "同上；文件写明的才填", ""),
        Column("内容概述", False, "最多 4000 个字", "示例概述。"),
        Column("关键词", False, "用顿号隔开", "示例、样表"),
        Column("特色标签", False, f"用顿号隔开：{'、'.join(declared.features().values())}", ""),
        Column("层级", False, f"填写：{'、'.join(label for _code, label in Level.choices())}", ""),
        Column("面向对象", False, f"用顿号隔开：{'、'.join(label for _code, label in Audience.choices())}", ""),
        Column(
            "公开属性", False, f"填写：{'、'.join(label for _code, label in DisclosureClass.choices())}", "主动公开"
        ),
        Column("公开属性的理由", False, "不主动公开的必须写明", ""),
        Column("关联", False, "写成 废止：虹府规〔2018〕2号；几个的用分号隔开", ""),
        Column("正文", False, "一段一行", "示例正文。"),
        Column("key", False, "原系统的编号，同一机关不重复；再次导入时按它认出同一条", ""),
        *(Column(one.label, one.required, _how(one), "2024" if one.required else "") for one in found.fields),
    ]


def _how(field: declared.Field) -> str:
    if field.choices:
        return f"填写：{'、'.join(field.choices)}"
    return {"date": "写成 2024-03-05", "number": "只写数字"}.get(field.type, "文字")
