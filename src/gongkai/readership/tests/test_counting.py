"""What is counted, what is kept, and that nothing of a reader is."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from gongkai.accounts.enums import Role
from gongkai.accounts.tests.factories import a_duty, a_person, an_organ
from gongkai.catalogue.tests import factories as library
from gongkai.readership import rules, selectors, services
from gongkai.readership.models import PageCount, TermCount

READER: dict[str, Any] = {
    "HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
}
OWN: dict[str, Any] = {"HTTP_REFERER": "http://testserver/library/"}


@pytest.fixture(autouse=True)
def _nothing_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test begins with no counts, and writes when it says so."""
    monkeypatch.setattr(services, "_waiting", services._Waiting())
    monkeypatch.setattr(services, "EVERY", 3600.0)


@pytest.mark.parametrize(
    ("agent", "prefetched", "reader"),
    [
        (READER["HTTP_USER_AGENT"], False, True),
        (READER["HTTP_USER_AGENT"], True, False),
        ("Mozilla/5.0 (compatible; Baiduspider/2.0)", False, False),
        ("curl/8.0", False, False),
        ("python-requests/2", False, False),
        ("", False, False),
    ],
)
def test_a_reader_is_who_does_not_say_to_be_a_program(agent: str, prefetched: bool, reader: bool) -> None:
    assert rules.is_reader(agent, prefetched=prefetched) is reader


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  旧区改造  征收 ", "旧区改造 征收"),
        ("ＰＭ２．５", "pm2.5"),
        ("a\x00b\nc", "a b c"),
        (" \t", ""),
        ("长" * 100, "长" * 60),
    ],
)
def test_words_that_mean_the_same_are_counted_together(text: str, words: str) -> None:
    assert rules.term(text) == words


@pytest.mark.django_db
@pytest.mark.one_database
def test_pages_are_counted_by_thing_and_a_visit_by_where_it_comes_from(client: Client) -> None:
    item = library.published()
    address = f"/library/{item.slug}/"
    for headers in (READER, READER | OWN, {"HTTP_USER_AGENT": "bot"}, {}):
        client.get(address, **headers)
    client.get("/library/nothing-here/", **READER)
    client.head(address, **READER)
    client.get(address[:-1] + ".json", **READER)
    client.get("/search/?q=示例", **READER | OWN)
    client.get("/healthz", **READER)
    services.flush()
    rows = set(PageCount.objects.values_list("day", "page", "key", "opened", "begun"))
    today = timezone.localdate()
    assert rows == {(today, "library:item", item.slug, 2, 1), (today, "portal:search", "", 1, 0)}
    assert list(TermCount.objects.values_list("term", "asked", "empty")) == [("示例", 1, 1)]


@pytest.mark.django_db
def test_what_two_processes_counted_is_added_up() -> None:
    for _each in range(2):
        services.opened(page="library:item", key="a", began=True)
        services.opened(page="library:item", key="a", began=False)
        services.asked(text="低保", found=0)
        assert services.flush() == 2
    assert services.flush() == 0
    assert list(PageCount.objects.values_list("opened", "begun")) == [(4, 2)]
    assert list(TermCount.objects.values_list("asked", "empty")) == [(2, 2)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_fifty_threads_lose_no_count() -> None:
    def read() -> None:
        for n in range(20):
            services.opened(page="library:item", key=f"k{n % 3}", began=False)
        connection.close()

    threads = [threading.Thread(target=read) for _each in range(50)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    services.flush()
    assert sum(PageCount.objects.values_list("opened", flat=True)) == 1000


@pytest.mark.django_db
@pytest.mark.one_database
@pytest.mark.parametrize(
    "text", ["13800138000", "11010519491231002X", "示例 021-65150000 13800138000", "a@example.com"]
)
def test_what_looks_like_a_persons_number_is_counted_without_its_words(text: str) -> None:
    services.asked(text=text, found=0)
    services.flush()
    assert list(TermCount.objects.values_list("term", "asked")) == [("", 1)]


@pytest.mark.django_db
def test_words_that_few_asked_for_are_not_told_and_forgotten_after_a_week() -> None:
    today = date(2026, 11, 20)
    old = today - timedelta(days=8)
    TermCount.objects.create(day=old, term="张示例", asked=2, empty=1)
    TermCount.objects.create(day=old, term="低保", asked=2, empty=0)
    TermCount.objects.create(day=old - timedelta(days=1), term="低保", asked=1, empty=0)
    TermCount.objects.create(day=today, term="新词", asked=1, empty=1)
    assert selectors.terms(old - timedelta(days=9), today) == [("低保", 3, 0)]
    before = selectors.total(old - timedelta(days=9), today)
    assert services.forget_rare(today=today) == 1
    assert services.forget_rare(today=today) == 0
    assert selectors.total(old - timedelta(days=9), today) == before
    assert set(TermCount.objects.values_list("term", flat=True)) == {"", "低保", "新词"}


@pytest.mark.django_db
@pytest.mark.one_database
def test_the_desk_shows_what_is_read_and_looked_for(client: Client) -> None:
    organ = an_organ("civil-affairs")
    person = a_person(organ=organ)
    a_duty(person, Role.DISCLOSURE_OFFICE, "civil-affairs")
    client.force_login(person)
    item = library.published(title="示例低保公示")
    for _each in range(3):
        services.opened(page="library:item", key=str(item.slug), began=True)
        services.opened(page="library:item", key="gone", began=False)
        services.asked(text="加装电梯", found=0)
    services.flush()
    page = client.get("/workbench/readership/").content.decode()
    for words in ("示例低保公示", "加装电梯", organ.short_name):
        assert words in page
    assert ">gone<" not in page
    table = client.get("/workbench/readership/figures.csv").content.decode("utf-8-sig").splitlines()
    assert table[1:4] == ["合计,页面阅读,,6,", "合计,访问,,3,", "合计,搜索,,3,3"]
    assert "搜索词,加装电梯,,3,3" in table
    for query in ("since=x&until=y", "since=2030-01-01&until=2020-01-01", "since=%00"):
        assert client.get(f"/workbench/readership/?{query}").status_code == 200


@pytest.mark.django_db
@pytest.mark.one_database
def test_a_count_that_cannot_be_written_disturbs_no_reader(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> Any:
        from django.db import OperationalError

        raise OperationalError("database is locked")

    monkeypatch.setattr(services, "EVERY", 0.0)
    monkeypatch.setattr(services, "flush", fails)
    assert client.get("/organs/", **READER).status_code == 200
