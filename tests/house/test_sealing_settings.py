"""What the environment says about seals, and what is answered when it will not do."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from gongkai.config.sealing import read_public_url, read_sealing

REMOTE = {
    "GONGKAI_SEALS_SIGNER": "remote",
    "GONGKAI_SEALS_URL": "https://seal.example.gov.cn/api",
    "GONGKAI_SEALS_TOKEN": "a-token",
}


def test_keys_are_kept_here_unless_it_is_said_otherwise() -> None:
    found = read_sealing({}, production=True)
    assert (found.signer, found.answer, found.digest, found.url) == ("file", "raw", "sha256", "")
    assert read_sealing(REMOTE, production=True).signer == "remote"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"GONGKAI_SEALS_SIGNER": "paper"}, "GONGKAI_SEALS_SIGNER"),
        ({"GONGKAI_SEALS_URL": ""}, "GONGKAI_SEALS_URL"),
        ({"GONGKAI_SEALS_URL": "http://seal.example.gov.cn"}, "GONGKAI_SEALS_URL"),
        ({"GONGKAI_SEALS_URL": "seal.example.gov.cn"}, "GONGKAI_SEALS_URL"),
        ({"GONGKAI_SEALS_TOKEN": ""}, "GONGKAI_SEALS_TOKEN"),
        ({"GONGKAI_SEALS_ANSWER": "pdf"}, "GONGKAI_SEALS_ANSWER"),
        ({"GONGKAI_SEALS_DIGEST": "md5"}, "GONGKAI_SEALS_DIGEST"),
    ],
)
def test_a_value_that_will_not_do_is_named(changes: dict[str, str], named: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=named):
        read_sealing(REMOTE | changes, production=True)


def test_a_service_on_this_machine_may_speak_plainly_outside_production() -> None:
    plain = REMOTE | {"GONGKAI_SEALS_URL": "http://127.0.0.1:9000"}
    assert read_sealing(plain, production=False).url == "http://127.0.0.1:9000"


@pytest.mark.parametrize(
    ("text", "hosts", "https", "expected"),
    [
        ("", ["open.example.gov.cn"], True, "https://open.example.gov.cn"),
        ("", [".example.gov.cn"], False, "http://example.gov.cn"),
        ("", ["localhost", "127.0.0.1", "[::1]"], False, "http://127.0.0.1:8000"),
        ("", ["*"], False, "http://127.0.0.1:8000"),
        ("https://open.example.gov.cn/", ["*"], True, "https://open.example.gov.cn"),
        ("https://example.gov.cn/open/", ["*"], True, "https://example.gov.cn/open"),
    ],
)
def test_the_address_that_letters_print(text: str, hosts: list[str], https: bool, expected: str) -> None:
    assert read_public_url({"GONGKAI_PUBLIC_URL": text}, hosts=hosts, https=https) == expected


@pytest.mark.parametrize("text", ["open.example.gov.cn", "ftp://x", "https://", "https://x/?a=1"])
def test_what_is_no_address_of_a_portal_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="GONGKAI_PUBLIC_URL"):
        read_public_url({"GONGKAI_PUBLIC_URL": text}, hosts=["x"], https=True)
