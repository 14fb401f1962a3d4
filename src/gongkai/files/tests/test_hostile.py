"""Every row: a name, a content, and either the words it is refused with or the name it is kept under."""

from __future__ import annotations

import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.files import rules
from gongkai.files.enums import Kind
from gongkai.files.inspection import bounded
from gongkai.files.inspection.look import look
from gongkai.files.inspection.values import Inspection
from gongkai.files.rules import Refused

from . import honest, hostile

Make = Callable[[], bytes]
VBA = "application/vnd.ms-word.document.macroEnabled.main+xml"
DDE = (
    f'<w:document xmlns:w="{honest.WORD}"><w:body><w:p><w:r><w:instrText>D</w:instrText></w:r>'
    "<w:r><w:instrText>DEAUTO c:\\cmd.exe</w:instrText></w:r></w:p></w:body></w:document>"
)
SETTINGS = "word___rels__settings_dot_xml_dot_rels"
TEMPLATE = {SETTINGS: honest.relation("attachedTemplate", "http://192.0.2.1/t.dotm")}

# (what it is, the name sent, the content, the words of the refusal)
REFUSED: list[tuple[str, str, Make, str]] = [
    ("a program", "工具.exe", lambda: b"MZ" + b"\0" * 100, "不接受扩展名为“.exe”的文件"),
    ("a program named PDF", "通知.pdf", lambda: b"MZ" + b"\0" * 100, "内容却不是PDF"),
    ("a program behind two extensions", "通知.pdf.exe", honest.pdf, "不接受扩展名为“.exe”的文件"),
    ("a program named TXT", "说明.txt", lambda: b"MZ\x90\0" + b"\0" * 100, "不是文本"),
    ("no extension", "通知", honest.pdf, "没有扩展名"),
    ("a web page", "page.html", lambda: b"<html></html>", "不接受扩展名为“.html”的文件"),
    ("a web page named TXT", "page.txt", lambda: b"\xef\xbb\xbf <!DOCTYPE html><script>1</script>", "网页或脚本"),
    ("a drawing that runs scripts", "x.svg", lambda: b"<svg onload='x'/>", "不接受扩展名为“.svg”的文件"),
    ("a drawing named CSV", "x.csv", lambda: b"<svg xmlns='x' onload='x'/>", "网页或脚本"),
    ("a shell script named TXT", "x.txt", lambda: b"#!/bin/sh\nrm -rf /\n", "网页或脚本"),
    ("a plain archive", "x.zip", lambda: honest.archive({"a": "b"}), "不接受扩展名为“.zip”的文件"),
    ("a plain archive named DOCX", "x.docx", lambda: honest.archive({"a": "b"}), "内容却不是Word"),
    ("Excel named Word", "x.docx", honest.sheet, "看起来是：Excel"),
    ("Word named PDF", "x.pdf", honest.word, "看起来是：Word"),
    ("JPEG named PNG", "x.png", lambda: honest.picture("JPEG"), "看起来是：JPEG"),
    ("GIF and script in one", "x.jpg", hostile.gif_with_script, "内容却不是JPEG"),
    ("PDF cut off", "x.pdf", lambda: hostile.truncated(honest.pdf(pages=9)), "已损坏或不完整"),
    ("Word cut off", "x.docx", lambda: hostile.truncated(honest.word()), "已损坏或不完整"),
    ("JPEG cut off", "x.jpg", lambda: hostile.truncated(honest.picture("JPEG", size=(400, 300))), "已损坏或不完整"),
    ("PNG cut off", "x.png", lambda: hostile.truncated(honest.picture(size=(400, 300))), "已损坏或不完整"),
    ("a PDF's first bytes alone", "x.pdf", lambda: b"%PDF-1.7\n%%EOF", "已损坏或不完整"),
    ("PDF with JavaScript", "x.pdf", hostile.pdf_javascript, "自动执行的内容（JavaScript）"),
    ("the same in escapes", "x.pdf", hostile.pdf_javascript_escaped, "自动执行的内容（JavaScript）"),
    ("the same packed away", "x.pdf", hostile.pdf_javascript_in_object_stream, "自动执行的内容（JavaScript）"),
    ("PDF that starts a program", "x.pdf", hostile.pdf_launch, "自动执行的内容（启动程序）"),
    ("PDF that sends a form", "x.pdf", hostile.pdf_submit, "向外部提交表单"),
    ("PDF that opens a share", "x.pdf", hostile.pdf_go_outside, "打开外部文件"),
    ("PDF with a dynamic form", "x.pdf", hostile.pdf_xfa, "XFA"),
    ("PDF with a program attached", "x.pdf", hostile.pdf_attachment, "嵌有其他文件"),
    ("PDF under a password", "x.pdf", hostile.pdf_locked, "设有密码"),
    ("PDF of 2,001 pages", "x.pdf", hostile.pdf_many_pages, "2001 页"),
    ("PDF whose pages hold themselves", "x.pdf", hostile.pdf_circle_of_pages, "已损坏"),
    ("PDF, then ZIP", "x.pdf", hostile.pdf_then_zip, "藏着另一种格式"),
    ("ZIP in PDF", "x.pdf", hostile.pdf_holding_zip, "藏着另一种格式的内容（ZIP）"),
    ("JPEG, then ZIP", "x.jpg", hostile.jpeg_then_zip, "藏着另一种格式的内容（ZIP）"),
    ("PNG, then web page", "x.png", hostile.png_then_html, "藏着另一种格式的内容（图片之后的数据）"),
    ("text, then ZIP", "x.txt", lambda: b"hello " + honest.archive({"a": "b"}), "藏着另一种格式的内容（ZIP）"),
    ("script, then Word", "x.docx", hostile.zip_then_docx, "内容却不是Word"),
    ("Word behind Word", "x.docx", hostile.docx_behind_docx, "藏着另一种格式的内容（ZIP）"),
    ("picture of 10,000 million pixels", "x.png", lambda: hostile.png_of_size(100_000, 100_000), "100000×100000"),
    ("picture one row too many", "x.png", lambda: hostile.png_of_size(10_000, 5_001), "5000 万像素"),
    ("Word that unpacks to 200 MB of blanks", "x.docx", hostile.docx_bomb_flat, "异常巨大"),
    ("Word of 5,003 parts", "x.docx", hostile.docx_bomb_many, "异常巨大"),
    ("Word whose parts overlap", "x.docx", hostile.docx_bomb_overlapping, "异常巨大"),
    ("Word with nested archives", "x.docx", hostile.docx_bomb_nested, "嵌有其他文件"),
    ("an archive in the sheet under a chart", "x.docx", lambda: honest.minimal_docx(word__embeddings__s_dot_xlsx=honest.minimal_xlsx(x_dot_zip=b"PK")), "嵌套的压缩文件"),
    ("Word that lies about its size", "x.docx", hostile.docx_lying_about_size, "已损坏"),
    ("billion laughs", "x.docx", lambda: honest.minimal_docx(word__x_dot_xml=hostile.BILLION), "自定义实体"),
    ("the same in UTF-16", "x.docx", lambda: honest.minimal_docx(word__x_dot_xml=hostile.BILLION.encode("utf-16")), "自定义实体"),
    ("an entity from outside", "x.docx", lambda: honest.minimal_docx(word__x_dot_xml=hostile.OUTSIDE_ENTITY), "外部实体"),
    ("the same in OFD", "x.ofd", lambda: honest.archive({"OFD.xml": hostile.OUTSIDE_ENTITY}), "外部实体"),
    ("an entry that climbs", "x.docx", lambda: hostile.docx_with_entry("../../etc/cron.d/x"), "条目路径越界"),
    ("an entry from the root", "x.docx", lambda: hostile.docx_with_entry("/etc/passwd"), "条目路径越界"),
    ("an entry with backslashes", "x.docx", hostile.docx_with_backslash, "条目路径越界"),
    ("an entry twice", "x.docx", hostile.docx_with_double_entry, "条目重名"),
    ("an entry under a password", "x.docx", hostile.docx_locked_entry, "设有密码"),
    ("an entry that is a link", "x.docx", hostile.docx_link_entry, "条目是链接"),
    ("a web page in the ZIP's comment", "x.docx", hostile.docx_long_comment, "藏着另一种格式的内容（ZIP）"),
    ("Word with macros", "x.docm", honest.word, "不接受扩展名为“.docm”的文件"),
    ("the same renamed", "x.docx", lambda: honest.minimal_docx(word__vbaProject_dot_bin=b"\xd0\xcf"), "含有宏"),
    ("macros by type alone", "x.docx", lambda: honest.archive({"[Content_Types].xml": honest.TYPES.replace("application/xml", VBA), "word/document.xml": "<d/>"}), "含有宏"),
    ("Excel 4 macros", "x.xlsx", lambda: honest.minimal_xlsx(xl__macrosheets__sheet1_dot_xml="<d/>"), "含有宏"),
    ("ActiveX", "x.docx", lambda: honest.minimal_docx(word__activeX__activeX1_dot_xml="<d/>"), "含有宏"),
    ("an object in Word", "x.docx", lambda: honest.minimal_docx(word__embeddings__oleObject1_dot_bin=b"x"), "oleObject1.bin"),
    ("a template from outside", "x.docx", lambda: honest.minimal_docx(**TEMPLATE), "attachedTemplate"),
    ("a picture from outside", "x.docx", lambda: honest.minimal_docx(word___rels__document_dot_xml_dot_rels=honest.relation("image", "http://192.0.2.1/1.png")), "外部地址"),
    ("DDE cut into runs", "x.docx", lambda: honest.archive({"[Content_Types].xml": honest.TYPES, "word/document.xml": DDE}), "DDE"),
    ("Excel with links to other books", "x.xlsx", lambda: honest.minimal_xlsx(xl__externalLinks__externalLink1_dot_xml="<d/>"), "外部工作簿"),
    ("old Word with macros", "x.doc", lambda: honest.old_word(a="Macros"), "含有宏"),
    ("old Excel with macros", "x.xls", lambda: honest.old_excel(storages=("_VBA_PROJECT_CUR",)), "含有宏"),
    ("old Excel with a macro sheet", "x.xls", lambda: honest.old_excel(struct.pack("<HHIBB", 0x85, 8, 0, 0, 1) + b"\0\0"), "含有宏"),
    ("old Excel under a password", "x.xls", lambda: honest.old_excel(struct.pack("<HHH", 0x2F, 2, 0)), "设有密码"),
    ("old Word with objects", "x.doc", lambda: honest.old_word(a="ObjectPool"), "嵌有其他文件"),
    ("new Word under a password", "x.docx", lambda: honest.compound({"EncryptedPackage": b"x"}), "设有密码"),
    ("an installer named DOC", "x.doc", lambda: honest.compound({"Property": b"x"}), "内容却不是Word"),
    ("a container in a circle", "x.doc", lambda: honest.old_word()[:48] + struct.pack("<I", 3) + honest.old_word()[52:], "已损坏|内容却不是"),
    ("bytes named CSV", "x.csv", lambda: bytes(range(256)) * 8, "不是文本"),
    ("a NUL in text", "x.txt", lambda: b"a\0b", "不是文本"),
]  # fmt: skip

# (what it is, the name sent, the content, the name it is kept under)
KEPT: list[tuple[str, str, Make, str]] = [
    ("a PDF", "通知.pdf", honest.pdf, "通知.pdf"),
    ("an extension in capitals", "通知.PDF", honest.pdf, "通知.PDF"),
    ("Word", "a.docx", honest.word, "a.docx"),
    ("Excel", "a.xlsx", honest.sheet, "a.xlsx"),
    ("OFD", "a.ofd", honest.ofd, "a.ofd"),
    ("ODF", "a.odt", honest.odt, "a.odt"),
    ("old Word", "a.doc", honest.old_word, "a.doc"),
    ("old Excel", "a.xls", honest.old_excel, "a.xls"),
    ("a picture", "a.jpeg", lambda: honest.picture("JPEG"), "a.jpeg"),
    ("markup in a picture's note, which nothing shows as markup", "a.png", hostile.png_with_html_in_text, "a.png"),
    ("a table in GB 18030", "a.csv", lambda: "姓名,数量\r\n示例,1\r\n".encode("gb18030"), "a.csv"),
    ("a text in UTF-16", "a.txt", lambda: "示例".encode("utf-16"), "a.txt"),
    ("a link to click in Word", "a.docx", lambda: honest.minimal_docx(word___rels__document_dot_xml_dot_rels=honest.relation("hyperlink", "http://192.0.2.1/")), "a.docx"),
    ("a name with a path", "../../etc/通知.pdf", honest.pdf, "通知.pdf"),
    ("a name with a Windows path", "C:\\Users\\x\\通知.pdf", honest.pdf, "通知.pdf"),
    ("a name with a NUL", "通知.pdf\0.exe.pdf", honest.pdf, "通知.pdf_exe.pdf"),
    ("a name with line ends", "通知\r\nContent-Type: text/html\r\n.pdf", honest.pdf, "html.pdf"),
    ("a name written from right to left", "通知\u202efdp.exe.pdf", honest.pdf, "通知fdp_exe.pdf"),
    ("a name with an invisible blank", "通\u200b知.pdf", honest.pdf, "通知.pdf"),
    ("a name of 300 characters", "长" * 300 + ".pdf", honest.pdf, "长" * 65 + ".pdf"),
    ("a name that Windows keeps for itself", "CON.pdf", honest.pdf, "_CON.pdf"),
    ("the same with a second dot", "com1.txt.pdf", honest.pdf, "_com1.txt.pdf"),
    ("only an extension", ".pdf", honest.pdf, "未命名.pdf"),
    ("a name of dots", "...pdf", honest.pdf, "未命名.pdf"),
    ("a name of reserved characters", '<|?*:">.pdf', honest.pdf, "_______.pdf"),
    ("a server's script before the extension", "x.php.jpg", lambda: honest.picture("JPEG"), "x_php.jpg"),
    ("an accent in two characters", "cafe\u0301.pdf", honest.pdf, "café.pdf"),
]  # fmt: skip


def inspected(name: str, content: bytes, folder: Path) -> tuple[rules.CleanName, Inspection]:
    clean = rules.clean_name(name)
    kind = rules.expected_kind(clean)
    path = folder / "upload"
    path.write_bytes(content)
    return clean, look(path, kind)


@pytest.mark.parametrize(("name", "make", "words"), [pytest.param(*row[1:], id=row[0]) for row in REFUSED])
def test_what_means_harm_is_refused_in_words(name: str, make: Make, words: str, tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(Refused, match=words) as refusal:
        inspected(name, make(), tmp_path)
    assert time.monotonic() - started < 20
    assert refusal.value.sentence.endswith("。")
    assert str(refusal.value) == (
        refusal.value.sentence % refusal.value.values if refusal.value.values else str(refusal.value)
    )


@pytest.mark.parametrize(("name", "make", "kept"), [pytest.param(*row[1:], id=row[0]) for row in KEPT])
def test_what_is_honest_is_kept_under_a_safe_name(name: str, make: Make, kept: str, tmp_path: Path) -> None:
    clean, found = inspected(name, make(), tmp_path)
    assert clean.text == kept
    assert clean.changed == (name != kept)
    assert found.kind is Kind(rules.BY_EXTENSION[clean.extension])


BOMBS = [
    row for row in REFUSED if "unpacks" in row[0] or "nested" in row[0] or "pixels" in row[0] or "laughs" in row[0]
]


@pytest.mark.parametrize(("name", "make", "words"), [pytest.param(*row[1:], id=row[0]) for row in BOMBS])
def test_a_process_of_its_own_says_the_same(name: str, make: Make, words: str, tmp_path: Path, cold: None) -> None:
    path = tmp_path / "upload"
    path.write_bytes(make())
    with pytest.raises(Refused, match=words):
        bounded.inspect(path, rules.expected_kind(rules.clean_name(name)))


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("while True: pass", "仍没有结束"),
        ("x = bytearray(9_000_000_000)", "异常巨大"),
        ("import os; os.abort()", "已损坏"),
    ],
)
def test_what_loops_swells_or_crashes_ends_with_its_process(
    harm: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cold: None
) -> None:
    """Time, memory and crashes are bounded outside of the libraries, whatever those do."""
    program = (
        "import resource, sys\n"
        "from gongkai.files.inspection import bounded\n"
        f"def act(words):\n    {harm}\n"
        "bounded._ACTS['harm'] = act\n"
        "sys.exit(bounded._main('harm', 1))\n"
    )
    script = tmp_path / "harm.py"
    script.write_text(program)
    run = subprocess.run

    def harmful(command: list[str], **more: object) -> object:
        return run([sys.executable, str(script)], **more)  # type: ignore[call-overload]

    monkeypatch.setattr(bounded.subprocess, "run", harmful)  # type: ignore[attr-defined]
    with pytest.raises(Refused, match=words):
        bounded.run("harm", {}, Kind.PDF, seconds=5)


def test_a_process_that_does_not_begin_blames_no_file(monkeypatch: pytest.MonkeyPatch, cold: None) -> None:
    monkeypatch.setattr(bounded, "__name__", "gongkai.no_such_module")
    with pytest.raises(RuntimeError, match=r"did not begin.*no_such_module"):
        bounded.run("inspect", {}, Kind.PDF)


def test_there_are_a_hundred_of_them() -> None:
    assert len(REFUSED) >= 60
    assert len({row[0] for row in [*REFUSED, *KEPT]}) == len(REFUSED) + len(KEPT)


def test_metadata_and_what_authors_forget_are_told(tmp_path: Path) -> None:
    _, found = inspected("a.docx", honest.word(author="示例承办人甲"), tmp_path)
    assert found.metadata["author"] == "示例承办人甲"
    _, found = inspected("a.pdf", honest.pdf(pages=3, Author="示例承办人甲", Company="示例单位"), tmp_path)
    assert (found.pages, found.metadata["author"], found.metadata["company"]) == (3, "示例承办人甲", "示例单位")
    _, found = inspected("a.ofd", honest.ofd(), tmp_path)
    assert found.metadata["author"] == "示例承办人甲"
    _, found = inspected("a.csv", "甲,=1+1\n乙,@SUM(1)\n丙,-5\n".encode(), tmp_path)
    assert (found.encoding, found.remains) == ("utf-8", {"formulas": 2})


def test_changes_and_comments_left_in_word_are_counted(tmp_path: Path) -> None:
    body = f'<w:document xmlns:w="{honest.WORD}"><w:body><w:p><w:ins/><w:del/></w:p></w:body></w:document>'
    notes = f'<w:comments xmlns:w="{honest.WORD}"><w:comment/><w:comment/><w:comment/></w:comments>'
    parts = {"[Content_Types].xml": honest.TYPES, "word/document.xml": body, "word/comments.xml": notes}
    _, found = inspected("a.docx", honest.archive(parts), tmp_path)
    assert found.remains == {"changes": 2, "comments": 3}


def test_the_place_a_photo_was_taken_is_told(tmp_path: Path) -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x010F] = "Example"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 15.0, 36.0), 3: "E", 4: (121.0, 30.0, 0.0)})
    _, found = inspected("a.jpg", honest.picture("JPEG", exif=exif), tmp_path)
    assert found.metadata == {"camera": "Example", "gps": "N31.26000 E121.50000"}


def test_the_files_that_do_harm_are_what_they_say() -> None:
    """A bomb that is none would be refused for another reason, and prove nothing."""
    assert len(hostile.docx_bomb_flat()) < 1_000_000
    assert (
        zipfile.ZipFile(__import__("io").BytesIO(hostile.docx_with_double_entry()))
        .namelist()
        .count("word/document.xml")
        == 2
    )
