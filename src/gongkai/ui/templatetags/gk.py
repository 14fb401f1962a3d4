"""Template tags of the design system: `{% load gk %}`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.ui import navigation, prose
from gongkai.ui.display import Display, Mode, Theme, read_display
from gongkai.ui.meta import article_tags, column_tags, site_tags
from gongkai.ui.navigation import Place, Text
from gongkai.ui.site import Site, site
from gongkai.ui.words import article

register = template.Library()


@dataclass(frozen=True)
class Switch:
    """One link of the bar at the top that changes how pages are shown."""

    label: str
    url: str
    lang: str = ""


@dataclass(frozen=True)
class Frame:
    """Everything around the content of a page."""

    site: Site
    lang: str
    display: Display
    main: list[Place]
    footer: list[tuple[Text, list[Place]]]
    switches: list[Switch]
    meta: list[tuple[str, str]]
    url: str


@register.simple_tag(takes_context=True)
def frame(context: template.Context) -> Frame:
    """The frame of the page; also drawn where there is no request, as on an error page."""
    request: HttpRequest | None = context.get("request")
    shown = read_display(request.COOKIES) if request else Display()
    url = request.build_absolute_uri(request.path) if request else ""
    return Frame(
        site=site(),
        lang="en" if _is_english() else "zh-CN",
        display=shown,
        main=navigation.main_places(request.path if request else ""),
        footer=navigation.footer_columns(),
        switches=_switches(shown, request.get_full_path() if request else "/"),
        meta=_meta(context, request, url),
        url=url,
    )


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def _switches(shown: Display, back: str) -> list[Switch]:
    choose = navigation.address_of("ui:display")
    if choose is None:
        return []
    elder, dark = shown.mode is Mode.ELDER, shown.theme is Theme.DARK

    def to(**choice: str) -> str:
        return f"{choose}?{urlencode({**choice, 'next': back})}"

    return [
        Switch(_("标准版"), to(mode=Mode.STANDARD)) if elder else Switch(_("长者版"), to(mode=Mode.ELDER)),
        Switch(_("浅色"), to(theme=Theme.LIGHT)) if dark else Switch(_("深色"), to(theme=Theme.DARK)),
        Switch("中文", to(lang="zh-hans"), "zh-CN") if _is_english() else Switch("English", to(lang="en"), "en"),
    ]


def _meta(context: template.Context, request: HttpRequest | None, url: str) -> list[tuple[str, str]]:
    tags = site_tags(site(), request.get_host() if request else "")
    if context.get("column"):
        tags += column_tags(context["column"])
    if context.get("article"):
        image = static("gongkai/seal.svg")
        tags += article_tags(context["article"], url, request.build_absolute_uri(image) if request else image)
    return tags


@register.simple_tag
def address(name: str) -> str:
    """The address with this URL name, or nothing while there is none: `{% address 'reports:shelf' as shelf %}`."""
    return navigation.address_of(name) or ""


@register.simple_tag(name="article")
def article_tag(place: str) -> str:
    """An article of the Regulations in a few words: {% article "disclosure_regulation 31" as law %}."""
    return article(place)


@register.filter
def chinese_date(value: date | None) -> str:
    """2023-09-28 as 2023年9月28日, or 28 September 2023 on English pages."""
    return date_format(value, "j F Y" if _is_english() else "Y年n月j日") if value else ""


@register.filter
def inline(text: object) -> SafeString:
    """Words of a content file, with their links: `{{ text|inline }}`."""
    return prose.inline(text)
