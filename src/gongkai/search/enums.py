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
