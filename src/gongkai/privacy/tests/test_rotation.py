"""Changing keys under a running program."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from gongkai import cli
from gongkai.privacy import envelope, rotation
from gongkai.privacy.keys import KeyRing, NoSuchKey, new_key, ring, write_file
from gongkai.privacy.models import Secret


@pytest.fixture
def key_file(settings: Settings, tmp_path: Path) -> Path:
    """The demo's key file, beginning with the tests' key."""
    file = tmp_path / "field-keys"
    write_file(file, ring())
    settings.FIELD_KEYS_FILE = file
    return file


def fill(count: int) -> None:
    Secret.objects.bulk_create(Secret(name=f"row {n}", value=f"示例 {n}") for n in range(count))


@pytest.mark.django_db
def test_rotation_seals_everything_afresh_and_lets_the_old_key_go(key_file: Path) -> None:
    old = ring().writing
    fill(3)
    new = rotation.add()
    assert ring().keys == (new, old)
    assert rotation.usage() == Counter({old.id: 4})  # three rows, and the digests' own secret
    with pytest.raises(rotation.KeyInUse):
        rotation.drop(key_id=old.id)
    assert rotation.rotate() == rotation.Outcome(sealed=4, unreadable=[])
    assert rotation.usage() == Counter({new.id: 4})
    assert rotation.rotate().sealed == 0
    rotation.drop(key_id=old.id)
    assert ring().keys == (new,)
    assert set(Secret.objects.filter(name__startswith="row").values_list("value", flat=True)) == {
        "示例 0",
        "示例 1",
        "示例 2",
    }
    assert key_file.stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
@pytest.mark.usefixtures("key_file")
def test_the_writing_key_and_a_strange_key_are_not_dropped() -> None:
    with pytest.raises(rotation.KeyInUse):
        rotation.drop(key_id=ring().writing.id)
    with pytest.raises(NoSuchKey):
        rotation.drop(key_id="00000000")


@pytest.mark.django_db
def test_keys_in_the_environment_are_left_to_it(settings: Settings) -> None:
    first, second = new_key(), new_key()
    Secret.objects.all().delete()
    settings.FIELD_KEYS = KeyRing((first, second)).keys[0].text + "," + second.text
    with pytest.raises(rotation.KeptElsewhere):
        rotation.add()
    with pytest.raises(rotation.KeptElsewhere):
        rotation.drop(key_id=second.id)


@pytest.mark.django_db
@pytest.mark.usefixtures("key_file")
def test_a_value_changed_meanwhile_is_left_to_who_changed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    fill(1)
    rotation.add()
    unseal = envelope.unseal

    def somebody_writes_first(stored: str, **kwargs: Any) -> str:
        Secret.objects.filter(name="row 0").update(value="新的")
        return unseal(stored, **kwargs)

    monkeypatch.setattr(rotation, "unseal", somebody_writes_first)
    rotation.rotate()
    assert Secret.objects.get(name="row 0").value == "新的"


@pytest.mark.django_db
@pytest.mark.usefixtures("key_file")
def test_what_does_not_open_is_named_and_the_rest_is_done() -> None:
    fill(2)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE privacy_secret SET value = 'gk1:00000000:AAAA' WHERE name = 'row 0'")
    rotation.add()
    outcome = rotation.rotate()
    assert outcome.sealed == 2
    assert outcome.unreadable == [
        f"privacy_secret.value:{Secret.objects.only('pk').defer('value').get(name='row 0').pk}"
    ]
    assert cli.main(["keys", "status"]) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("key_file")
def test_the_command_tells_each_step(capsys: pytest.CaptureFixture[str]) -> None:
    old = ring().writing
    assert cli.main(["keys", "add"]) == 0
    assert cli.main(["keys", "drop", old.id]) == 1
    assert "先运行 gongkai keys rotate" in capsys.readouterr().err
    assert cli.main(["keys", "rotate"]) == 0
    assert cli.main(["keys", "status"]) == 0
    assert f"{old.id}          0  可停用 may be dropped" in capsys.readouterr().out
    assert cli.main(["keys", "drop", old.id]) == 0
    assert cli.main(["keys", "drop", old.id]) == 1
    with pytest.raises(SystemExit):
        cli.main(["keys"])


FILL = """
from gongkai.privacy.models import Secret
Secret.objects.bulk_create(Secret(name=f"row {n}", value=f"示例 {n}") for n in range(4000))
"""
READ = """
from gongkai.privacy.models import Secret
print(sum(row.value == f"示例 {row.name[4:]}" for row in Secret.objects.filter(name__startswith="row").iterator()))
"""


def environ(folder: Path) -> dict[str, str]:
    """A program of its own, with its own database and keys."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
        "GONGKAI_ENV": "demo",
        "GONGKAI_DATA_DIR": str(folder),
        "DATABASE_URL": "",
    }


def run(folder: Path, *words: str) -> str:
    command = [sys.executable, "-m", "gongkai", *words]
    return subprocess.run(command, env=environ(folder), capture_output=True, text=True, check=True).stdout


def test_a_rotation_killed_in_the_middle_is_run_again(tmp_path: Path, put_database: Callable[[Path], None]) -> None:
    put_database(tmp_path)
    run(tmp_path, "manage", "shell", "-v0", "-c", FILL)
    run(tmp_path, "keys", "add")
    rotating = subprocess.Popen(
        [sys.executable, "-m", "gongkai", "keys", "rotate"], env=environ(tmp_path), stdout=subprocess.PIPE, text=True
    )
    assert rotating.stdout is not None
    assert rotating.stdout.readline() == "privacy_secret.value  500\n"  # one batch of eight is done
    rotating.send_signal(signal.SIGKILL)
    rotating.wait()
    rotating.stdout.close()
    counts = [int(line.split()[1].replace(",", "")) for line in run(tmp_path, "keys", "status").splitlines()]
    assert sum(counts) == 4000
    assert 500 <= counts[0] < 4000
    assert run(tmp_path, "manage", "shell", "-v0", "-c", READ) == "4000\n"
    assert f"加密 {counts[1]:,} 个值" in run(tmp_path, "keys", "rotate")
    old = run(tmp_path, "keys", "status").splitlines()[1].split()[0]
    run(tmp_path, "keys", "drop", old)
    assert run(tmp_path, "manage", "shell", "-v0", "-c", READ) == "4000\n"
