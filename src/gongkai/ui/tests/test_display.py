"""Choosing the display: cookies, and a way back that never leaves the site."""

import pytest
from django.test import Client

from gongkai.ui.display import Display, Mode, Theme, read_display


@pytest.mark.parametrize(
    ("cookies", "shown"),
    [
        ({}, Display()),
        ({"gongkai_mode": "elder"}, Display(mode=Mode.ELDER)),
        ({"gongkai_theme": "dark", "gongkai_mode": "elder"}, Display(Mode.ELDER, Theme.DARK)),
        ({"gongkai_theme": "<script>", "gongkai_mode": ""}, Display()),
    ],
)
def test_the_choice_is_read_from_cookies_and_nonsense_is_no_choice(cookies: dict[str, str], shown: Display) -> None:
    assert read_display(cookies) == shown


@pytest.mark.parametrize(
    ("query", "cookie", "value"),
    [
        ("mode=elder", "gongkai_mode", "elder"),
        ("theme=dark", "gongkai_theme", "dark"),
        ("lang=en", "django_language", "en"),
    ],
)
def test_a_choice_is_kept_for_a_year_and_the_reader_goes_back(
    client: Client, query: str, cookie: str, value: str
) -> None:
    response = client.get(f"/display/?{query}&next=/organs/%3Fa%3D1")
    assert (response.status_code, response["Location"]) == (302, "/organs/?a=1")
    kept = response.cookies[cookie]
    assert (kept.value, kept["max-age"], kept["samesite"], kept["httponly"]) == (value, 31536000, "Lax", True)


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "organs/",
        "",
        "/\n/evil.example",
    ],
)
def test_the_way_back_never_leaves_the_site(client: Client, target: str) -> None:
    response = client.get("/display/", {"mode": "elder", "next": target})
    assert response["Location"] == "/"


@pytest.mark.parametrize("query", ["mode=huge", "theme=pink", "lang=xx", "lang=de", "other=1"])
def test_an_unknown_choice_sets_nothing(client: Client, query: str) -> None:
    assert not client.get(f"/display/?{query}").cookies


def test_choosing_only_answers_reading_requests(client: Client) -> None:
    assert client.post("/display/?mode=elder").status_code == 405
