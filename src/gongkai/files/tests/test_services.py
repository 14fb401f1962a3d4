"""Keeping files: once each, whole or not at all, never unscanned, never for strangers."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.db.models import Q
from django.utils import timezone
from pytest_django import Settings

from gongkai.accounts.rules import NOBODY, Standing
from gongkai.audit.enums import ActorKind
from gongkai.audit.models import Entry
from gongkai.audit.rules import VISITOR, Actor
from gongkai.files import selectors, services, stores
from gongkai.files.enums import Scan, Visibility
from gongkai.files.events import InfectedFileFound
from gongkai.files.models import Blob, File
from gongkai.files.rules import Refused, storage_path
from gongkai.kernel import bus

from . import clamd, honest

ACTOR = Actor(ActorKind.USER, "7")


def kept(content: bytes | None = None, name: str = "a.pdf", **more: str) -> File:
    return services.keep(
        stream=content or honest.pdf(), name=name, owner_kind="case", owner_id="1", actor=ACTOR, **more
    )


def lying(folder: Path) -> set[str]:
    return {path.name for path in (folder / "files").rglob("*") if path.is_file()}


@pytest.mark.django_db
def test_a_file_is_kept_private_under_its_digest_and_recorded(folder: Path) -> None:
    content = honest.pdf(Author="示例承办人甲")
    file = kept(content, name="../通知.pdf", organ="hongkou")
    assert (file.name, file.kind, file.media_type, file.size) == ("通知.pdf", "pdf", "application/pdf", len(content))
    assert file.visibility == Visibility.PRIVATE.value
    assert file.metadata["author"] == "示例承办人甲"
    place = folder / "files" / storage_path(file.sha256)
    assert place.read_bytes() == content
    assert place.stat().st_mode & 0o777 == 0o600
    assert list((folder / "incoming").iterdir()) == []
    entry = Entry.objects.get(act="files.keep")
    assert (entry.actor, entry.organ, entry.object_id) == ("7", "hongkou", str(file.pk))
    assert "通知" not in entry.facts
    with selectors.content(file) as opened:
        assert opened.read() == content


@pytest.mark.django_db
def test_the_same_content_is_kept_once(folder: Path) -> None:
    content = honest.pdf()
    first, second = kept(content), kept(content, name="b.pdf")
    assert first.pk != second.pk
    assert first.sha256 == second.sha256
    assert lying(folder) == {first.sha256}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "name", "words"),
    [(b"", "a.pdf", "是空的"), (b"MZ", "a.exe", "不接受"), (b"x" * (10 * 1024 * 1024 + 1), "a.txt", "超过 10 MB")],
)
def test_what_is_refused_leaves_nothing(folder: Path, content: bytes, name: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        services.keep(stream=content, name=name, owner_kind="case", actor=ACTOR)
    assert not File.objects.exists()
    assert not Blob.objects.exists()
    assert not (folder / "incoming").exists() or list((folder / "incoming").iterdir()) == []


@pytest.mark.django_db
def test_an_endless_stream_is_cut_at_the_limit() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"x" * size

    endless = Endless()
    with pytest.raises(Refused, match="超过 10 MB"):
        services.keep(stream=endless, name="a.txt", owner_kind="case", actor=ACTOR)  # type: ignore[arg-type]
    assert endless.given < 11 * 1024 * 1024


@pytest.mark.django_db(transaction=True)
def test_eight_uploads_of_one_content_at_once(folder: Path) -> None:
    content, files, failures = honest.pdf(), [], []

    def upload(number: int) -> None:
        try:
            files.append(kept(content, name=f"{number}.pdf"))
        except Exception as error:  # noqa: BLE001 - reported below
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=upload, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len({file.pk for file in files}) == 8
    assert Blob.objects.count() == 1
    assert lying(folder) == {files[0].sha256}


@pytest.mark.django_db(transaction=True)
def test_the_sweeper_and_an_upload_of_the_same_content_never_lose_it(folder: Path) -> None:
    content = honest.pdf()
    for _ in range(5):
        file = kept(content)
        File.objects.all().delete()
        Blob.objects.update(created_at=timezone.now() - timedelta(days=2))
        made: list[File] = []

        def upload(into: list[File] = made) -> None:
            into.append(kept(content))
            connections.close_all()

        thread = threading.Thread(target=upload)
        thread.start()
        while thread.is_alive():
            services.sweep()
            time.sleep(0.01)
        thread.join()
        services.sweep()
        with selectors.content(made[0]) as opened:
            assert opened.read() == content
        assert lying(folder) == {file.sha256}


KILLED = """
import os, sys, time
import gongkai.files.stores as stores
def chunks():
    yield b"%PDF-1.7"
    print("begun", flush=True)
    time.sleep(60)
from django.conf import settings
with stores.staged(chunks(), most=100):
    pass
"""


def test_a_killed_upload_leaves_no_half_content(folder: Path) -> None:
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
        "GONGKAI_ENV": "demo",
        "GONGKAI_DATA_DIR": str(folder),
        "DATABASE_URL": "",
    }
    process = subprocess.Popen([sys.executable, "-c", KILLED], env=environ, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    process.kill()
    process.wait()
    process.stdout.close()
    assert len(list((folder / "incoming").iterdir())) == 1
    assert not (folder / "files").exists()
    assert stores.clear_incoming(older_than=3600) == 0
    assert stores.clear_incoming(older_than=-1) == 1
    assert list((folder / "incoming").iterdir()) == []


@pytest.mark.django_db
def test_the_sweeper_takes_what_nothing_needs_and_nothing_else(folder: Path) -> None:
    needed = kept(honest.pdf(pages=1))
    orphan = kept(honest.pdf(pages=2))
    draft = services.keep(stream=honest.pdf(pages=3), name="d.pdf", owner_kind=selectors.DRAFT, actor=ACTOR)
    stray = folder / "files" / storage_path("ab" * 32)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"x")
    File.objects.filter(pk=orphan.pk).delete()
    assert services.sweep() == {"drafts": 0, "contents": 0, "incoming": 0}
    long_ago = timezone.now() - timedelta(days=3)
    Blob.objects.update(created_at=long_ago)
    File.objects.update(created_at=long_ago)
    for path in (folder / "files").rglob("*"):
        if path.is_file():
            os.utime(path, (long_ago.timestamp(),) * 2)
    assert services.sweep() == {"drafts": 1, "contents": 2, "incoming": 0}
    Blob.objects.update(created_at=long_ago)
    assert services.sweep() == {"drafts": 0, "contents": 1, "incoming": 0}
    assert services.sweep() == {"drafts": 0, "contents": 0, "incoming": 0}
    assert lying(folder) == {needed.sha256}
    assert not File.objects.filter(pk=draft.pk).exists()


@pytest.mark.django_db
def test_what_a_killed_cleaning_left_behind_is_swept_away(folder: Path) -> None:
    working = folder / "incoming" / "tmpleft"
    working.mkdir(parents=True)
    (working / "clean").write_bytes(b"a page of a private file")
    upload = folder / "incoming" / "upload"
    upload.write_bytes(b"half")
    assert services.sweep()["incoming"] == 0
    for path in (upload, working):
        os.utime(path, ((timezone.now() - timedelta(days=2)).timestamp(),) * 2)
    assert services.sweep()["incoming"] == 2
    assert list((folder / "incoming").iterdir()) == []


@pytest.fixture
def _case_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of cases are read by officers 7 and 8."""
    monkeypatch.setattr(selectors, "_readers", {})
    selectors.register_owner("case", lambda standing: Q() if standing.user_id in {7, 8} else Q(pk__in=[]))


@pytest.mark.django_db
@pytest.mark.usefixtures("_case_files")
def test_one_function_says_who_may_read() -> None:
    private = kept()
    public = kept()
    File.objects.filter(pk=public.pk).update(visibility=Visibility.PUBLIC.value)
    unclaimed = services.keep(stream=honest.pdf(), name="d.pdf", owner_kind=selectors.DRAFT, actor=ACTOR)
    strange = services.keep(stream=honest.pdf(), name="d.pdf", owner_kind="nobody registered this", actor=ACTOR)
    drafts_of_visitors = services.keep(stream=honest.pdf(), name="d.pdf", owner_kind=selectors.DRAFT, actor=VISITOR)

    def seen(standing: Standing | None) -> set[object]:
        return set(selectors.visible_to(standing).values_list("pk", flat=True))

    assert seen(None) == {public.pk}
    assert seen(NOBODY) == {public.pk}
    assert seen(Standing(9, "示例承办人丙")) == {public.pk}
    assert seen(Standing(8, "示例承办人乙")) == {public.pk, private.pk}
    assert seen(Standing(7, "示例承办人甲")) == {public.pk, private.pk, unclaimed.pk}
    assert {strange.pk, drafts_of_visitors.pk} & seen(Standing(7, "示例承办人甲")) == set()
    with pytest.raises(ValueError, match="registered already"):
        selectors.register_owner("case", lambda standing: Q())


@pytest.mark.django_db
def test_drafts_are_claimed_by_who_sent_them_once() -> None:
    mine = services.keep(stream=honest.pdf(), name="a.pdf", owner_kind=selectors.DRAFT, actor=ACTOR)
    others = services.keep(
        stream=honest.pdf(), name="b.pdf", owner_kind=selectors.DRAFT, actor=Actor(ActorKind.USER, "8")
    )
    ids = [mine.pk, others.pk]
    claimed = services.claim(files=ids, owner_kind="case", owner_id=5, organ="hongkou", actor=ACTOR)
    assert [(file.pk, file.owner_kind, file.owner_id, file.organ) for file in claimed] == [
        (mine.pk, "case", "5", "hongkou")
    ]
    assert services.claim(files=ids, owner_kind="case", owner_id=6, actor=ACTOR) == []
    assert list(selectors.of_owner("case", 5)) == [mine]
    assert [file.pk for file in selectors.drafts(ids)] == [others.pk]


@pytest.mark.django_db
def test_reading_a_private_file_is_recorded_and_a_public_one_not() -> None:
    file = kept()
    services.read(file=file, actor=ACTOR, purpose="办理申请").close()
    entry = Entry.objects.get(act="files.read")
    assert (entry.actor, entry.object_id, entry.purpose) == ("7", str(file.pk), "办理申请")
    file.visibility = Visibility.PUBLIC.value
    services.read(file=file, actor=VISITOR, purpose="").close()
    assert Entry.objects.filter(act="files.read").count() == 1


@pytest.fixture
def daemon(settings: Settings, tmp_path: Path) -> Iterator[clamd.Daemon]:
    with clamd.Daemon(tmp_path / "clamd.sock") as running:
        settings.CLAMD = str(tmp_path / "clamd.sock")
        yield running


@pytest.mark.django_db
def test_a_virus_is_refused_by_name(daemon: clamd.Daemon) -> None:
    daemon.infected.add(b"EICAR")
    with pytest.raises(Refused, match=r"查出病毒（Test\.Virus）"):
        kept(b"EICAR example", name="a.txt")
    assert not File.objects.exists()
    assert kept().blob.scan == Scan.CLEAN.value
    assert daemon.asked == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("_case_files")
def test_what_could_not_be_scanned_is_not_read_by_anyone_until_it_was(daemon: clamd.Daemon) -> None:
    officer = Standing(7, "示例承办人甲")
    daemon.answer = b""
    file = kept()
    assert file.blob.scan == Scan.WAITING.value
    assert not selectors.visible_to(officer).exists()
    File.objects.update(visibility=Visibility.PUBLIC.value)
    assert not selectors.visible_to(None).exists()
    assert services.scan_waiting()["clean"] == 0
    daemon.answer = None
    assert services.scan_waiting()["clean"] == 1
    assert selectors.visible_to(officer).get() == file


@pytest.mark.django_db
def test_a_virus_found_later_destroys_the_content_and_is_told(
    daemon: clamd.Daemon, folder: Path, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    daemon.answer = b"stream: lost my mind ERROR\0"
    daemon.infected.add(b"EICAR")
    file = kept(b"EICAR example", name="a.txt")
    assert lying(folder) == {file.sha256}
    told: list[InfectedFileFound] = []
    bus.subscribe(InfectedFileFound, told.append)
    daemon.answer = None
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert services.scan_waiting()["infected"] == 1
    bus.unsubscribe(InfectedFileFound, told.append)
    assert [(event.file_id, event.signature) for event in told] == [(str(file.pk), "Test.Virus")]
    assert lying(folder) == set()
    assert Entry.objects.filter(act="files.infected").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nowhere/clamd.sock", "127.0.0.1:1"])
def test_a_scanner_out_of_reach_never_lets_a_file_through(settings: Settings, address: str) -> None:
    settings.CLAMD = address
    assert kept().blob.scan == Scan.WAITING.value


@pytest.mark.django_db
def test_renaming_keeps_the_extension() -> None:
    file = services.rename(file=kept(), name="b/通知（二）.pdf", actor=ACTOR)
    assert file.name == "通知（二）.pdf"
    with pytest.raises(Refused):
        services.rename(file=file, name="通知.docx", actor=ACTOR)
