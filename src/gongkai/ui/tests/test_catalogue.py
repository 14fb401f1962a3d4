"""The English catalogue is complete, fresh, and every string of a template can be translated."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

PACKAGE = Path(__file__).parents[2]
PO = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What may stand in a template as it is: comments, translated pieces, and words marked as Chinese on purpose.
ALLOWED = (
    re.compile(r"\{#.*?#\}", re.DOTALL),
    re.compile(r"\{%\s*blocktranslate.*?endblocktranslate\s*%\}", re.DOTALL),
    re.compile(r"\{%\s*translate.*?%\}", re.DOTALL),
    re.compile(r"\{\{.*?\}\}", re.DOTALL),
    re.compile(r'<p class="gk-motto" lang="zh-CN".*?</p>', re.DOTALL),
    re.compile(r">办</a>"),
)


def test_every_string_has_an_english_translation() -> None:
    entries = polib.pofile(str(PO))
    assert [entry.msgid for entry in entries if not entry.translated() or entry.fuzzy or entry.obsolete] == []


def test_no_translation_is_left_in_chinese() -> None:
    # words of the site that a reader has to type or find
    allowed = (
        "组件",
        "答复期限",
        "年度报告",
        "虹府规〔2023〕4号",
        "废止 虹府规〔2018〕2号",
        *("第几条", "一、", "（一）", "每月", "每季度", "每半年", "每年"),
    )
    left = []
    for entry in polib.pofile(str(PO)):
        text = entry.msgstr + "".join(entry.msgstr_plural.values())
        for word in allowed:
            text = text.replace(word, "")
        if CHINESE.search(text):
            left.append(entry.msgid)
    assert left == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    wrong = []
    for entry in polib.pofile(str(PO)):
        wanted = set(re.findall(r"%\(\w+\)[sd]", entry.msgid))
        texts = [text for text in (entry.msgstr, *entry.msgstr_plural.values()) if text]
        if any(set(re.findall(r"%\(\w+\)[sd]", text)) != wanted for text in texts):
            wrong.append(entry.msgid)
    assert wrong == []


def test_the_compiled_catalogue_is_fresh() -> None:
    compiled = polib.mofile(str(PO.with_suffix(".mo")))
    source = polib.pofile(str(PO))
    assert {(e.msgid, e.msgstr, *e.msgstr_plural.values()) for e in compiled} == {
        (e.msgid, e.msgstr, *e.msgstr_plural.values()) for e in source
    }


def test_the_catalogue_holds_every_string_of_the_code(tmp_path: Path) -> None:
    if shutil.which("xgettext") is None:
        pytest.skip("xgettext is not installed")
    copy = tmp_path / "gongkai"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("static", "tests", "__pycache__", "*.mo"))
    command = [sys.executable, "-m", "django", "makemessages", "-l", "en", "--no-obsolete"]
    settings = "from pathlib import Path\nLOCALE_PATHS = [Path('locale').resolve()]\n"
    (copy / "extraction_settings.py").write_text(settings, encoding="utf-8")
    environment = {"PATH": f"{Path(shutil.which('xgettext') or '').parent}:/usr/bin:/bin", "PYTHONPATH": str(copy)}
    environment["DJANGO_SETTINGS_MODULE"] = "extraction_settings"
    subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True)
    found = {entry.msgid for entry in polib.pofile(str(copy / "locale/en/LC_MESSAGES/django.po"))}
    kept = {entry.msgid for entry in polib.pofile(str(PO))}
    assert (found - kept, kept - found) == (set(), set())


def test_no_template_holds_chinese_that_cannot_be_translated() -> None:
    bare = {}
    for template in PACKAGE.rglob("templates/**/*.html"):
        text = template.read_text(encoding="utf-8")
        for pattern in ALLOWED:
            text = pattern.sub("", text)
        if found := CHINESE.search(text):
            bare[template.name] = text[max(found.start() - 20, 0) : found.end() + 20]
    assert bare == {}
