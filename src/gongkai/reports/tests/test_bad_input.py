"""Files that are wrong, broken or made to harm: a clear sentence, exit status 2, in little time."""

import io
import os
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

from gongkai.reports.command import UNREADABLE, main
from gongkai.reports.reading import (
    chapters,
    claim_lists,
    claim_patterns,
    claims,
    files,
    labels,
    noise,
    numbers,
    pdf,
    remarks,
    segments,
    table_four,
    table_two,
)
from gongkai.reports.reading.files import MOST_BYTES, document_of, open_document, read_document, shown_name
from gongkai.reports.reading.model import Unreadable
from gongkai.reports.tests.dirt import make_report
from gongkai.reports.tests.dirt_files import docx_of

TITLE = "上海市临江区人民政府2023年政府信息公开工作年度报告\n一、总体情况\n收到政府信息公开申请3件。\n"
WORTH_A_LOOK = 0.2  # seconds of the processor; what takes less is not held against its double
MOST_FOR_DOUBLE = 3.0


def packed(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


def pdf_of_objects(*objects: bytes, trailer: bytes = b"") -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    return out + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
BLANK_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"
PICTURE_PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
    b"<</Length 29>>stream\nq 99 0 0 99 0 0 cm /I Do Q    \nendstream",
    b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\0\nendstream",
)
LOCK = b"/Encrypt<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P -4>>/ID[(0123456789abcdef)(0123456789abcdef)]" % (
    b"o" * 32,
    b"u" * 32,
)


@cache
def whole_docx() -> bytes:
    return docx_of(make_report(Random(1)))


# What takes long to make is made where it is asked for: each process of the tests reads this file.
REFUSED: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "nothing": (b"", "空的"),
    "only blanks": (b" \n\t\r\n", "空的"),
    "bytes of no kind": (bytes(range(256)) * 20, "不是文本"),
    "a picture": (b"\xff\xd8\xff\xe0" + b"x" * 100, "图片"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 Word"),
    "a packed file of another kind": (packed(readme_dot_txt=b"x"), "不是 Word 文档"),
    "a Word file cut short": (lambda: whole_docx()[: len(whole_docx()) // 2], "不完整"),
    "a Word file that is no document": (packed(word__document_dot_xml=b"<a>"), "损坏"),
    "a zip bomb": (lambda: packed(word__document_dot_xml=b"0" * 300_000_000), "大得反常"),
    "a PDF cut short": (b"%PDF-1.4\n1 0 obj\n<<", "损坏"),
    "a PDF whose pages go round": (
        pdf_of_objects(CATALOG, PAGES, b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>"),
        "损坏或结构异常",
    ),
    "a PDF without text": (pdf_of_objects(CATALOG, PAGES, BLANK_PAGE), "没有文字层"),
    "a PDF of a picture": (pdf_of_objects(CATALOG, PAGES, *PICTURE_PAGE), "没有文字层"),
    "a locked PDF": (pdf_of_objects(CATALOG, PAGES, BLANK_PAGE, trailer=LOCK), "密码"),
    "another text": ("今天天气很好，适合出门散步。".encode(), "没有认出"),
    "a page that is all script": (f"<html><script>{TITLE}</script></html>".encode(), "没有认出"),
    "a text of zeros": (b"\0" * 5000, "不是文本"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_in_a_sentence(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, words = REFUSED[name]
    path = tmp_path / "report"
    path.write_bytes(data() if callable(data) else data)
    assert main(["audit", str(path)]) == UNREADABLE
    said = capsys.readouterr()
    assert words in said.err
    assert said.err.rstrip().endswith("。")
    assert "Traceback" not in said.err
    assert said.out == ""


def test_a_file_of_fifty_megabytes_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(Unreadable, match=rf"50 MB，超过 {MOST_BYTES // 1024 // 1024} MB 的上限"):
        open_document(path)


@pytest.mark.parametrize(("name", "words"), [("", "文件夹"), ("gone.txt", "文件")])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        open_document(tmp_path / name)


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad").write_bytes(b"")
    (tmp_path / "good").write_text(TITLE, encoding="utf-8")
    assert main(["read", str(tmp_path / "bad"), str(tmp_path / "good")]) == UNREADABLE
    assert "上海市临江区人民政府 2023" in capsys.readouterr().out


STRANGE: dict[str, bytes] = {
    "ten thousand nested boxes": ("<html><body>" + "<div>" * 10_000 + TITLE + "</div>" * 10_000).encode(),
    "nested tables": ("<html><body>" + "<table><tr><td>" * 2_000 + TITLE).encode(),
    "huge spans": (
        f"<html><body>{TITLE}<table>" + "<tr><td rowspan=99999 colspan=99999>1</td><td>2</td></tr>" * 300
    ).encode(),
    "scripts and styles": f"<html><script>alert('9件')</script><style>p{{}}</style><p>{TITLE}</p></html>".encode(),
    "zero bytes far inside": (TITLE + "公开" * 4_000 + "\0\0\0").encode(),
    "lone surrogates": TITLE.encode("utf-16-le") + b"\x00\xd8\x00\xdc\xdc\xd8",
    "line ends of all kinds": TITLE.replace("\n", "\r\n", 1).replace("\n", "\r", 1).encode(),
    "four million letters in a line": (TITLE + "全" * 3_900_000).encode(),
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_file_is_read_to_its_end(name: str) -> None:
    readings = read_document(document_of("report", STRANGE[name]))
    assert [r.year for r in readings] == [2023]


def test_a_text_beyond_four_million_letters_is_refused() -> None:
    with pytest.raises(Unreadable, match="上限"):
        document_of("report", (TITLE + "a" * 4_000_001).encode())


# --- Patterns on hostile text ----------------------------------------------------------------------------------------
MODULES = (
    *(chapters, claim_lists, claim_patterns, claims, files, labels, noise, numbers, pdf, remarks),
    *(segments, table_four, table_two),
)
LETTERS = 20_000
PIECES = (
    *(
        "1",
        "1 ",
        "1,",
        "全",
        "(",
        "(a",
        "(1)",
        "a",
        "a.",
        "a-",
        "-",
        " ",
        "\n",
        "\t",
        "/",
        "|",
        "、",
        "20",
        "2023年1月1日",
    ),
    *(
        "收到政府信息公开申请",
        "政府信息公开申请1件",
        "其中1件",
        "1件、",
        "网上1件、",
        "当面、",
        "没有",
        "未",
        "复议",
        "诉讼",
    ),
    *(
        "前三位是",
        "占比",
        "占1%",
        "结转",
        "上年结转",
        "规章",
        "信息公开年报",
        "属于国家秘密1件,占(",
        "由",
        "请联系",
        "<div>",
    ),
)


def patterns(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    for name, held in vars(module).items():
        flat = [held] if isinstance(held, re.Pattern) else list(_flat(held))
        yield from ((f"{module.__name__}.{name}", pattern) for pattern in flat if isinstance(pattern.pattern, str))


def _flat(held: object) -> Iterator[re.Pattern[str]]:
    if isinstance(held, re.Pattern):
        yield held
    elif isinstance(held, tuple):
        for inner in held:
            yield from _flat(inner)


def seconds(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - start


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rsplit(".", 1)[-1])
def test_no_pattern_takes_more_than_linear_time(module: ModuleType) -> None:
    """Twice the text may take twice the time; a quadratic pattern takes four times."""
    slow = {
        (name, pattern.pattern[:40], piece): round(ratio, 1)
        for name, pattern in patterns(module)
        for piece in PIECES
        if (ratio := growth(pattern, piece)) > MOST_FOR_DOUBLE
    }
    assert slow == {}


def growth(pattern: re.Pattern[str], piece: str) -> float:
    """How many times longer a pattern takes on twice the text; 0 where it takes next to nothing."""
    once = seconds(pattern, piece * (LETTERS // len(piece)))
    return seconds(pattern, piece * (2 * LETTERS // len(piece))) / once if once > WORTH_A_LOOK else 0.0


def test_a_quadratic_pattern_would_be_seen() -> None:
    assert growth(re.compile(r"(?=(a+b))"), "a") > MOST_FOR_DOUBLE


def docx_with(body: str) -> bytes:
    """A Word file whose document part holds this body."""
    xml = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"{body}</w:body></w:document>"
    )
    with zipfile.ZipFile(io.BytesIO(whole_docx())) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, "word/document.xml": xml.encode()}.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_cell_that_claims_a_hundred_million_columns_takes_its_share_only() -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="100000000"/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>'
    title = f"<w:p><w:r><w:t>{TITLE}</w:t></w:r></w:p>"
    document = document_of("a.docx", docx_with(f"{title}<w:tbl><w:tr>{cell * 2}</w:tr></w:tbl>"))
    assert len(document.text) < 1_000


def test_a_word_file_of_endless_paragraphs_is_refused() -> None:
    with pytest.raises(Unreadable, match="20,000 段"):
        document_of("a.docx", docx_with("<w:p/>" * 20_500))


def test_a_pipe_is_refused_without_waiting_for_its_other_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(Unreadable, match="管道或设备"):
            open_document(path)


def test_a_name_is_shown_without_control_characters() -> None:
    assert shown_name("年报\x1b[31m\n.txt") == "年报\ufffd[31m\ufffd.txt"
