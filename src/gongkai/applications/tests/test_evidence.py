"""The evidence of a case: whole as it was exported, and every changed byte is found."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gongkai.accounts.enums import Role
from gongkai.applications import services
from gongkai.applications.rules import evidence
from gongkai.applications.rules.evidence import AUDIT, EXPORT, MANIFEST, Held, Unreadable
from gongkai.applications.tests import factories
from gongkai.applications.tests.factories import holding, person
from gongkai.audit import selectors as audit
from gongkai.audit.rules import SYSTEM, Link, canonical, seal
from gongkai.workflow.rules import NotYours, Refused

FILES = {"case.json": Held(b'{"number": "2025-000001"}'), "files/given/01-a.pdf": Held(b"%PDF-1.7 sample", "key-a")}


def chain() -> list[tuple[Link, str]]:
    """Three links: somebody else's between the file that was kept and the export."""
    digest = evidence.contents_digest("2025-000001", evidence.listed(FILES))
    told = [
        ("files.keep", "file", "key-a", {"sha256": FILES["files/given/01-a.pdf"].sha256}),
        ("applications.register", "applications.application", "7", {}),
        (EXPORT, "applications.application", "1", {"contents": digest}),
    ]
    found: list[tuple[Link, str]] = []
    for seq, (act, kind, key, facts) in enumerate(told, 1):
        previous = found[-1][1] if found else ""
        at = datetime(2025, 9, 15, 8, seq, tzinfo=UTC)
        link = Link("main", seq, at, SYSTEM, act, "civil-affairs", kind, key, "", canonical(facts), previous)
        found.append((link, seal(link)))
    return found


def package() -> bytes:
    first, other, export = chain()
    beside = [("main", other[0].seq, other[0].previous, other[1])]
    heads = {"main": (export[0].seq, export[1])}
    return evidence.pack("2025-000001", FILES, links=[first, export], beside=beside, heads=heads)


def changed(data: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The package with its parts changed, packed again."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def put(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)

    return change


def forged_file(parts: dict[str, bytes]) -> None:
    """Another file, with the manifest made to fit."""
    manifest = json.loads(parts[MANIFEST])
    held = Held(b'{"number": "2025-000002"}')
    parts["case.json"] = held.content
    manifest["files"] = [
        {**row, "sha256": held.sha256} if row["name"] == "case.json" else row for row in manifest["files"]
    ]
    parts[MANIFEST] = json.dumps(manifest).encode()


def forged_entry(parts: dict[str, bytes]) -> None:
    """Another purpose, with the entry's own digest made to fit."""
    found = json.loads(parts[AUDIT])
    row = found["entries"][0]
    row["purpose"] = "另一目的"
    row["digest"] = seal(evidence._link(row))
    parts[AUDIT] = json.dumps(found).encode()


def test_a_package_is_whole_and_the_same_each_time() -> None:
    assert package() == package()
    found = evidence.verify(package())
    assert (found.number, found.files, found.links, found.faults) == ("2025-000001", 2, 2, ())


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (put("files/given/01-a.pdf", b"sample", b"simple"), "files/given/01-a.pdf 与清单所记的摘要不符"),
        (lambda parts: parts.pop("case.json"), "case.json 不在包内"),
        (lambda parts: parts.update({"more.txt": b"more"}), "more.txt 不在清单内"),
        (put(AUDIT, b"files.keep", b"files.lose"), "内容与摘要不符"),
        (forged_file, "清单与导出时留痕所记的不符"),
        (forged_entry, "与后一行不相连"),
        (put(MANIFEST, b'"key-a"', b'"key-b"'), "清单与导出时留痕所记的不符"),
    ],
)
def test_what_was_changed_is_found(change: Callable[[dict[str, bytes]], object], fault: str) -> None:
    faults = evidence.verify(changed(package(), change)).faults
    assert any(fault in one for one in faults), faults


def test_every_byte_that_is_changed_is_found() -> None:
    data = package()
    unseen = []
    for place in range(len(data)):
        flipped = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        try:
            if not evidence.verify(flipped).faults and parts_of(flipped) != parts_of(data):
                unseen.append(place)
        except Unreadable:
            continue
    assert unseen == []


def parts_of(data: bytes) -> list[tuple[str, bytes]]:
    """What is read out of a package: a byte of the ZIP's own book-keeping, as a date, says nothing."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [(info.filename, package.read(info)) for info in package.infolist()]


@pytest.mark.parametrize("data", [b"", b"not a zip", changed(package(), lambda parts: parts.pop(AUDIT))])
def test_what_is_no_package_is_told_so(data: bytes) -> None:
    with pytest.raises(Unreadable):
        evidence.verify(data)


def run(*words: str) -> tuple[int, str]:
    code = (
        "import sys; from gongkai.cli import main; status = main(sys.argv[1:]);"
        "sys.exit(99 if 'django' in sys.modules else status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "applications", "verify", *words],
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_the_command_verifies_without_django(tmp_path: Path) -> None:
    whole, other = tmp_path / "whole.zip", tmp_path / "changed.zip"
    whole.write_bytes(package())
    other.write_bytes(changed(package(), forged_file))
    assert run(str(whole))[0] == 0
    status, text = run(str(other), "--json")
    assert (status, json.loads(text)["whole"]) == (1, False)
    assert run(str(tmp_path / "none.zip"))[0] == 2


@pytest.mark.django_db
def test_a_case_is_exported_whole_and_its_export_is_recorded() -> None:
    factories.organs()
    officer = holding(person(), Role.OFFICER)
    row = factories.closed(officer, holding(person(), Role.SECTION_CHIEF))
    data = services.export_evidence(application_id=row.pk, by=officer, purpose="提交行政复议答复")
    found = evidence.verify(data)
    assert (found.number, found.faults) == (row.number, ())
    with zipfile.ZipFile(io.BytesIO(data)) as package_:
        names, case = package_.namelist(), json.loads(package_.read("case.json"))
        steps, letters = json.loads(package_.read("steps.json")), json.loads(package_.read("letters.json"))
        acts = [entry["act"] for entry in json.loads(package_.read(AUDIT))["entries"]]
    assert case["applicant_name"] == "示例申请人甲"
    assert not {"code_digest", "identity_digest", "key"} & set(case)
    assert [step["act"] for step in steps][:2] == ["submit", "register"]
    assert letters[0]["label"] == "收件回执"
    assert sum(name.startswith("letters/") for name in names) == 2 * len(letters)
    assert {"applications.submit", "applications.register", "applications.sign", "files.keep"} <= set(acts)
    assert acts[-1] == EXPORT
    last = list(audit.entries_about(object_kind="applications.application", object_id=row.pk))[-1]
    assert (last.act, last.purpose, last.actor) == (EXPORT, "提交行政复议答复", str(officer.user_id))
    assert list(audit.verify()) == []


@pytest.mark.django_db
def test_nothing_is_exported_without_a_purpose_or_by_a_stranger() -> None:
    factories.organs()
    officer = holding(person(), Role.OFFICER)
    row = factories.registered(officer)
    with pytest.raises(Refused, match="目的"):
        services.export_evidence(application_id=row.pk, by=officer, purpose=" ")
    stranger = holding(person(), Role.OFFICER, organ="finance")
    with pytest.raises(NotYours):
        services.export_evidence(application_id=row.pk, by=stranger, purpose="看看")
    assert EXPORT not in list(
        audit.entries_about(object_kind="applications.application", object_id=row.pk).values_list("act", flat=True)
    )
