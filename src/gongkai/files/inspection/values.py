"""What an inspection finds, and the sentences it refuses with."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from gongkai.files.enums import Kind
from gongkai.files.rules import Refused
from gongkai.files.rules import marked as _

WRONG_TYPE = _(
    "扩展名是“.%(extension)s”，内容却不是%(expected)s（看起来是：%(found)s）。请确认文件后用正确的扩展名再传。"
)
BROKEN = _("这个文件（%(kind)s）已损坏或不完整，打不开。请在原来的软件中打开检查、重新导出后再传。")
LOCKED = _("这个文件设有密码，无法查看内容。请去掉密码后再传。")
SWOLLEN = _("这个文件展开后异常巨大，可能会使系统瘫痪，没有保存。请在原来的软件中另存后再传。")
TWO_KINDS = _("这个文件里藏着另一种格式的内容（%(found)s），没有保存。请在原来的软件中重新导出后再传。")
MACROS = _("这个文件含有宏（程序代码），出于安全不接受。请另存为不含宏的格式后再传。")
EMBEDDED = _("这个文件里嵌有其他文件或对象（%(found)s），出于安全不接受。请移除后，把它们作为单独的文件上传。")
OUTSIDE = _("这个文件会从外部地址加载内容（%(found)s），出于安全不接受。请把内容粘贴进文件本身，断开链接后再传。")
ENTITIES = _("这个文件的内部结构定义了外部实体或自定义实体，出于安全不接受。请在原来的软件中另存后再传。")
SCRIPTS = _("这个 PDF 含有自动执行的内容（%(found)s），出于安全不接受。请用“打印为 PDF”重新生成后再传。")
TOO_MANY_PAGES = _("这个 PDF 有 %(pages)s 页，超过 %(most)s 页。请分成几个文件再传。")
TOO_MANY_PIXELS = _("这张图片的尺寸是 %(width)s×%(height)s，超过 %(most)s 万像素。请缩小后再传。")
NOT_TEXT = _("这个文件不是文本，或者编码无法识别。请另存为 UTF-8 编码后再传。")
MARKUP = _("这个文本文件的内容是网页或脚本代码，不接受。请另存为纯文本或 PDF 再传。")
TOO_SLOW = _("这个文件的结构异常，检查了 %(seconds)s 秒仍没有结束，没有保存。请重新导出后再传。")
BAD_ENTRIES = _("这个文件的压缩结构异常（%(found)s），没有保存。请在原来的软件中另存后再传。")
# Refusals because of what a file carries; it can be read all the same.
CARRIED = frozenset({MACROS, EMBEDDED, OUTSIDE, SCRIPTS})


@dataclass
class Inspection:
    """A file that may be kept: its kind, what it says about its makers, and what a reader should know.

    `metadata` maps the property's name (`author`, `gps`, `software`, …) to its text; `remains` counts what authors
    forget: comments, tracked changes, hidden sheets. `signed`: changing one byte would break a signature.
    """

    kind: Kind
    metadata: dict[str, str] = field(default_factory=dict)
    remains: dict[str, int] = field(default_factory=dict)
    pages: int = 0
    encoding: str = ""
    signed: bool = False

    def note(self, name: str, value: object) -> None:
        """Keep a property that says something, at a length that can be shown."""
        text = " ".join(str(value).split()) if value is not None else ""
        if text:
            self.metadata[name] = text[:300]


def as_json(found: Inspection | Refused) -> dict[str, Any]:
    """For the way from the inspecting process to ours."""
    if isinstance(found, Refused):
        return {"sentence": found.sentence, "values": found.values}
    return asdict(found)


def from_json(data: dict[str, Any]) -> Inspection:
    """The other end of that way. Raises Refused if that is what was found."""
    if "sentence" in data:
        raise Refused(data["sentence"], **data["values"])
    return Inspection(**data | {"kind": Kind(data["kind"])})
