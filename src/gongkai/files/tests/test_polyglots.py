"""Every kind of file sent as every other, and with another format before it, behind it, or after its half."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.files.rules import Refused, clean_name, expected_kind

from . import honest
from .test_hostile import KEPT, REFUSED, inspected

HONEST: dict[str, Callable[[], bytes]] = {
    "pdf": lambda: honest.pdf(pages=3),
    "docx": honest.word,
    "xlsx": honest.sheet,
    "ofd": honest.ofd,
    "odt": honest.odt,
    "doc": honest.old_word,
    "xls": honest.old_excel,
    "png": lambda: honest.picture(size=(120, 90)),
    "jpg": lambda: honest.picture("JPEG", size=(120, 90)),
    "txt": lambda: "示例文字\n".encode() * 20,
    "csv": lambda: "名称,数量\n示例,1\n".encode() * 20,
}
TEXTS = {"txt", "csv"}  # a text may be called a table, and a table a text
ADDED: dict[str, bytes] = {
    "an archive": honest.archive({"x.exe": b"MZ"}),
    "a web page": b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "a program": b"MZ\x90\0" + b"\0" * 60 + b"PE\0\0" + b"\0" * 200,
    "a PDF": honest.pdf(),
}
# What stands behind the end of a text is text, shown as such to everybody; before it, it would be what the file is.
HARMLESS = {(kind, "a web page") for kind in TEXTS}


def refusal(name: str, content: bytes, folder: Path) -> str:
    """The sentence it is refused with; empty when it is taken."""
    try:
        inspected(name, content, folder)
    except Refused as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize("named", HONEST)
def test_no_kind_passes_for_another(named: str, tmp_path: Path) -> None:
    for kind, make in HONEST.items():
        told = refusal(f"示例.{named}", make(), tmp_path)
        same = kind == named or {kind, named} <= TEXTS
        assert (told == "") is same, f"{kind} named {named}: {told}"
        if not same:
            assert told.endswith("。"), f"{kind} named {named}: {told}"
            assert len(told) > 12, f"{kind} named {named}: {told}"


@pytest.mark.parametrize("kind", HONEST)
def test_nothing_rides_behind_a_file(kind: str, tmp_path: Path) -> None:
    for what, more in ADDED.items():
        told = refusal(f"示例.{kind}", HONEST[kind]() + more, tmp_path)
        if (kind, what) in HARMLESS:
            continue
        assert told.endswith("。"), f"{what} behind {kind}: taken, or told as {told!r}"


@pytest.mark.parametrize("kind", HONEST)
def test_nothing_rides_before_a_file(kind: str, tmp_path: Path) -> None:
    for what, more in ADDED.items():
        told = refusal(f"示例.{kind}", more + HONEST[kind](), tmp_path)
        assert told.endswith("。"), f"{what} before {kind}: taken, or told as {told!r}"


@pytest.mark.parametrize("kind", [kind for kind in HONEST if kind not in TEXTS])
def test_half_a_file_is_none(kind: str, tmp_path: Path) -> None:
    whole = HONEST[kind]()
    for part in (8, len(whole) // 3, len(whole) // 2):
        assert refusal(f"示例.{kind}", whole[:part], tmp_path), f"{part} bytes of {kind} were taken"


def test_a_name_without_an_extension_we_know_is_refused_whatever_is_in_it() -> None:
    for extension in (
        "exe",
        "js",
        "vbs",
        "bat",
        "scr",
        "lnk",
        "hta",
        "jar",
        "iso",
        "html",
        "svg",
        "php",
        "docm",
        "xlsm",
        "rtf",
        "zip",
        "rar",
        "7z",
        "mht",
        "chm",
    ):
        with pytest.raises(Refused, match="不接受扩展名"):
            expected_kind(clean_name(f"通知.{extension}"))


def test_there_are_two_hundred_of_them_and_more() -> None:
    kinds, added = len(HONEST), len(ADDED)
    here = kinds * (kinds - 1) - 2 + 2 * kinds * added - len(HARMLESS) + 3 * (kinds - len(TEXTS)) + 20
    assert here + len(REFUSED) + len(KEPT) >= 300
