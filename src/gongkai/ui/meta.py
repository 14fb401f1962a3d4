"""META tags that the guideline for government websites asks of every page (国办发〔2017〕47号)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from gongkai.kernel.labelled import Labelled

from .navigation import Text
from .site import Site


class ColumnType(Labelled):
    """栏目类别."""

    HOME = "home", "首页"
    DISCLOSURE = "disclosure", "政府信息公开"
    OVERVIEW = "overview", "机构概况"
    DOCUMENTS = "documents", "政策文件"
    REPORT = "report", "政府信息公开年报"
    SEARCH = "search", "搜索"
    HELP = "help", "网站帮助"


@dataclass(frozen=True)
class Column:
    """栏目：where a page stands."""

    name: Text
    description: Text
    keywords: Text
    type: ColumnType


@dataclass(frozen=True)
class Article:
    """内容页：what a content page is."""

    title: Text
    published: datetime
    source: Text
    keywords: Text
    description: Text
    author: Text = ""
    image: str = ""


def site_tags(site: Site, host: str) -> list[tuple[str, str]]:
    return [
        ("SiteName", site.name),
        ("SiteDomain", site.domain or host),
        ("SiteIDCode", site.id_code),
    ]


def column_tags(column: Column) -> list[tuple[str, str]]:
    return [
        ("ColumnName", str(column.name)),
        ("ColumnDescription", str(column.description)),
        ("ColumnKeywords", str(column.keywords)),
        ("ColumnType", column.type.label),
    ]


def article_tags(article: Article, url: str, image: str) -> list[tuple[str, str]]:
    return [
        ("ArticleTitle", str(article.title)),
        ("PubDate", f"{localtime(article.published):%Y-%m-%d %H:%M}"),
        ("ContentSource", str(article.source)),
        ("Keywords", str(article.keywords)),
        ("Author", str(article.author or article.source)),
        ("Description", str(article.description)),
        ("Image", article.image or image),
        ("Url", url),
    ]
