"""Files made to do harm: each is refused in words or looked through, and no redacted copy does harm."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gongkai.files.enums import Kind
from gongkai.files.inspection import bounded
from gongkai.files.rules import Refused
from gongkai.files.tests import honest, hostile
from gongkai.screening.enums import Ground
from gongkai.screening.rules.boxes import Box
from gongkai.screening.services import burn, screen, suggest_boxes

from . import harmful

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LONGEST = 300  # seconds of a busy machine for four acts; the slow are cut off by the bounds of their process
CARRIES = "会运行的内容"
PHONE = "手机号码"

# (what it is, the content, what screening tells first or refuses with, what burning refuses with or "")
PDFS: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("an honest one", harmful.honest, PHONE, ""),
    ("JavaScript", hostile.pdf_javascript, CARRIES, ""),
    ("JavaScript in escapes", hostile.pdf_javascript_escaped, CARRIES, ""),
    ("JavaScript packed away", hostile.pdf_javascript_in_object_stream, CARRIES, ""),
    ("starts a program", hostile.pdf_launch, CARRIES, ""),
    ("sends a form", hostile.pdf_submit, CARRIES, ""),
    ("opens a share", hostile.pdf_go_outside, CARRIES, ""),
    ("a dynamic form", hostile.pdf_xfa, CARRIES, ""),
    ("a program attached", hostile.pdf_attachment, CARRIES, ""),
    ("a password", hostile.pdf_locked, "设有密码", "设有密码"),
    ("2,001 pages", hostile.pdf_many_pages, "2001 页", "2001 页"),
    ("a tree of pages in a circle", hostile.pdf_circle_of_pages, "已损坏", "已损坏"),
    ("pages that hold themselves", harmful.pages_in_a_circle, "已损坏", "已损坏"),
    ("then ZIP", hostile.pdf_then_zip, "藏着另一种格式", "藏着另一种格式"),
    ("ZIP within", hostile.pdf_holding_zip, "藏着另一种格式", "藏着另一种格式"),
    ("cut off", lambda: hostile.truncated(honest.pdf(pages=9)), "已损坏", "已损坏"),
    ("first bytes alone", lambda: b"%PDF-1.7\n%%EOF", "已损坏", "已损坏"),
    ("another kind", honest.word, "内容却不是PDF", "内容却不是PDF"),
    ("a bomb of operators", harmful.content_bomb, "?", "?"),
    ("half a million rectangles", harmful.many_rectangles, "?", "?"),
    ("a picture of 400 million points", harmful.picture_bomb, "?", "?"),
    ("a sheet of 70 metres", harmful.giant_sheet, PHONE, ""),
    ("a sheet of no size", harmful.no_sheet, "?", "?"),
    ("a sheet of nonsense", harmful.sheet_of_nonsense, "?", "?"),
    ("words far away", harmful.far_away_words, "?", "?"),
    ("a drawing that draws itself", harmful.form_in_itself, "?", "?"),
    ("drawings that double thirty times", harmful.forms_that_double, "?", "?"),
    ("arrays 100,000 deep", harmful.deep_arrays, "已损坏", "已损坏"),
    ("a broken table", harmful.broken_table, "?", "?"),
    ("a table that points at itself", harmful.table_that_points_at_itself, "?", "?"),
    ("attributes of nonsense", harmful.attributes_of_nonsense, "?", "?"),
    ("notes in a circle", harmful.notes_in_a_circle, "?", ""),
    ("names in a circle", harmful.names_in_a_circle, "?", "?"),
    ("half characters", harmful.wrong_unicode, "?", "?"),
    ("turned by 37", harmful.turned_by_nonsense, "?", "?"),
]


def outcome(act: Callable[[], object]) -> str:
    """What came of it: the sentence of a refusal, or nothing. Any other error is one of ours."""
    try:
        act()
    except Refused as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize("row", PDFS, ids=lambda row: row[0])
def test_a_harmful_pdf_is_refused_or_defused(tmp_path: Path, row: tuple[str, Callable[[], bytes], str, str]) -> None:
    _what, make, told, refused = row
    path, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    path.write_bytes(make())
    begun = time.monotonic()
    first: list[str] = []
    sentence = outcome(lambda: first.extend(one.kind.label for one in screen(source=path).findings))
    box = Box(1, 0.1, 0.1, 0.9, 0.9, Ground.OTHER)
    burning = outcome(lambda: burn(source=path, boxes=[box], target=target, day=date(2026, 1, 5)))
    assert time.monotonic() - begun < LONGEST
    assert told == "?" or told in sentence + "".join(first)
    assert refused == "?" or (refused in burning and bool(refused) == bool(burning))
    assert all(len(words) > 15 for words in (sentence, burning) if words)
    assert target.exists() is not bool(burning)
    if not burning:
        assert bounded.inspect(target, Kind.PDF).metadata == {}
        assert [one.kind.label for one in screen(source=target).blocking] == []


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("a.docx", hostile.docx_bomb_flat, "异常巨大"),
        ("a.docx", hostile.docx_bomb_many, "异常巨大"),
        ("a.docx", hostile.docx_bomb_overlapping, "异常巨大"),
        ("a.docx", hostile.docx_lying_about_size, "已损坏"),
        ("a.docx", lambda: hostile.docx_with_entry("../../etc/cron.d/x"), "条目路径越界"),
        ("a.docx", hostile.docx_locked_entry, "设有密码"),
        ("a.docx", lambda: honest.minimal_docx(word__x_dot_xml=hostile.BILLION), "自定义实体"),
        ("a.docx", lambda: hostile.truncated(honest.word()), "已损坏"),
        ("a.png", lambda: hostile.png_of_size(100_000, 100_000), "100000×100000"),
        ("a.jpg", hostile.jpeg_then_zip, "藏着另一种格式"),
        ("a.txt", lambda: b"a\0b", "不是文本"),
        ("a.exe", lambda: b"MZ", "不接受扩展名"),
        ("无扩展名", lambda: b"MZ", "没有扩展名"),
    ],
)
def test_other_harmful_files_are_refused_in_words(
    tmp_path: Path, name: str, make: Callable[[], bytes], words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(Refused, match=words):
        screen(source=path)


@pytest.mark.parametrize(
    "name",
    [
        "通知\u202efdp.exe.pdf",
        "a\x00\x1b[31m.pdf",
        "手机13800138000\r\n.pdf",
        "../../etc/13800138000.pdf",
        "长" * 300 + ".pdf",
    ],
)
def test_a_name_with_controls_is_read_as_a_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(honest.pdf())
    found = screen(source=path, name=name)
    told = [(one.place.text, one.kind.label) for one in found.findings if one.kind.label != "文档属性"]
    assert told == ([("文件名", PHONE)] if "13800138000" in name else [])


def test_a_box_on_a_page_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(harmful.honest())
    with pytest.raises(Refused, match="第 2 页不存在，这个文件只有 1 页"):
        burn(source=path, boxes=[Box(2, 0, 0, 1, 1, Ground.OTHER)], target=tmp_path / "b.pdf", day=date(2026, 1, 5))


def test_only_a_pdf_is_redacted(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(honest.word())
    with pytest.raises(Refused, match="只能在 PDF 上遮盖"):
        burn(source=path, boxes=[], target=tmp_path / "b.pdf", day=date(2026, 1, 5))
    with pytest.raises(Refused, match="只能在 PDF 上遮盖"):
        suggest_boxes(source=path)


def test_more_pages_than_can_be_burnt_at_once_are_refused_before_the_work(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(harmful.many_pages(500))
    boxes = [Box(page, 0, 0, 1, 1, Ground.OTHER) for page in range(1, 402)]
    with pytest.raises(Refused, match="要遮盖的页有 401 页，一次最多 400 页"):
        burn(source=path, boxes=boxes, target=tmp_path / "b.pdf", day=date(2026, 1, 5))


def test_two_thousand_pages_are_searched_within_the_bounds(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(harmful.many_pages(2_000))
    found = screen(source=path)
    assert (found.facts["pages"], len(found.findings)) == (2_000, 501)
    assert len(suggest_boxes(source=path)) == 2_000


def test_there_are_thirty_of_them() -> None:
    assert len({row[0] for row in PDFS}) == len(PDFS) >= 30
