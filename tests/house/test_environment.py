"""What the program reads from its environment, and what it says when a value will not do."""

import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from gongkai.config.environment import Mode, database, go_by_the_law, make_folder, read
from gongkai.statutes import adopt, in_force

KEY = "k" * 50
FIELD_KEY = "dHR0dHR0dHR0dHR0dHR0dHR0dHR0dHR0dHR0dHR0dHQ="
PRODUCTION = {
    "GONGKAI_ENV": "production",
    "GONGKAI_SECRET_KEY": KEY,
    "GONGKAI_FIELD_KEYS": FIELD_KEY,
    "GONGKAI_ALLOWED_HOSTS": "open.example.gov.cn",
}


def test_production_is_strict_by_default(tmp_path: Path) -> None:
    found = read(PRODUCTION | {"GONGKAI_DATA_DIR": str(tmp_path)})
    assert found.mode is Mode.PRODUCTION
    assert (found.https, found.hsts_seconds, found.trust_proxy, found.debug) == (True, 31536000, False, False)
    assert found.allowed_hosts == ["open.example.gov.cn"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"GONGKAI_SECRET_KEY": ""}, "GONGKAI_SECRET_KEY must be set"),
        ({"GONGKAI_SECRET_KEY": "k" * 49}, "50 random characters"),
        ({"GONGKAI_FIELD_KEYS": ""}, "GONGKAI_FIELD_KEYS must be set"),
        ({"GONGKAI_FIELD_KEYS": "abcd"}, "3 bytes instead of 32"),
        ({"GONGKAI_FIELD_KEYS": f"{FIELD_KEY},{FIELD_KEY}"}, "stands there twice"),
        ({"GONGKAI_ALLOWED_HOSTS": ""}, "GONGKAI_ALLOWED_HOSTS is not set"),
        ({"GONGKAI_ALLOWED_HOSTS": " , "}, "GONGKAI_ALLOWED_HOSTS is not set"),
        ({"GONGKAI_ALLOWED_HOSTS": "a.example,*"}, "Name the hosts"),
        ({"GONGKAI_DEBUG": "1"}, "GONGKAI_DEBUG is on in production"),
        ({"GONGKAI_ENV": "prod"}, "demo, production or test"),
        ({"GONGKAI_HTTPS": "maybe"}, "Write on or off"),
        ({"GONGKAI_HSTS_SECONDS": "a year"}, "whole number"),
        ({"GONGKAI_HSTS_SECONDS": "-1"}, "whole number"),
        ({"GONGKAI_SITE_FILE": "/nowhere/site.yaml"}, "which is not a file"),
        ({"GONGKAI_LOG_LEVEL": "loud"}, "GONGKAI_LOG_LEVEL"),
        ({"GONGKAI_LOG_FORMAT": "xml"}, "json or plain"),
        ({"GONGKAI_METRICS_TOKEN": "t" * 31}, "32 letters and digits"),
        ({"GONGKAI_METRICS_TOKEN": "令牌" * 20}, "32 letters and digits"),
        ({"GONGKAI_CLAMD": "localhost"}, "host:port"),
        ({"GONGKAI_FILES_S3_BUCKET": "files"}, "GONGKAI_FILES_S3_ENDPOINT, .*SECRET_KEY is not set"),
        ({"GONGKAI_SMTP_URL": "http://mail"}, "smtps://host"),
        ({"GONGKAI_SMTP_URL": "smtp://mail"}, "GONGKAI_MAIL_FROM is not set"),
        ({"GONGKAI_MAIL_FROM": "a@b.cn\r\nBcc: c@d.cn"}, "no mail address"),
        ({"GONGKAI_SMS_URL": "https://sms.example/"}, "GONGKAI_SMS_KEY is not set"),
        ({"GONGKAI_SMS_QUIET": "night"}, "21:00-08:00"),
        ({"DATABASE_URL": "mysql://u@h/n"}, "postgresql://user:password@host:5432/name"),
        ({"DATABASE_URL": "postgresql://h"}, "not an address"),
        ({"DATABASE_URL": "postgresql://h:five/n"}, "port must be a number"),
    ],
)
def test_a_value_that_will_not_do_is_named(changes: dict[str, str], says: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=says):
        read(PRODUCTION | {"GONGKAI_DATA_DIR": str(tmp_path)} | changes)


def test_the_demo_makes_a_key_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    environ = {"GONGKAI_DATA_DIR": str(tmp_path / "data")}
    first = read(environ)
    assert len(first.secret_key) >= 50
    assert read(environ).secret_key == first.secret_key
    assert stat.S_IMODE((tmp_path / "data" / "secret-key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "data" / "field-keys").stat().st_mode) == 0o600
    assert read({"GONGKAI_DATA_DIR": str(tmp_path / "other")}).secret_key != first.secret_key


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", {"NAME": "/data/gongkai.sqlite3"}),
        ("sqlite:////srv/gongkai.sqlite3", {"NAME": "/srv/gongkai.sqlite3"}),
        (
            "postgresql://gong%40kai:p%2Fw@db.internal:5433/name?sslmode=require",
            {"USER": "gong@kai", "PASSWORD": "p/w", "HOST": "db.internal", "PORT": "5433", "NAME": "name"}
            | {"OPTIONS": {"sslmode": "require"}},
        ),
        ("postgres:///name?host=/run/pg&user=me", {"HOST": "/run/pg", "USER": "me", "OPTIONS": {}}),
    ],
)
def test_database_addresses(url: str, expected: dict[str, Any]) -> None:
    found = database(url, Path("/data"))
    assert {key: found[key] for key in expected} == expected


def test_a_number_left_to_the_house_is_set_by_a_file(tmp_path: Path) -> None:
    file = tmp_path / "law.yaml"
    file.write_text("supplement_term: {value: 10, reason: 区政府办公室规定}\n", encoding="utf-8")
    try:
        go_by_the_law({"GONGKAI_LAW_FILE": str(file)})
        assert in_force("supplement_term", date(2026, 1, 5)).value == 10
    finally:
        adopt()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("reply_limit: {value: 30, reason: 想要更久}\n", "cannot be set"),
        ("nonsense: {value: 1, reason: x}\n", "nonsense"),
    ],
)
def test_a_law_file_that_will_not_do_is_refused_in_a_sentence(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "law.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match=words):
        go_by_the_law({"GONGKAI_LAW_FILE": str(file)})


def test_half_a_key_is_never_used(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("", encoding="ascii")
    with pytest.raises(ImproperlyConfigured, match="Delete it"):
        read({"GONGKAI_DATA_DIR": str(tmp_path)})


def test_a_data_folder_that_is_a_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")
    with pytest.raises(ImproperlyConfigured, match="GONGKAI_DATA_DIR"):
        make_folder(tmp_path / "file")


def test_a_database_address_out_of_shape_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        database("postgresql://[bad/x", tmp_path)
