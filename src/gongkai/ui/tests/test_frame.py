"""The frame: navigation that is never dead, footer duties, META tags, error pages."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from gongkai.ui import navigation
from gongkai.ui.navigation import Link
from gongkai.ui.site import check_site

CSS = Path(__file__).parent.parent / "static" / "gongkai" / "gongkai.css"


def test_a_link_to_a_page_that_does_not_exist_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_main", {})
    navigation.register_main(Link("有", "ui:styleguide", 2), Link("无", "nowhere:page", 1))
    assert [(place.label, place.url, place.current) for place in navigation.main_places("/styleguide/")] == [
        ("有", "/styleguide/", True)
    ]


@pytest.mark.parametrize("status", ["400", "403", "404", "500", "403_csrf"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("with_request", [True, False])
def test_error_pages_say_what_happened_and_what_to_do(
    status: str, language: str, with_request: bool, rf: RequestFactory
) -> None:
    with translation.override(language):
        html = render_to_string(f"{status}.html", request=rf.get("/x") if with_request else None)
    page = BeautifulSoup(html, "lxml")
    assert len(page.select("h1")) == 1
    assert len(page.select("main li")) >= 3
    assert page.select_one('main a[href="/"]')
    assert page.select_one("main a[href^=tel]")
    if language == "en":
        shown = page.select_one("main")
        assert shown is not None
        assert not re.search(r"[\u4e00-\u9fff]", shown.get_text())


@pytest.mark.django_db
def test_the_footer_does_all_that_the_guideline_asks(client: Client) -> None:
    footer = BeautifulSoup(client.get("/styleguide/").content, "lxml").select_one("footer")
    assert footer is not None
    text = footer.get_text(" ", strip=True)
    for duty in (
        "党政机关网站标识",
        "我为政府网站找错",
        "网站标识码",
        "主办",
        "承办",
        "021-25658888",
        "ICP备",
        "公网安备",
        "网站地图",
    ):
        assert duty in text
    assert "示例部署" in text


def test_the_styleguide_shows_every_component() -> None:
    folder = Path(__file__).parent.parent / "templates"
    used = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.html"))
    used += "".join(path.read_text(encoding="utf-8") for path in (folder.parent.parent / "portal").rglob("*.html"))
    components = {path.name for path in (folder / "components").glob("_*.html")}
    assert {name for name in components if f"components/{name}" not in used} == set()


def test_the_stylesheet_keeps_to_its_budget_and_asks_nobody_else() -> None:
    css = CSS.read_text(encoding="utf-8")
    assert len(css.encode()) <= 30 * 1024
    css += "".join((CSS.parent / name).read_text(encoding="utf-8") for name in ("reports.css", "search.css"))
    assert len(gzip.compress(css.encode())) <= 10 * 1024
    assert not re.search(r"url\(|@import|https?:", css)
    assert not re.search(r"animation|transition|border-radius:[1-9]\d*px", css)


@pytest.mark.parametrize("text", ["x: [", "name: 示例公开\n", "- 一\n- 二\n", ""])
def test_a_site_file_that_will_not_do_is_refused_at_the_start(tmp_path: Path, settings: Any, text: str) -> None:
    settings.GONGKAI_SITE_FILE = tmp_path / "site.yaml"
    settings.GONGKAI_SITE_FILE.write_text(text, encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match="GONGKAI_SITE_FILE"):
        check_site()
