"""Words of notices and files that pages show from enums, marked for the catalogue of translations."""

from __future__ import annotations

from django.utils.translation import gettext_noop

LABELS = (
    gettext_noop("站内信"),
    gettext_noop("电子邮件"),
    gettext_noop("短信"),
    gettext_noop("待发送"),
    gettext_noop("发送中"),
    gettext_noop("已发送"),
    gettext_noop("未送达"),
    gettext_noop("是否送达不明"),
    gettext_noop("不再发送"),
    gettext_noop("对方已接收"),
    gettext_noop("对方请稍后再试"),
    gettext_noop("对方拒收"),
    gettext_noop("对方未答复"),
    gettext_noop("人工处理"),
    gettext_noop("不公开"),
    gettext_noop("公开"),
    gettext_noop("未启用查毒"),
    gettext_noop("已查毒"),
    gettext_noop("等待查毒"),
    gettext_noop("有病毒"),
    gettext_noop("Word 文档（.docx）"),
    gettext_noop("Excel 工作簿（.xlsx）"),
    gettext_noop("PowerPoint 演示文稿（.pptx）"),
    gettext_noop("Word 97 文档（.doc）"),
    gettext_noop("Excel 97 工作簿（.xls）"),
    gettext_noop("ODF 文本（.odt）"),
    gettext_noop("ODF 表格（.ods）"),
    gettext_noop("OFD 版式文件（.ofd）"),
    gettext_noop("JPEG 图片"),
    gettext_noop("PNG 图片"),
    gettext_noop("文本"),
    gettext_noop("CSV 表格"),
)
