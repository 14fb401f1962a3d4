"""Words of this context with their Chinese labels. No Django here."""

from __future__ import annotations

from gongkai.kernel.labelled import Labelled


class Sort(Labelled):
    """In which order."""

    RELEVANCE = "relevance", "按相关程度"
    NEWEST = "newest", "最新在前"
    OLDEST = "oldest", "最早在前"


class Facet(Labelled):
    """By what results are narrowed."""

    KIND = "kind", "类别"
    VALIDITY = "validity", "有效性"
    ORGAN = "organ", "发文机关"
    THEME = "theme", "主题"
    YEAR = "year", "年份"
    LEVEL = "level", "层级"


class Validity(Labelled):
    """效力：as what makes the entry says it."""

    IN_FORCE = "in_force", "现行有效"
    AMENDED = "amended", "已修改"
    REPEALED = "repealed", "已废止"
    LAPSED = "lapsed", "已失效"
    NOT_YET_IN_FORCE = "not_yet_in_force", "尚未施行"
    NOT_APPLICABLE = "not_applicable", "不适用"


class Level(Labelled):
    """层级：whose paper it is."""

    NATIONAL = "national", "国家"
    CITY = "city", "上海市"
    DISTRICT = "district", "虹口区"
    SUBDISTRICT = "subdistrict", "街道"


class Fault(Labelled):
    """What is wrong with an entry from outside."""

    ENCODING = "encoding", "不是 UTF-8 编码，请另存为 UTF-8"
    NO_OBJECT = "no_object", "不是 JSON 对象（从第 %(place)d 个字符起读不通）"
    UNKNOWN = "unknown", "“%(field)s”不是条目的字段"
    MISSING = "missing", "缺少“%(field)s”，或者它是空的、不是文字"
    NO_TEXT = "no_text", "“%(field)s”不是文字"
    NO_LIST = "no_list", "“%(field)s”不是文字的列表"
    NO_WEIGHT = "no_weight", "“%(field)s”不是大于 0、不超过 100 的数"
    NO_DAY = "no_day", "“%(field)s”不是 2023-05-08 这样的日期"
    TOO_LONG = "too_long", "“%(field)s”太长，最多 %(most)d 个字"
    NO_SIGNS = "no_signs", "“%(field)s”中有不成字的编码"
    TAKEN = "taken", "“%(field)s”与第 %(place)d 行的相同，id 却不同：一个索引号只指一件，没有自己的索引号就留空"
