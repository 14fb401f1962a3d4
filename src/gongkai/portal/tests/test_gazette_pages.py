"""The gazette for everybody: articles at once, issues with contents and files, a citation that opens what it names."""

from __future__ import annotations

import hashlib

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.gazette import selectors, services
from gongkai.gazette.models import Article
from gongkai.gazette.tests.factories import a_matrix_issue, articles
from gongkai.portal.gazette.resolving import address_of
from gongkai.search import selectors as search

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_before_the_first_issue_the_shelf_says_so(client: Client) -> None:
    assert "还没有出版的公报" in client.get(reverse("gazette:shelf")).content.decode()


def test_an_article_is_on_the_shelf_as_soon_as_its_document_is_released(client: Client) -> None:
    (pk,) = articles(1)
    row = Article.objects.get()
    shelf = client.get(reverse("gazette:shelf")).content.decode()
    assert row.item.title in shelf
    shown = client.get(reverse("gazette:article", args=[pk])).content.decode()
    assert row.item.title in shown
    assert "尚未编期，编入后按期号引用" in shown


def test_an_issue_has_its_contents_its_files_and_its_digests(client: Client) -> None:
    found = a_matrix_issue()
    shown = client.get(reverse("gazette:issue", args=[2024, 1])).content.decode()
    assert "第 1 号" in shown
    assert "PDF 正在加盖电子印章" in shown
    assert client.get(reverse("gazette:file", args=[2024, 1, "pdf"])).status_code == 404
    assert client.get(reverse("gazette:file", args=[2024, 1, "exe"])).status_code == 404
    for form in ("html", "epub"):
        response = client.get(reverse("gazette:file", args=[2024, 1, form]))
        sent = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        assert hashlib.sha256(sent).hexdigest() == services.file_of(pk=found.pk, form=form)[1]
    assert client.get(reverse("gazette:issue", args=[2024, 2])).status_code == 404


def test_a_citation_in_the_search_box_opens_what_it_names(client: Client) -> None:
    found = a_matrix_issue()
    row = found.articles.get()
    assert address_of("2024年第1期") == reverse("gazette:issue", args=[2024, 1])
    assert search.resolve("二〇二四年第一期第一号") == reverse("gazette:article", args=[row.pk])
    assert address_of("2024年第1期第2号") is None
    response = client.get(reverse("portal:search"), {"q": "2024年第1期第1号"})
    assert (response.status_code, response["Location"]) == (302, reverse("gazette:article", args=[row.pk]))
    assert client.get(reverse("gazette:place", args=[2024, 1, 1]))["Location"] == reverse(
        "gazette:article", args=[row.pk]
    )
    assert client.get(reverse("gazette:place", args=[2024, 1, 9])).status_code == 404
    assert "2024年第1期第1号" in client.get(reverse("gazette:article", args=[row.pk])).content.decode()


def test_an_issue_that_is_being_compiled_is_nobody_elses_business(client: Client) -> None:
    found = a_matrix_issue()
    type(found).objects.update(state="compiling")
    assert client.get(reverse("gazette:issue", args=[2024, 1])).status_code == 404
    assert "2024年第1期" not in client.get(reverse("gazette:shelf")).content.decode()
    row = selectors.articles().get()
    assert "尚未编期" in client.get(reverse("gazette:article", args=[row.pk])).content.decode()


def test_an_article_whose_document_is_public_no_more_leads_to_what_became_of_it(client: Client) -> None:
    row = a_matrix_issue().articles.get()
    type(row.item).objects.filter(pk=row.item.pk).update(state="removed", public=False)
    answer = client.get(reverse("gazette:article", args=[row.pk]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("library:item", args=[row.item.slug]))
    (alone,) = articles(1)
    type(row.item).objects.update(state="removed", public=False)
    assert client.get(reverse("gazette:article", args=[alone])).status_code == 404
