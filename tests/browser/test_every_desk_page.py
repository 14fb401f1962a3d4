"""Every page of the desk, in a real browser: reachable by links, readable by everybody, quiet towards other hosts."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import PASSWORD, a_duty, a_person, an_organ
from gongkai.catalogue.tests.factories import a_draft
from gongkai.gazette.tests.factories import an_issue, compiler
from gongkai.portal.tests.sample_data import load
from gongkai.reports import services
from gongkai.reports.tests.factories import text_of
from gongkai.standards.tests.factories import a_row
from tests.browser import looking
from tests.browser.test_every_page import SIZES, Watch, walk

ORGAN = "district-office"
MODES = {
    "standard": {},
    "elder and dark": {"gongkai_mode": "elder", "gongkai_theme": "dark"},
    "English": {"django_language": "en"},
}
WITHOUT_ADMINISTRATION = [role for role in Role if role is not Role.ADMINISTRATOR]


@pytest.fixture
def site(live_server: Any, transactional_db: None) -> str:
    """The demo's cases and reports, and some of what the other rooms hold."""
    load("calendar", "organs", "people", "reports", "applications")
    an_issue(compiler(organ=ORGAN))
    a_row(organ=ORGAN)
    return str(live_server.url)


@pytest.fixture
def desk(page: Page, site: str) -> Page:
    """Somebody who holds every duty of one organ but administration, signed in."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from gongkai.accounts.rules import Held, Standing

    person = a_person(organ=an_organ(ORGAN))
    for role in WITHOUT_ADMINISTRATION:
        a_duty(person, role, ORGAN)
    a_draft(by=person, organ=ORGAN)
    by = Standing(person.pk, person.name, frozenset({Held(Role.OFFICER, ORGAN)}))
    text = text_of(organ="上海市虹口区人民政府办公室", said=9).encode()
    services.file_report(upload=SimpleUploadedFile("年报.txt", text), organ=ORGAN, by=by)
    page.goto(site + "/workbench/")
    page.fill("[name=login]", person.username)
    page.fill("[name=password]", PASSWORD)
    page.click("main form .gk-btn")
    return page


@pytest.mark.parametrize(
    ("size", "mode"), [("desk", "standard"), ("telephone", "elder and dark"), ("telephone", "English")]
)
def test_every_page_of_the_desk_is_accessible_and_keeps_to_itself(
    desk: Page, site: str, context: BrowserContext, size: str, mode: str
) -> None:
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in MODES[mode].items()])
    desk.set_viewport_size(SIZES[size])
    watch = Watch(desk, urlsplit(site).netloc)
    faults: list[str] = []
    seen = []
    for path in walk(desk, site, "/workbench/", "/workbench/", most=2 if mode == "standard" else 1):
        seen.append(path)
        found = looking.faults(desk, contrast=mode != "English")
        faults += [f"{path}: {fault}" for fault in (*found, *watch.faults)]
        watch.faults.clear()
    assert faults == []
    rooms = {path.split("/")[2] for path in seen}
    assert {"", "applications", "drafts", "reports", "search", "keys", "calendar", "inbox"} | {
        "library",
        "catalogues",
        "gazette",
        "readership",
    } <= rooms
