"""Encrypted columns and the digests beside them. `Secret` is the column's nearest table."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from hypothesis import given
from hypothesis import strategies as st

from gongkai.privacy import digests, envelope
from gongkai.privacy.fields import EncryptedTextField
from gongkai.privacy.keys import BadKeys, KeyRing, NoSuchKey, new_key, parse
from gongkai.privacy.models import Secret

PLACE = "applications_application.name"


def stored(name: str) -> str:
    """What the database holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM privacy_secret WHERE name = %s", [name])
        return str(cursor.fetchone()[0])


@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_what_is_sealed_opens_again_and_shows_nothing(text: str) -> None:
    key = new_key()
    sealed = envelope.seal(text, key=key, place=PLACE)
    assert envelope.unseal(sealed, ring=KeyRing((key,)), place=PLACE) == text
    assert sealed.startswith(f"gk1:{key.id}:")
    assert envelope.seal(text, key=key, place=PLACE) != sealed


def test_a_sealed_value_opens_only_in_its_own_column_whole_and_with_its_key() -> None:
    key, other = new_key(), new_key()
    sealed = envelope.seal("示例", key=key, place=PLACE)
    with pytest.raises(envelope.Undecipherable, match="moved there from another column"):
        envelope.unseal(sealed, ring=KeyRing((key,)), place="applications_application.phone")
    for broken in (sealed[:-4], sealed[:-2] + "AA", sealed.replace("gk1", "gk2"), "plain text", "gk1:", f"{sealed}!"):
        with pytest.raises(envelope.Undecipherable):
            envelope.unseal(broken, ring=KeyRing((key,)), place=PLACE)
    with pytest.raises(NoSuchKey, match=key.id):
        envelope.unseal(sealed, ring=KeyRing((other,)), place=PLACE)
    assert envelope.unseal(sealed, ring=KeyRing((other, key)), place=PLACE) == "示例"


@pytest.mark.django_db
def test_the_database_holds_no_plain_text_and_python_sees_no_other() -> None:
    Secret.objects.create(name="a", value="示例申请人甲")
    assert "示例" not in stored("a")
    assert Secret.objects.get(name="a").value == "示例申请人甲"
    assert list(Secret.objects.filter(name="a").values_list("value", flat=True)) == ["示例申请人甲"]
    Secret.objects.filter(name="a").update(value="示例申请人乙")
    assert Secret.objects.get(name="a").value == "示例申请人乙"
    row = Secret.objects.get(name="a")
    row.value = "示例申请人丙"
    Secret.objects.bulk_update([row], ["value"])
    assert Secret.objects.get(name="a").value == "示例申请人丙"


@pytest.mark.django_db
def test_an_empty_text_stays_empty_and_none_stays_null() -> None:
    Secret.objects.create(name="empty", value="")
    assert stored("empty") == ""
    assert Secret.objects.get(name="empty").value == ""
    assert Secret._meta.get_field("value").get_prep_value(None) is None
    assert not Secret.objects.filter(value__isnull=True).exists()


@pytest.mark.parametrize("lookup", ["value", "value__icontains", "value__in", "value__length"])
def test_a_lookup_is_refused_with_the_way_out(lookup: str) -> None:
    with pytest.raises(FieldError, match=r"privacy\.digests\.blind"):
        Secret.objects.filter(**{lookup: ["x"]})


@pytest.mark.parametrize("option", ["unique", "db_index", "primary_key"])
def test_an_encrypted_column_is_never_indexed(option: str) -> None:
    with pytest.raises(ValueError, match="blind digest"):
        EncryptedTextField(**{option: True})


def test_migrations_can_write_the_field_down() -> None:
    text, imports = MigrationWriter.serialize(EncryptedTextField("姓名", max_length=60, blank=True))
    assert text == "gongkai.privacy.fields.EncryptedTextField(blank=True, max_length=60, verbose_name='姓名')"
    assert imports == {"import gongkai.privacy.fields"}
    assert issubclass(EncryptedTextField, models.TextField)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "no key"),
        (" , ", "no key"),
        ("short", "base64"),
        ("c2hvcnQ=", "5 bytes instead of 32"),
        ("钥匙", "base64"),
        (f"{'t' * 43}=,{'!' * 44}", "key 2 is not"),
    ],
)
def test_a_ring_that_will_not_do_says_why(text: str, fault: str) -> None:
    with pytest.raises(BadKeys, match=fault):
        parse(text)


def test_a_key_written_twice_is_refused() -> None:
    key = new_key()
    with pytest.raises(BadKeys, match="twice"):
        parse(f"{key.text},{key.text}")


@pytest.fixture
def _forgotten() -> Iterator[None]:
    digests._key.cache_clear()
    yield
    digests._key.cache_clear()


@pytest.mark.django_db
@pytest.mark.usefixtures("_forgotten")
def test_a_digest_compares_what_people_write_in_different_ways() -> None:
    assert digests.blind("138 1234 1234") == digests.blind("１３８１２３４１２３４")
    assert digests.blind("31010919900101123x") == digests.blind("31010919900101123X")
    assert digests.blind("13812341234") != digests.blind("13812341235")
    assert digests.blind(" ") == ""
    assert len(digests.blind("a")) == 64


@pytest.mark.django_db
@pytest.mark.usefixtures("_forgotten")
def test_the_digests_key_is_made_once_and_sealed() -> None:
    before = digests.blind("示例")
    digests.make_key()
    assert digests.blind("示例") == before
    assert stored("blind-digest").startswith("gk1:")


@pytest.mark.django_db
@pytest.mark.usefixtures("_forgotten")
def test_a_database_without_its_secret_says_what_to_run() -> None:
    Secret.objects.all().delete()
    with pytest.raises(RuntimeError, match="gongkai manage migrate"):
        digests.blind("示例")
