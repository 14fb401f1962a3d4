"""The chain holds what was done, refuses change, and tells every tampering."""

import json
import random
import threading
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from gongkai.audit import selectors, services, triggers
from gongkai.audit.enums import ActorKind
from gongkai.audit.models import Entry, Head
from gongkai.audit.rules import SYSTEM, Actor

TAMPERINGS = 1000
TEXTS = ("actor", "act", "organ", "object_kind", "object_id", "purpose", "facts", "previous", "digest", "actor_kind")


def links(count: int) -> None:
    for number in range(count):
        services.record(
            act="applications.register",
            actor=Actor(ActorKind.USER, str(number % 3)),
            organ="hongkou",
            object_kind="applications.application",
            object_id=number,
            purpose="办理申请",
            facts={"到期": "2025-10-17", "n": number},
        )


@pytest.mark.django_db
def test_a_chain_is_whole_and_an_empty_one_too() -> None:
    assert list(selectors.verify()) == []
    links(5)
    assert list(selectors.verify()) == []
    assert [entry.seq for entry in Entry.objects.all()] == [1, 2, 3, 4, 5]


@pytest.mark.django_db
def test_what_is_rolled_back_was_never_recorded() -> None:
    links(1)
    with transaction.atomic():
        links(1)
        transaction.set_rollback(True)
    links(1)
    assert list(selectors.verify()) == []
    assert Entry.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["UPDATE audit_entry SET act = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_change_and_removal(word: str) -> None:
    links(2)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(word)
    assert Entry.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL has TRUNCATE")
def test_the_database_refuses_truncation() -> None:
    links(1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_entry")


def tamper(chance: random.Random, last: int) -> tuple[str, list[Any]]:
    """One forgery: a byte changed, a row lost, two rows swapped, a row put in, the tail cut, the head set back."""
    seq, other = chance.sample(range(1, last + 1), 2)
    kind = chance.choice(["byte", "byte", "byte", "missing", "swap", "insert", "tail", "head", "time", "renumber"])
    if kind == "byte":
        field = chance.choice(TEXTS)
        return f"UPDATE audit_entry SET {field} = %s || substr({field}, 2) WHERE seq = %s", [chance.choice("~甲é"), seq]
    if kind == "swap":
        swapped = (
            "UPDATE audit_entry SET facts = CASE seq WHEN %s THEN (SELECT facts FROM audit_entry WHERE seq = %s) "
            "ELSE (SELECT facts FROM audit_entry WHERE seq = %s) END WHERE seq IN (%s, %s)"
        )
        return swapped, [seq, other, seq, seq, other]
    inserted = (
        "INSERT INTO audit_entry (chain, seq, at, actor_kind, actor, acting_for, act, organ, object_kind, "
        "object_id, purpose, facts, previous, digest) SELECT chain, %s, at, actor_kind, actor, acting_for, act, "
        "organ, object_kind, object_id, purpose, facts, previous, digest FROM audit_entry WHERE seq = %s"
    )
    others: dict[str, tuple[str, list[Any]]] = {
        "missing": ("DELETE FROM audit_entry WHERE seq = %s", [seq]),
        "tail": ("DELETE FROM audit_entry WHERE seq > %s", [seq - 1]),
        "head": ("UPDATE audit_head SET seq = %s", [seq - 1]),
        "time": ("UPDATE audit_entry SET at = %s WHERE seq = %s", ["2020-01-01 00:00:00+00:00", seq]),
        "renumber": ("UPDATE audit_entry SET seq = %s WHERE seq = %s", [last + 7, seq]),
        "insert": (inserted, [last + 1, seq]),
    }
    return others[kind]


@pytest.mark.django_db
def test_a_thousand_tamperings_are_all_found() -> None:
    chance, last = random.Random(20251017), 30
    links(last)
    triggers.remove(connection)
    missed = []
    for _number in range(TAMPERINGS):
        statement, values = tamper(chance, last)
        point = transaction.savepoint()
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
        if not list(selectors.verify()):
            missed.append((statement, values))
        transaction.savepoint_rollback(point)
    triggers.install(connection)
    assert missed == []
    assert list(selectors.verify()) == []


@pytest.mark.django_db
def test_a_chain_written_anew_is_told_by_heads_kept_elsewhere(tmp_path: Path) -> None:
    links(6)
    out = StringIO()
    call_command("audit", "seal", stdout=out)
    kept = tmp_path / "heads.json"
    kept.write_text(out.getvalue(), encoding="utf-8")
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry")
        cursor.execute("DELETE FROM audit_head")
    triggers.install(connection)
    services.record(act="accounts.signed_in", actor=SYSTEM)
    assert list(selectors.verify()) == []
    with pytest.raises(CommandError, match="1 处不完整"):
        call_command("audit", "verify", "--against", str(kept), stdout=StringIO())


@pytest.mark.django_db
def test_the_command_tells_whole_and_broken() -> None:
    links(3)
    out = StringIO()
    call_command("audit", "verify", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"whole": True, "rows": 3, "breaks": []}
    Head.objects.update(seq=2)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("audit", "verify", "--json", stdout=out)
    assert [found["seq"] for found in json.loads(out.getvalue())["breaks"]] == [2]


def test_a_file_that_seal_did_not_write_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "heads.json"
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(CommandError, match="不是 seal 输出的文件"):
        call_command("audit", "verify", "--against", str(path))


@pytest.mark.django_db(transaction=True)
def test_fifty_writers_at_once_make_one_chain() -> None:
    errors: list[BaseException] = []

    def write() -> None:
        try:
            for _number in range(4):
                services.record(act="accounts.signed_in", actor=SYSTEM)
        except BaseException as error:  # noqa: BLE001 - told below
            errors.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _number in range(50)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert errors == []
    assert [entry.seq for entry in Entry.objects.all()] == list(range(1, 201))
    assert list(selectors.verify()) == []


@pytest.mark.django_db
def test_a_record_costs_the_same_few_queries(django_assert_max_num_queries: Any) -> None:
    links(2)
    with django_assert_max_num_queries(5):
        services.record(act="accounts.signed_in", actor=SYSTEM)
