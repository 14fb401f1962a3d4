"""The English of the interface: compiled, complete, and with every place to fill kept."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation import check_for_language

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted((ROOT / "src" / "gongkai").rglob("locale/*/LC_MESSAGES/*.po"))
FIELD = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")


def test_there_is_english() -> None:
    assert CATALOGUES
    assert all(check_for_language(code) for code, _name in settings.LANGUAGES)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_catalogue_is_complete_and_compiled(path: Path) -> None:
    source = polib.pofile(str(path))
    assert [entry.msgid for entry in source.untranslated_entries()] == []
    assert [entry.msgid for entry in source.fuzzy_entries()] == []
    compiled = {
        (entry.msgctxt, entry.msgid): entry.msgstr
        for entry in polib.mofile(str(path.with_suffix(".mo")))
        if not entry.msgid_plural
    }
    stale = [
        entry.msgid
        for entry in source.translated_entries()
        if not entry.msgid_plural and compiled.get((entry.msgctxt, entry.msgid)) != entry.msgstr
    ]
    assert stale == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_place_to_fill_is_kept(path: Path) -> None:
    broken = [
        entry.msgid
        for entry in polib.pofile(str(path)).translated_entries()
        if not entry.msgid_plural and sorted(FIELD.findall(entry.msgid)) != sorted(FIELD.findall(entry.msgstr))
    ]
    assert broken == []
