"""Words of this context."""

from gongkai.kernel.labelled import Labelled


class Visibility(Labelled):
    """Who may read a file: those its owner's context lets in, or everybody."""

    PRIVATE = "private", "不公开"
    PUBLIC = "public", "公开"


class Scan(Labelled):
    """What the virus scanner said of a content."""

    OFF = "off", "未启用查毒"
    CLEAN = "clean", "已查毒"
    WAITING = "waiting", "等待查毒"
    INFECTED = "infected", "有病毒"


class Kind(Labelled):
    """What a file may be, by its content and structure."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word 文档（.docx）"
    XLSX = "xlsx", "Excel 工作簿（.xlsx）"
    PPTX = "pptx", "PowerPoint 演示文稿（.pptx）"
    DOC = "doc", "Word 97 文档（.doc）"
    XLS = "xls", "Excel 97 工作簿（.xls）"
    ODT = "odt", "ODF 文本（.odt）"
    ODS = "ods", "ODF 表格（.ods）"
    OFD = "ofd", "OFD 版式文件（.ofd）"
    JPEG = "jpg", "JPEG 图片"
    PNG = "png", "PNG 图片"
    TEXT = "txt", "文本"
    CSV = "csv", "CSV 表格"
