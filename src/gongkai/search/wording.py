"""How results are spoken of: why each was found, and what was done with a question."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongkai.search.rules.entry import NotAnEntry
from gongkai.search.rules.marking import Reason
from gongkai.search.rules.query import DEEPEST

# What enums.py calls things, for whoever translates them.
LABELS = (
    *(gettext_noop("按相关程度"), gettext_noop("最新在前"), gettext_noop("最早在前")),
    *(gettext_noop("类别"), gettext_noop("有效性"), gettext_noop("发文机关"), gettext_noop("主题")),
    *(gettext_noop("年份"), gettext_noop("层级")),
    *(gettext_noop("现行有效"), gettext_noop("已修改"), gettext_noop("已废止"), gettext_noop("已失效")),
    *(gettext_noop("尚未施行"), gettext_noop("不适用")),
    *(gettext_noop("不是 UTF-8 编码，请另存为 UTF-8"), gettext_noop("“%(field)s”不是条目的字段")),
    *(gettext_noop("不是 JSON 对象（从第 %(place)d 个字符起读不通）"), gettext_noop("“%(field)s”不是文字")),
    *(gettext_noop("缺少“%(field)s”，或者它是空的、不是文字"), gettext_noop("“%(field)s”不是文字的列表")),
    *(gettext_noop("“%(field)s”不是大于 0、不超过 100 的数"), gettext_noop("“%(field)s”中有不成字的编码")),
    *(gettext_noop("“%(field)s”不是 2023-05-08 这样的日期"), gettext_noop("“%(field)s”太长，最多 %(most)d 个字")),
    gettext_noop("“%(field)s”与第 %(place)d 行的相同，id 却不同：一个索引号只指一件，没有自己的索引号就留空"),
    *(gettext_noop("国家"), gettext_noop("上海市"), gettext_noop("虹口区"), gettext_noop("街道")),
)


def why(reason: Reason) -> str:
    """One reason in words."""
    told = {
        "title": _("标题含“%(word)s”"),
        "organ": _("机关名称含“%(word)s”"),
        "keyword": _("关键词含“%(word)s”"),
        "number": _("文号或者索引号是“%(word)s”"),
        "cites": _("引用了“%(word)s”"),
        "body": _("正文含“%(word)s”%(count)d 处") if reason.count > 1 else _("正文含“%(word)s”"),
        "attachment": _("附件“%(name)s”含“%(word)s”") if reason.within else _("附件含“%(word)s”"),
    }[reason.place] % {"word": reason.word, "count": reason.count, "name": reason.within}
    if reason.typed:
        told += _("（“%(typed)s”的同义词）") % {"typed": reason.typed}
    return told


def cut_off(left_out: str) -> str:
    return _("输入太长，只按前面的内容查找，没有查找“%(rest)s”。") % {
        "rest": left_out[:20] + ("……" if len(left_out) > 20 else "")
    }


def most_of_them(whole: int, least: int, total: int) -> str:
    told = {"whole": whole, "least": least, "total": total}
    if total == 1:
        return (
            _("完整含所输入词语的有 %(whole)d 条；其余只含其中一部分，越相关越靠前。") % told
            if whole
            else _("没有完整含所输入词语的内容，下面是含其中一部分的。")
        )
    if whole:
        return _("含全部 %(total)d 个词的有 %(whole)d 条；其余至少含其中 %(least)d 个词，越相关越靠前。") % told
    return _("没有同时含全部 %(total)d 个词的内容，下面是至少含其中 %(least)d 个词的。") % told


def instead(typed: str, found: str) -> str:
    return _("没有找到“%(typed)s”，已按“%(found)s”查找。") % {"typed": typed, "found": found}


def too_deep(last: int) -> str:
    return _("只能翻到前 %(most)d 条（第 %(last)d 页）。请增加词语、选择筛选条件或者限定日期。") % {
        "most": DEEPEST,
        "last": last,
    }


def past_the_end(last: int) -> str:
    return _("没有这一页，结果到第 %(last)d 页为止。") % {"last": last}


def too_often(most: int) -> str:
    return _(
        "您的网络地址一分钟内搜索超过 %(most)d 次，请过一分钟再试；批量取用请用公文库的导出、订阅或者数据接口。"
    ) % {"most": most}


def being_prepared() -> str:
    return _("搜索索引正在准备，请过一会儿再试，或者从栏目中查找。")


def unfit(number: int, error: NotAnEntry) -> str:
    """Which line of a file is no entry, and why."""
    why = _(error.fault.label) % {"field": error.field, "place": error.place, "most": error.most}
    return _("第 %(number)d 行%(why)s。没有建立索引，原来的索引（如有）没有变；请改正这一行后再运行。") % {
        "number": number,
        "why": why,
    }


def no_entries() -> str:
    return _("文件中没有条目，没有建立索引，原来的索引（如有）没有变。请核对文件是否完整：应当一行一个 JSON 对象。")
