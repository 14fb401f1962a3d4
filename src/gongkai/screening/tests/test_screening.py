"""What each kind of file gives away, as the bounded process finds it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.audit.rules import SYSTEM
from gongkai.files import services as files
from gongkai.files.tests import honest
from gongkai.screening.enums import FindingKind as Kind
from gongkai.screening.enums import Severity
from gongkai.screening.rules.findings import Screening
from gongkai.screening.services import screen

from . import making
from .making import HIDDEN, ID, PHONE

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

UNTOLD = {Kind.PROPERTIES, Kind.NOT_READ}


def screened(tmp_path: Path, name: str, data: bytes, **more: object) -> Screening:
    path = tmp_path / name
    path.write_bytes(data)
    return screen(source=path, **more)  # type: ignore[arg-type]


def told(found: Screening) -> list[tuple[str, str, str, str]]:
    return [
        (one.kind.label, one.place.text, one.excerpt, one.severity.value[0])
        for one in found.findings
        if one.kind not in UNTOLD
    ]


Row = tuple[str, str, Callable[[], bytes], list[tuple[str, str, str, str]]]
# (what it is, its name, its content, what is told: kind, place, excerpt, b or w)
ROWS: list[Row] = [
    ("plain Word", "a.docx", lambda: making.word("可以公开"), []),
    ("a name", f"回复{PHONE}.docx", lambda: making.word("可以公开"), [("手机号码", "文件名", "138****8000", "b")]),
    ("Word", "a.docx", lambda: making.word("一", f"证件{ID}"), [("居民身份号码", "第 2 段", "310***********2816", "b")]),
    ("Word over two paragraphs", "a.docx", lambda: making.word("手机13800", "138000，", "无"), [("手机号码", "第 1 段", "138****8000", "b")]),
    ("hidden in Word", "a.docx", making.word_hidden, [
        ("隐藏文字", "第 2 段", "藏起来的字", "b"), ("与底色相同的文字", "第 3 段", "白色的字", "b"), ("隐藏文字", "第 4 段", "极小的字", "b")]),
    ("hidden by a style", "a.docx", making.word_hidden_by_style, [("隐藏文字", "第 1 段", "样式藏起来的字", "b")]),
    ("white on dark", "a.docx", making.word_white_on_dark, []),
    ("tracked changes and a comment", "a.docx", making.word_changed, [
        ("修订痕迹", "第 1 段", "删去的138****8000", "b"), ("修订痕迹", "第 1 段", "加上的话", "b"),
        ("批注", "批注第 1 段", "这里要核实", "b"), ("手机号码", "第 1 段", "138****8000", "b")]),
    ("a sheet under a chart", "a.docx", lambda: making.word_with(word__embeddings__s_dot_xlsx=making.excel_filtered()), [
        ("嵌入的对象或附件", "文件的“word/embeddings/s.xlsx”部分", "s.xlsx", "b"), ("被筛选掉的行", "工作表“公开表”的第 2–3 行", "", "b")]),
    ("a number in a part nobody shows", "a.docx", lambda: making.word_with(customXml__item9_dot_xml=f"<d>{PHONE}</d>"), [
        ("手机号码", "文件的“customXml/item9.xml”部分", "138****8000", "b")]),
    ("a template from elsewhere", "a.docx", lambda: honest.minimal_docx(word___rels__settings_dot_xml_dot_rels=honest.relation("attachedTemplate", "http://192.0.2.1/t.dotm")), [
        ("会运行的内容", "整个文件", "这个文件会从外部地址加载内容（attachedTemplate）", "b"),
        ("外部链接", "文件的“attachedTemplate”部分", "http://192.0.2.1/t.dotm", "b")]),
    ("plain Excel", "a.xlsx", lambda: making.kept(making.book()), []),
    ("hidden in Excel", "a.xlsx", making.excel_hidden, [
        ("隐藏的列", "工作表“公开表”的 C:C 列", "", "b"), ("隐藏文字", "工作表“公开表”的 D2", "看不见", "b"),
        ("与底色相同的文字", "工作表“公开表”的 E2", "白字", "w"),
        ("隐藏的行", "工作表“公开表”的第 3–5 行", "", "b"), ("隐藏的行", "工作表“公开表”的第 8 行", "", "b"),
        ("隐藏的工作表", "工作表“底稿”", "底稿", "b"), ("深度隐藏的工作表", "工作表“名单”", "名单", "b"),
        ("批注", "工作表“xl/comments/comment1.xml”的 A1", "内部意见", "b"),
        ("手机号码", "工作表“名单”的 B2", "138****8000", "b"), ("居民身份号码", "工作表“名单”的 B3", "310***********2816", "b")]),
    ("filtered Excel", "a.xlsx", making.excel_filtered, [("被筛选掉的行", "工作表“公开表”的第 2–3 行", "", "b")]),
    ("a pivot table's cache", "a.xlsx", lambda: making.added(making.kept(making.book()), {"xl/pivotCache/pivotCacheRecords1.xml": f"<r><s v='{PHONE}'/></r>"}), [
        ("数据透视表的缓存", "文件的“xl/pivotCache/pivotCacheRecords1.xml”部分", "", "b")]),
    ("links to other books", "a.xlsx", lambda: making.added(making.kept(making.book()), {"xl/externalLinks/externalLink1.xml": "<d/>"}), [
        ("会运行的内容", "整个文件", "这个文件会从外部地址加载内容（外部工作簿）", "b"),
        ("外部链接", "文件的“xl/externalLinks/externalLink1.xml”部分", "externalLink1.xml", "b")]),
    ("text", "a.txt", lambda: "第一行\n手机 138001\n38000\n".encode("gb18030"), [("手机号码", "第 2 行", "138****8000", "b")]),
    ("a table", "a.csv", f"姓名,证件\n示例,{ID}\n".encode, [("居民身份号码", "第 2 行", "310***********2816", "b")]),
    ("a photograph", "a.jpg", making.photo, [
        ("拍摄地点", "图片的附带信息", "", "b"), ("手机号码", "文档属性“description”", "138****8000", "b"), ("手机号码", "图片的附带信息", "138****8000", "b")]),
    ("a plain picture", "a.png", honest.picture, []),
    ("plain PDF", "a.pdf", lambda: making.pdf(making.PARAGRAPH + "<p>一 丨 — ■ 1 l I ll 11 ——</p>"), []),
    ("a number in PDF", "a.pdf", lambda: making.pdf(f"<p>一</p><p style='break-before: page'>电话：{PHONE}</p>"), [("手机号码", "第 2 页", "138****8000", "b")]),
    ("a number over two lines of PDF", "a.pdf", lambda: making.pdf("<p>证件号码 310109<br>199003072816</p>"), [("居民身份号码", "第 1 页", "310***********2816", "b")]),
    ("black over words", "a.pdf", making.covered, [("只盖住、没有去掉的文字", "第 1 页", HIDDEN, "b")]),
    ("white over words", "a.pdf", lambda: making.covered("1 1 1 rg"), [("看不见却能复制的文字", "第 1 页", HIDDEN, "b")]),
    ("words as white as the paper", "a.pdf", lambda: making.pdf(f"<p>前<span style='color: white'>{HIDDEN}</span>后</p>"), [("看不见却能复制的文字", "第 1 页", HIDDEN, "b")]),
    ("a black note over words", "a.pdf", making.covered_by_note, [("注释", "第 1 页", "Square", "b"), ("只盖住、没有去掉的文字", "第 1 页", HIDDEN, "b")]),
    ("words beside the shown page", "a.pdf", making.cropped, [("页面范围以外的文字", "第 1 页", f"{HIDDEN}在页面之外", "b")]),
    ("a note", "a.pdf", making.with_note, [("注释", "第 1 页", "请领导批示", "b")]),
    ("a hidden layer", "a.pdf", making.with_layer, [("隐藏的图层", "整个文件", "草稿", "b"), ("看不见却能复制的文字", "第 1 页", HIDDEN, "b")]),
    ("an attachment", "a.pdf", making.with_attachment, [
        ("会运行的内容", "整个文件", "这个文件里嵌有其他文件或对象（附件或多媒体）", "b"), ("嵌入的对象或附件", "附件", "名单.xlsx", "b")]),
    ("a script", "a.pdf", making.with_script, [
        ("会运行的内容", "整个文件", "这个 PDF 含有自动执行的内容（JavaScript）", "b"), ("会运行的内容", "脚本", "", "b")]),
    ("an earlier version", "a.pdf", making.revised, [("文件里留着的旧版本", "旧版本", f"第一稿里写着{HIDDEN}", "b")]),
    ("a scanned page", "a.pdf", making.scanned, []),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_file_tells_what_it_gives_away(tmp_path: Path, row: Row) -> None:
    _what, name, make, expected = row
    assert told(screened(tmp_path, name, make())) == expected


@pytest.mark.parametrize(
    ("name", "make", "shown"),
    [
        ("a.docx", lambda: honest.word(author="示例承办人甲"), ("文档属性", "文档属性“author”", "示例承办人甲", "w")),
        ("a.pdf", lambda: honest.pdf(Author="示例承办人甲"), ("文档属性", "文档属性“author”", "示例承办人甲", "w")),
        ("a.png", honest.picture, ("程序读不出的内容", "整个文件", "图片里的文字", "w")),
        ("a.pdf", making.scanned, ("程序读不出的内容", "第 1 页", "1 页是图片", "w")),
        ("a.ofd", honest.ofd, ("程序读不出的内容", "整个文件", "OFD 版式文件（.ofd）", "b")),
        ("a.doc", honest.old_word, ("程序读不出的内容", "整个文件", "Word 97 文档（.doc）", "b")),
    ],
)
def test_properties_and_what_cannot_be_read_are_told(
    tmp_path: Path, name: str, make: Callable[[], bytes], shown: tuple[str, ...]
) -> None:
    found = screened(tmp_path, name, make())
    assert shown in [(one.kind.label, one.place.text, one.excerpt, one.severity.value[0]) for one in found.findings]


def test_no_plain_value_stands_anywhere_in_a_screening(tmp_path: Path) -> None:
    found = screened(tmp_path, f"{PHONE}.xlsx", making.excel_hidden())
    assert [value for value in (ID, PHONE) if value in str(found.as_json())] == []


def test_what_the_organ_publishes_is_no_finding(tmp_path: Path) -> None:
    data = making.pdf("<p>联系电话：021-65129876，13800138000</p>")
    found = screened(tmp_path, "a.pdf", data, allowed=["021-65129876"])
    assert told(found) == [("手机号码", "第 1 页", "138****8000", "b")]


def test_another_content_has_other_digests_and_the_same_has_the_same(tmp_path: Path) -> None:
    first, again, other = (screened(tmp_path, "a.txt", f"{PHONE}{more}".encode()) for more in ("", "", "。"))
    assert first == again
    assert first.sha256 != other.sha256
    assert first.findings[0].key != other.findings[0].key


def test_more_than_can_be_listed_still_keeps_the_file_here(tmp_path: Path) -> None:
    lines = "\n".join(f"手机{13800000000 + number}" for number in range(700))
    found = screened(tmp_path, "a.txt", lines.encode())
    assert len(found.findings) == 501
    assert [(one.place.text, one.severity) for one in found.findings[-1:]] == [
        ("另有 200 处，没有逐一列出", Severity.BLOCK)
    ]


def test_a_kept_file_is_screened_under_its_own_name(tmp_path: Path) -> None:
    kept = files.keep(stream=f"手机{PHONE}".encode(), name="答复.txt", owner_kind="test", actor=SYSTEM)
    found = screen(source=kept)
    assert (found.sha256, told(found)) == (kept.sha256, [("手机号码", "第 1 行", "138****8000", "b")])
