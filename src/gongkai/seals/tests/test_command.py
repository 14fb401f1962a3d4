"""`gongkai seals` makes, lists, renews and revokes keys, and says of a file whether it is genuine."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gongkai.seals.models import Authority, SealKey

from . import factories


def run(*words: object) -> str:
    out = StringIO()
    call_command("seals", *[str(word) for word in words], stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_keys_are_made_once_listed_renewed_and_revoked() -> None:
    factories.organs()
    assert "为 2 个机关生成了密钥" in run("init", factories.ORGAN, factories.OTHER)
    assert "为 0 个机关生成了密钥，2 个已有" in run("init", factories.ORGAN, factories.OTHER)
    assert (Authority.objects.count(), SealKey.objects.count()) == (1, 2)
    run("renew", factories.ORGAN, "--days", 30)
    lines = [line for line in run("list").splitlines() if factories.ORGAN in line]
    assert [("请尽快换发" in line, "已换发" in line) for line in lines] == [(True, False), (False, True)]
    fingerprint = lines[0].split()[0]
    assert f"gongkai seals renew {factories.ORGAN}" in run("revoke", fingerprint, "--because", "试验")
    assert "已吊销" in run("list")
    assert "BEGIN CERTIFICATE" in run("ca")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("renew", "no-such-organ"), "没有代码为“no-such-organ”的机关"),
        (("revoke", "zz", "--because", "x"), "gongkai seals list"),
        (("ca",), "gongkai seals init"),
        (("renew", factories.ORGAN), "gongkai seals init"),
        (("verify", "/no/such/file.pdf"), "打不开"),
        (("register", factories.ORGAN, __file__), "签章服务"),
    ],
)
def test_what_cannot_be_done_is_told_with_what_to_do(words: tuple[str, ...], told: str) -> None:
    factories.organs()
    with pytest.raises(CommandError, match=told):
        run(*words)


@pytest.mark.django_db
def test_a_file_is_verified_with_and_without_the_database(tmp_path: Path, django_assert_num_queries: Any) -> None:
    factories.ready()
    found = factories.sealed()
    good, bad, ca = (tmp_path / name for name in ("good.pdf", "bad.pdf", "ca.pem"))
    good.write_bytes(found.pdf)
    bad.write_bytes(found.pdf[:5000] + b"?" + found.pdf[5001:])
    ca.write_text(run("ca"), encoding="ascii")
    told = run("verify", good)
    assert all(word in told for word in ("完整", "受信任", factories.NAME, "真实", factories.NUMBER))
    with django_assert_num_queries(0):
        data = json.loads(run("verify", good, "--ca", ca, "--json"))
    assert (data["genuine"], data["organ_code"]) == (True, factories.ORGAN)
    for words in ((bad,), (bad, "--ca", ca), (Path(__file__),)):
        with pytest.raises(CommandError) as failed:
            run("verify", *words)
        assert failed.value.returncode == 1
