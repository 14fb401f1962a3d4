"""A copy of a person's data, and their erasure."""

import io
import json
import zipfile
from typing import Any

import pytest

from gongkai.privacy import subjects
from gongkai.privacy.models import Secret


class Witness:
    """Stands for the audit chain."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []

    def __call__(self, **what: Any) -> None:
        self.told.append(what)


@pytest.fixture(autouse=True)
def _empty_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subjects, "_kinds", {})


def register(*, holds: tuple[subjects.Hold, ...] = ()) -> None:
    subjects.register(
        "secrets",
        export=lambda who: [
            {"name": row.name, "value": row.value} for row in Secret.objects.filter(name__in=who.digests)
        ],
        erase=lambda who: Secret.objects.filter(name__in=who.digests).update(value=subjects.ERASED),
        hold=lambda who: holds,
    )


@pytest.fixture
def person() -> subjects.Person:
    who = subjects.person(identifiers=["138 1234 1234", ""])
    Secret.objects.create(name=next(iter(who.digests))[:40], value="示例申请人甲")
    return subjects.Person(digests=frozenset(digest[:40] for digest in who.digests))


@pytest.mark.django_db
def test_a_copy_holds_all_and_is_recorded_with_its_purpose(person: subjects.Person) -> None:
    register()
    witness = Witness()
    data = subjects.export(who=person, purpose="本人查阅", actor="x", record=witness)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        rows = json.loads(archive.read("secrets.json"))
    assert [row["value"] for row in rows] == ["示例申请人甲"]
    assert witness.told == [
        {
            "act": "privacy.export",
            "actor": "x",
            "object_kind": "person",
            "object_id": person.id,
            "purpose": "本人查阅",
            "facts": {"secrets": 1},
        }
    ]


@pytest.mark.django_db
def test_erasure_leaves_the_marker_in_the_place_of_the_data(person: subjects.Person) -> None:
    register()
    witness = Witness()
    assert subjects.erase(who=person, purpose="本人申请", actor="x", record=witness) == {"secrets": 1}
    assert Secret.objects.get(name=person.id).value == "（已删除）"
    assert [told["act"] for told in witness.told] == ["privacy.erase"]


@pytest.mark.django_db
def test_a_legal_hold_forbids_erasure_and_is_named(person: subjects.Person) -> None:
    register(holds=(subjects.Hold("申请尚未办结", "《个人信息保护法》第四十七条"),))
    witness = Witness()
    with pytest.raises(subjects.Held, match="申请尚未办结（《个人信息保护法》第四十七条）"):
        subjects.erase(who=person, purpose="本人申请", actor="x", record=witness)
    assert Secret.objects.get(name=person.id).value == "示例申请人甲"
    assert witness.told == []


@pytest.mark.django_db
def test_nobody_is_nobody_and_a_kind_is_registered_once() -> None:
    with pytest.raises(ValueError, match="Name a user"):
        subjects.person(identifiers=[" "])
    assert subjects.person(user_id=7).id == "7"
    register()
    with pytest.raises(ValueError, match="registered already"):
        register()
