"""The table of who may open what: a row for every address, no row without one, and no page past its row."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings
from django.urls import get_resolver, path

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Held, Standing
from gongkai.config.access import Access, Opening, read_table, table, to_sign_in, url_names
from gongkai.ui import views

STRAY = [path("stray/", views.styleguide, name="stray"), path("nameless/", views.styleguide)]


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    assert {name for name, _pattern in url_names(get_resolver().url_patterns)} == set(table())


def test_no_two_addresses_share_a_name() -> None:
    found = Counter(name for name, _pattern in url_names(get_resolver().url_patterns))
    assert [name for name, times in found.items() if times > 1] == []


@pytest.mark.one_database
@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/stray/", "/nameless/"])
def test_an_address_without_a_row_is_closed_to_everyone(client: Client, address: str) -> None:
    with override_settings(ROOT_URLCONF=(*get_resolver().url_patterns, *STRAY)):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    ("text", "access"),
    [
        ("x: public", Access(Opening.PUBLIC)),
        ("x: [officer]", Access(None, frozenset({Role.OFFICER}))),
        ("x: {to: signed_in, second_factor: true}", Access(Opening.SIGNED_IN, second_factor=True)),
    ],
)
def test_a_row_is_read(tmp_path: Path, text: str, access: Access) -> None:
    file = tmp_path / "access.yaml"
    file.write_text(text, encoding="utf-8")
    assert read_table(file) == {"x": access}


@pytest.mark.parametrize(
    "text",
    [
        "x: everyone",
        "x: []",
        "x: [king]",
        "x: {to: public, or: else}",
        "x: public\nx: signed_in",
        "- x",
        "x: 1",
        "x: [",
    ],
)
def test_a_table_that_says_nothing_clear_stops_the_start(tmp_path: Path, text: str) -> None:
    file = tmp_path / "access.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match=r"access\.yaml"):
        read_table(file)


@pytest.mark.parametrize(
    ("access", "let_in"),
    [
        (Access(Opening.SIGNED_IN), True),
        (Access(None, frozenset({Role.OFFICER, Role.AUDITOR})), True),
        (Access(None, frozenset({Role.ADMINISTRATOR})), False),
    ],
)
def test_one_of_the_roles_anywhere_is_enough(access: Access, let_in: bool) -> None:
    assert access.lets_in(Standing(1, "甲", frozenset({Held(Role.OFFICER, "a")}))) is let_in


@pytest.mark.parametrize(
    ("method", "asked", "sent_to"),
    [
        ("get", "/workbench/?a=1&b=%E4%BA%8C", "?next=%2Fworkbench%2F%3Fa%3D1%26b%3D%25E4%25BA%258C"),
        ("post", "/workbench/", ""),
        ("get", "/workbench/?" + "a" * 2000, ""),
    ],
)
def test_who_is_not_signed_in_is_sent_to_sign_in_and_back_to_the_page(
    rf: object, method: str, asked: str, sent_to: str
) -> None:
    response = to_sign_in(getattr(rf, method)(asked))
    assert (response.status_code, response.url) == (302, f"/workbench/sign-in/{sent_to}")
