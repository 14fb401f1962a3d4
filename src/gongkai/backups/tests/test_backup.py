"""A backup restored into an empty place is the same house: every row, every file, a whole chain."""

import base64
import errno
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from gongkai.accounts.enums import Role
from gongkai.applications import services as applications
from gongkai.applications.tests import factories
from gongkai.audit import selectors as audit
from gongkai.audit.rules import SYSTEM
from gongkai.backups import databases, services
from gongkai.backups.sealing import SealingWriter
from gongkai.files import rules, stores
from gongkai.files import selectors as files
from gongkai.files import services as keeping
from gongkai.files.models import Blob, Preview
from gongkai.privacy.keys import ring

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(tmp_path: Path) -> None:
    """Organs, a case that has run its course, and a file."""
    factories.organs()
    officer = factories.holding(factories.person(), Role.OFFICER)
    chief = factories.holding(factories.person(), Role.SECTION_CHIEF)
    factories.closed(officer, chief)
    applications.keep_letters()
    keeping.keep(stream="示例附件".encode(), name="附件.txt", owner_kind="sample", owner_id=1, actor=SYSTEM)


@pytest.fixture
def empty_place(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an empty installation beside this one, on the same kind of database."""
    place = {
        "GONGKAI_ENV": "test",
        "GONGKAI_DATA_DIR": str(tmp_path / "new"),
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
    }
    if connection.vendor == "sqlite":
        yield {**os.environ, **place, "DATABASE_URL": ""}
        return
    name = f"restored_{uuid.uuid4().hex}"  # other tests restore at the same time
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    given = connection.settings_dict
    yield {**os.environ, **place, "DATABASE_URL": f"postgresql:///{name}?host={given['HOST']}&user={given['USER']}"}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def there(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the other place."""
    command = [sys.executable, "-m", "gongkai", "manage", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


# Run in each place, so that both tell of themselves in the same words.
TELL = """
import hashlib, json
from django.apps import apps
from django.core.serializers import serialize
from gongkai.files import selectors
tables = {}
for model in apps.get_models():
    rows = serialize("jsonl", model._base_manager.order_by("pk"))
    tables[model._meta.label] = [model._base_manager.count(), hashlib.sha256(rows.encode()).hexdigest()]
contents = {sha256: hashlib.sha256(selectors.open_stored(sha256).read()).hexdigest() for sha256 in selectors.stored()}
result = json.dumps([tables, contents], sort_keys=True)
"""


def told_here() -> str:
    names: dict[str, Any] = {}
    exec(TELL, names)  # noqa: S102 - our own words above
    return str(names["result"])


def test_what_is_restored_is_what_was(house: None, empty_place: dict[str, str], tmp_path: Path) -> None:
    backup, key = tmp_path / "house.backup", tmp_path / "key"
    call_command("backup", str(backup), "--key", str(key), stdout=StringIO())
    assert key.stat().st_mode & 0o777 == 0o600
    before = told_here()
    done = there(empty_place, "restore", str(backup), "--key", str(key))
    assert done.returncode == 0, done.stderr
    assert "链完整" in done.stdout
    # The field keys are not in the backup: a test installation makes none of its own, so both read with the same.
    after = there(empty_place, "shell", "-v", "0", "-c", TELL + "\nprint(result)")
    assert after.returncode == 0, after.stderr
    assert after.stdout.strip().splitlines()[-1] == before
    assert there(empty_place, "audit", "verify").returncode == 0
    refused = there(empty_place, "restore", str(backup), "--key", str(key))
    assert refused.returncode == 1
    assert "已经有数据" in refused.stderr


def test_a_backup_over_data_is_refused(house: None, tmp_path: Path) -> None:
    backup = tmp_path / "house.backup"
    services.back_up(target=backup, key=bytes(32))
    with pytest.raises(services.NotEmpty):
        services.restore(source=backup, key=bytes(32))


def test_a_damaged_backup_changes_nothing(house: None, empty_place: dict[str, str], tmp_path: Path) -> None:
    backup, key = tmp_path / "house.backup", tmp_path / "key"
    services.back_up(target=backup, key=services.key_of(key))
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)
    done = there(empty_place, "restore", str(backup), "--key", str(key))
    assert done.returncode == 1
    assert "打不开" in done.stderr
    assert "[ ]" in there(empty_place, "showmigrations", "audit").stdout


def test_a_chain_changed_before_the_backup_is_told_at_the_restore(
    house: None, empty_place: dict[str, str], tmp_path: Path
) -> None:
    from gongkai.audit import triggers

    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET act = 'other' WHERE seq = 2")
    triggers.install(connection)
    backup, key = tmp_path / "house.backup", tmp_path / "key"
    services.back_up(target=backup, key=services.key_of(key))
    done = there(empty_place, "restore", str(backup), "--key", str(key))
    assert done.returncode == 1
    assert "链不完整" in done.stderr


def test_nothing_half_written_is_left_under_the_name(
    house: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(target: Path) -> None:
        raise databases.CannotCopy("示例故障")

    monkeypatch.setattr(databases, "dump", fail)
    with pytest.raises(CommandError, match="示例故障"):
        call_command("backup", str(tmp_path / "house.backup"), "--key", str(tmp_path / "key"))
    assert not (tmp_path / "house.backup").exists()


def test_a_file_in_which_a_virus_was_found_does_not_stop_the_backups(house: None, tmp_path: Path) -> None:
    sha256 = next(files.stored())
    Blob.objects.filter(pk=sha256).update(scan="infected")
    stores.discard(sha256)
    report = services.back_up(target=tmp_path / "house.backup", key=bytes(32))
    assert (report.files, report.lost) == (len(list(files.stored())), ())


def test_what_is_lost_is_named_and_the_rest_comes_back(
    house: None, empty_place: dict[str, str], tmp_path: Path
) -> None:
    """A content that is gone, one that was changed, and a stray one whose row knows no size."""
    gone, changed, stray = list(files.stored())[:3]
    stores.discard(gone)
    (Path(stores.store().path(rules.storage_path(changed)))).write_bytes(b"changed")
    Blob.objects.filter(pk=stray).update(size=0)
    backup, key = tmp_path / "house.backup", tmp_path / "key"
    with pytest.raises(CommandError, match="2 个文件不在存储里或者已经损坏"):
        call_command("backup", str(backup), "--key", str(key), stdout=StringIO())
    done = there(empty_place, "restore", str(backup), "--key", str(key))
    assert done.returncode == 0, done.stderr
    assert gone in done.stderr
    assert changed in done.stderr
    assert (tmp_path / "new" / "files" / rules.storage_path(stray)).stat().st_size > 0
    assert not (tmp_path / "new" / "files" / rules.storage_path(changed)).exists()


def test_pictures_of_pages_are_made_again_where_a_backup_was_restored(
    house: None, empty_place: dict[str, str], tmp_path: Path
) -> None:
    assert keeping.make_waiting_previews() > 0
    pictures = Preview.objects.count()
    assert pictures > 0
    backup, key = tmp_path / "house.backup", tmp_path / "key"
    services.back_up(target=backup, key=services.key_of(key))
    assert there(empty_place, "restore", str(backup), "--key", str(key)).returncode == 0
    words = (
        "from gongkai.files.models import Preview; from gongkai.files import selectors, services as s;"
        "print(Preview.objects.count()); s.make_waiting_previews();"
        "print(sum(len(selectors.preview_content(one).read()) == one.size for one in Preview.objects.all()))"
    )
    told = there(empty_place, "shell", "-v", "0", "-c", words)
    assert told.stdout.split() == ["0", str(pictures)], told.stderr


def test_who_restores_is_told_which_keys_of_personal_data_are_missing(
    house: None, empty_place: dict[str, str], tmp_path: Path
) -> None:
    backup, key = tmp_path / "house.backup", tmp_path / "key"
    services.back_up(target=backup, key=services.key_of(key))
    other = {**empty_place, "GONGKAI_FIELD_KEYS": base64.urlsafe_b64encode(bytes(range(32))).decode()}
    done = there(other, "restore", str(backup), "--key", str(key))
    assert done.returncode == 0, done.stderr
    assert f"没有备份时的个人信息密钥 {ring().writing.id}" in done.stderr


def test_a_backup_of_a_newer_program_is_refused_and_changes_nothing(
    house: None, empty_place: dict[str, str], tmp_path: Path
) -> None:
    MigrationRecorder(connection).record_applied("files", "0999_of_next_year")
    backup, key = tmp_path / "house.backup", tmp_path / "key"
    try:
        services.back_up(target=backup, key=services.key_of(key))
    finally:
        MigrationRecorder(connection).record_unapplied("files", "0999_of_next_year")
    done = there(empty_place, "restore", str(backup), "--key", str(key))
    assert done.returncode == 1
    assert "files.0999_of_next_year" in done.stderr
    assert "[ ]" in there(empty_place, "showmigrations", "audit").stdout


def test_a_backup_for_which_there_is_no_room_leaves_nothing(
    house: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "house.backup").write_bytes(b"the one of yesterday")
    monkeypatch.setattr(SealingWriter, "finish", full)
    with pytest.raises(CommandError, match="No space left"):
        call_command("backup", str(tmp_path / "house.backup"), "--key", str(tmp_path / "key"))
    assert {path.name for path in tmp_path.glob("house*")} == {"house.backup"}
    assert (tmp_path / "house.backup").read_bytes() == b"the one of yesterday"
    with pytest.raises(CommandError, match="是文件夹"):
        call_command("backup", str(tmp_path), "--key", str(tmp_path / "key"))


def test_a_restore_whose_files_cannot_be_put_away_leaves_the_place_empty_and_may_be_tried_again(
    house: None, empty_place: dict[str, str], tmp_path: Path
) -> None:
    backup, key, new = tmp_path / "house.backup", tmp_path / "key", tmp_path / "new"
    services.back_up(target=backup, key=services.key_of(key))
    new.mkdir()
    (new / "files").write_bytes(b"no folder")
    done = there(empty_place, "restore", str(backup), "--key", str(key))
    assert done.returncode == 1
    assert "没有恢复" in done.stderr
    (new / "files").unlink()
    again = there(empty_place, "restore", str(backup), "--key", str(key))
    assert again.returncode == 0, again.stderr


def test_a_database_that_cannot_be_copied_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(databases.CannotCopy, match="出错"):
        databases._copy(tmp_path, tmp_path / "copy")


def test_a_wrong_key_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("not a key", encoding="utf-8")
    with pytest.raises(CommandError, match="不是备份密钥"):
        call_command("backup", str(tmp_path / "house.backup"), "--key", str(tmp_path / "key"))
    with pytest.raises(CommandError, match="没有这个文件"):
        call_command("restore", str(tmp_path / "none"))


def test_every_content_is_in_the_backup(house: None) -> None:
    stored = list(files.stored())
    assert len(stored) >= 3
    assert list(audit.verify()) == []
