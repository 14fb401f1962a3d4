"""Sealing: refused with what to do, remembered once and for ever, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from gongkai.audit import selectors as audit
from gongkai.audit.rules import SYSTEM
from gongkai.files.models import File
from gongkai.kernel import bus
from gongkai.privacy import rotation
from gongkai.seals import selectors, services
from gongkai.seals.enums import KeyState, SignerKind, Verdict
from gongkai.seals.events import PaperSealed
from gongkai.seals.models import Authority, SealedPaper, SealKey
from gongkai.seals.rules import AlreadySealed, Refused, SignerFailed, codes
from gongkai.seals.signing import certificates

from . import factories

PAPERS = 50
CHAIN = "seals.seal"


@pytest.mark.django_db
def test_a_letter_is_sealed_kept_remembered_recorded_and_told() -> None:
    factories.ready()
    told: list[PaperSealed] = []
    bus.subscribe(PaperSealed, told.append)
    try:
        found = factories.sealed(7)
    finally:
        bus.unsubscribe(PaperSealed, told.append)
    row = SealedPaper.objects.get()
    assert found.sha256 == hashlib.sha256(found.pdf).hexdigest() == row.sha256
    assert (found.version, row.version, row.organ_name, row.size) == (1, 1, factories.NAME, len(found.pdf))
    assert (row.code, row.number, row.object_id) == (found.verify_code, factories.NUMBER, "7")
    assert selectors.content(row) == found.pdf
    assert [(event.paper_id, event.sha256) for event in told] == [(row.pk, row.sha256)]
    entry = audit.entries(act=CHAIN).get()
    assert (entry.organ, entry.object_id, entry.purpose) == (factories.ORGAN, "7", "答复申请")
    examined, answer = selectors.examined(found.pdf)
    assert (examined.good, answer.verdict, answer.paper) == (True, Verdict.GENUINE, row)


@pytest.mark.django_db
def test_a_paper_made_and_sealed_prints_its_own_code_and_address() -> None:
    from io import BytesIO

    import pdfplumber

    factories.ready()
    found = services.seal_paper(
        paper=factories.paper(),
        organ_code=factories.ORGAN,
        reason="答复申请",
        object_kind="sample",
        object_id=1,
        by=SYSTEM,
    )
    with pdfplumber.open(BytesIO(found.pdf)) as file:
        text = file.pages[-1].extract_text()
    assert codes.shown(found.verify_code) in text
    assert f"{settings.PUBLIC_URL}/verify/".removeprefix("https://") in text
    assert services.check_of(found.verify_code).address == f"{settings.PUBLIC_URL}/verify/{found.verify_code}/"


@pytest.mark.django_db
def test_no_name_and_no_content_of_a_letter_is_remembered() -> None:
    factories.ready()
    factories.sealed()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM seals_sealedpaper")
        assert "示例申请人" not in str(cursor.fetchall())


@pytest.mark.django_db
def test_a_paper_is_sealed_once_and_a_correction_is_a_version_that_names_the_earlier() -> None:
    factories.ready()
    first = factories.sealed()
    with pytest.raises(AlreadySealed, match="没有再盖") as refused:
        factories.sealed()
    assert refused.value.code == first.verify_code
    second = factories.sealed(corrects=first.verify_code)
    third = factories.sealed(corrects=second.verify_code)
    with pytest.raises(Refused, match="最新版本"):
        factories.sealed(corrects=first.verify_code)
    rows = list(selectors.versions(object_kind="applications.application", object_id=1))
    assert [row.version for row in rows] == [1, 2, 3]
    assert [row.replaces_id for row in rows] == [None, rows[0].pk, rows[1].pk]
    answer = selectors.answer(code=codes.shown(first.verify_code))
    assert (answer.verdict, answer.replaced_by) == (Verdict.REPLACED, rows[2])
    assert selectors.answer(code=third.verify_code).verdict is Verdict.GENUINE
    assert selectors.content(rows[0]) == first.pdf


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["UPDATE seals_sealedpaper SET number = 'x'", "DELETE FROM seals_sealedpaper"])
def test_the_database_refuses_to_change_or_remove_what_was_sealed(word: str) -> None:
    factories.ready()
    factories.sealed()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(word)


@pytest.mark.django_db
def test_a_version_that_names_no_earlier_one_is_refused_by_the_database() -> None:
    factories.ready()
    factories.sealed()
    row = SealedPaper.objects.get()
    row.pk, row.version, row.sha256, row.code, row.replaces = None, 2, "b" * 64, "0" * 16, None
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.django_db
def test_an_organ_without_a_key_with_an_ended_and_with_a_revoked_one_is_refused_with_what_to_do() -> None:
    factories.organs()
    with pytest.raises(Refused, match=f"gongkai seals init {factories.ORGAN}"):
        factories.sealed()
    factories.ready()
    key = SealKey.objects.get()
    ended = timezone.now() - timedelta(days=1)
    SealKey.objects.update(valid_since=ended - timedelta(days=1), valid_until=ended)
    with pytest.raises(Refused, match=f"到期.*gongkai seals renew {factories.ORGAN}"):
        factories.sealed()
    SealKey.objects.update(valid_since=key.valid_since, valid_until=key.valid_until)
    services.revoke(fingerprint=key.fingerprint[:12].upper(), because="密钥泄露", by=SYSTEM)
    with pytest.raises(Refused, match="吊销（密钥泄露）"):
        factories.sealed()
    assert SealedPaper.objects.count() == File.objects.count() == 0
    services.renew(organ_code=factories.ORGAN, signer=SignerKind.FILE, by=SYSTEM)
    assert factories.sealed().version == 1


@pytest.mark.django_db
def test_another_organs_certificate_is_refused() -> None:
    factories.ready(factories.ORGAN, factories.OTHER)
    other = SealKey.objects.get(organ__code=factories.OTHER)
    SealKey.objects.filter(organ__code=factories.ORGAN).update(certificate=other.certificate, secret=other.secret)
    with pytest.raises(Refused, match=f"不是{factories.NAME}"):
        factories.sealed()


@pytest.mark.django_db
def test_keys_that_were_retired_or_revoked_later_stay_verifiable() -> None:
    factories.ready()
    first = factories.sealed(1)
    services.renew(organ_code=factories.ORGAN, signer=SignerKind.FILE, by=SYSTEM)
    second = factories.sealed(2)
    services.revoke(fingerprint=first.fingerprint, because="换发后停用", by=SYSTEM)
    assert first.fingerprint != second.fingerprint
    for found in (first, second):
        examined, answer = selectors.examined(found.pdf)
        assert (examined.good, answer.verdict) == (True, Verdict.GENUINE)
    states = [line.state for line in selectors.key_lines() if line.key.organ.code == factories.ORGAN]
    assert states == [KeyState.IN_USE, KeyState.REVOKED]


@pytest.mark.django_db
def test_what_was_sealed_after_its_key_was_revoked_is_told() -> None:
    factories.ready()
    found = factories.sealed()
    SealKey.objects.update(revoked_at=timezone.now() - timedelta(days=1), revoked_because="密钥泄露")
    assert selectors.answer(code=found.verify_code).verdict is Verdict.WITHDRAWN_KEY


@pytest.mark.django_db
def test_no_secret_lies_open_in_the_database_and_every_one_goes_with_a_change_of_keys() -> None:
    factories.ready()
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM seals_sealkey UNION ALL SELECT secret FROM seals_authority")
        stored = [row[0] for row in cursor.fetchall()]
    assert len(stored) == 2
    assert all(text.startswith("gk1:") and "PRIVATE" not in text for text in stored)
    assert {f"{column.place}" for column in rotation.columns()} >= {"seals_sealkey.secret", "seals_authority.secret"}
    assert "PRIVATE KEY" in str(Authority.objects.get().secret)


@pytest.mark.django_db
def test_the_national_signer_seals_and_its_seal_is_found_good(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    monkeypatch.setattr(settings, "SEALS", replace(settings.SEALS, signer="sm2"))
    factories.ready(signer=SignerKind.SM2)
    found = factories.sealed()
    examined, answer = selectors.examined(found.pdf)
    assert (examined.good, examined.organ_code, answer.verdict) == (True, factories.ORGAN, Verdict.GENUINE)
    assert SealedPaper.objects.get().signer == "sm2"


@pytest.mark.django_db
def test_a_certificate_from_elsewhere_is_taken_in_only_for_its_organ_and_from_a_trusted_authority() -> None:
    factories.organs()
    certificate = certificates.as_text(factories.made().certificate).encode()
    words: dict[str, Any] = {"content": certificate, "handle": "slot-1", "signer": SignerKind.REMOTE, "by": SYSTEM}
    with pytest.raises(services.Unusable, match="gongkai seals trust"):
        services.register(organ_code=factories.ORGAN, **words)
    services.trust(content=factories.authority().certificate, by=SYSTEM)
    services.trust(content=factories.authority().certificate, by=SYSTEM)
    assert Authority.objects.count() == 1
    with pytest.raises(Refused, match="没有盖章"):
        services.register(organ_code=factories.OTHER, **words)
    with pytest.raises(services.Unusable, match="没有可用的证书"):
        services.register(organ_code=factories.ORGAN, **{**words, "content": b"hello"})
    key = services.register(organ_code=factories.ORGAN, **words)
    assert (key.secret, key.handle, selectors.key_in_use(factories.ORGAN, SignerKind.REMOTE)) == ("", "slot-1", key)


@pytest.mark.django_db
def test_a_signer_that_fails_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    factories.organs()
    services.trust(content=factories.authority().certificate, by=SYSTEM)
    services.register(
        organ_code=factories.ORGAN,
        content=factories.made().certificate,
        handle="",
        signer=SignerKind.REMOTE,
        by=SYSTEM,
    )
    away = replace(settings.SEALS, signer="remote", url="http://127.0.0.1:1/", token="x")  # noqa: S106 - of nothing
    monkeypatch.setattr(settings, "SEALS", away)
    monkeypatch.setattr("gongkai.seals.signing.remote.PAUSE", 0.0)
    with pytest.raises(SignerFailed, match="没有回应"):
        factories.sealed()
    assert (SealedPaper.objects.count(), File.objects.count(), audit.entries(act=CHAIN).count()) == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_fifty_papers_sealed_at_once_are_fifty_rows_with_codes_of_their_own() -> None:
    factories.ready()
    failed: list[Exception] = []
    waiting = list(range(PAPERS))
    factories.plain_pdf()

    def work() -> None:
        try:
            while waiting:
                factories.sealed(waiting.pop())
        except Exception as error:  # noqa: BLE001 - told below
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    rows = list(SealedPaper.objects.all())
    assert len(rows) == len({row.code for row in rows}) == len({row.sha256 for row in rows}) == PAPERS
    assert audit.entries(act=CHAIN).count() == PAPERS
    assert list(audit.verify()) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_that_seal_the_same_paper_at_once_one_does() -> None:
    factories.ready()
    factories.plain_pdf()
    answers: list[str] = []
    together = threading.Barrier(4)

    def work() -> None:
        together.wait()
        try:
            factories.sealed(1)
            answers.append("sealed")
        except AlreadySealed:
            answers.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["refused"] * 3 + ["sealed"]
    assert SealedPaper.objects.count() == 1


KILLED = """
import os, signal, sys
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from gongkai.seals.services import sealing
from gongkai.seals.tests import factories
real = getattr(sealing, sys.argv[2])
def killed(*words, **named):
    if sys.argv[3] == "after":
        real(*words, **named)
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] == "record":
    sealing.record = killed
elif sys.argv[2] == "keeping":
    sealing.keeping.keep_own = killed
else:
    setattr(sealing, sys.argv[2], killed)
factories.sealed(1)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("step", "when"), [("_signed", "after"), ("keeping", "before"), ("_remember", "before"), ("record", "before")]
)
def test_a_process_killed_between_signing_and_remembering_leaves_no_half_row(step: str, when: str) -> None:
    """Killed before the file is kept, after it, and inside the transaction that remembers it."""
    factories.ready()
    root = Path(__file__).resolve().parents[4]
    program = [sys.executable, "-c", KILLED, str(connection.settings_dict["NAME"]), step, when]
    environ = {**os.environ, "PYTHONPATH": f"{root}:{root / 'src'}", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(program, env=environ, capture_output=True, check=False, text=True, timeout=120)
    assert done.returncode == -signal.SIGKILL, done.stderr[-2000:]
    assert SealedPaper.objects.count() == 0
    assert audit.entries(act=CHAIN).count() == 0
    assert set(File.objects.values_list("owner_kind", flat=True)) <= {"draft"}
    assert list(audit.verify()) == []
    assert factories.sealed(1).version == 1
