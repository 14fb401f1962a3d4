"""A paper says the same in Word and in PDF, in the measures of GB/T 9704, whatever stands in it."""

import io
from datetime import date
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pdfplumber
import pytest
from docx import Document
from docx.shared import Mm, Pt

from gongkai.papers import portable, services
from gongkai.papers.rules import Check, Paper, Paragraph, document_number

CHECK = Check(
    address="https://open.example.gov.cn/verify/7K3M9QXD2R8VTB4H/",
    page="https://open.example.gov.cn/verify/",
    code="7K3M-9QXD-2R8V-TB4H",
)
TEXT_BELOW = 35 / 25.4 * 72  # points: where the text area of a page ends
NASTY = "甲<b>乙</b>&amp;\"丙'{丁}\x00\x1b=1+1 ]]> 龑㙍𬭎"


def paper(**changes: object) -> Paper:
    facts: dict[str, object] = {
        "organ": "上海市虹口区人民政府办公室",
        "number": "虹府办信公开〔2025〕68号",
        "title": "政府信息公开申请答复书",
        "addressee": "示例申请人甲",
        "body": (Paragraph("一、查找情况", 1), Paragraph("经查，该信息已经主动公开。")),
        "signed_on": date(2025, 10, 5),
    }
    return Paper(**{**facts, **changes})  # type: ignore[arg-type]


def text_of_pdf(content: bytes) -> str:
    with pdfplumber.open(io.BytesIO(content)) as file:
        return "".join(page.extract_text() for page in file.pages).replace("\n", "")


def text_of_word(content: bytes) -> str:
    return "".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


@pytest.mark.parametrize(
    "word", ["上海市虹口区人民政府办公室", "虹府办信公开〔2025〕68号", "示例申请人甲：", "2025年10月5日"]
)
def test_both_files_say_what_the_paper_says(word: str) -> None:
    assert word in text_of_word(services.docx(paper()))
    assert word in text_of_pdf(services.pdf(paper()))


def test_the_word_file_has_the_measures_of_the_standard() -> None:
    document = Document(io.BytesIO(services.docx(paper())))
    section = document.sections[0]
    measures = [section.page_width or 0, section.page_height or 0, section.top_margin or 0, section.bottom_margin or 0]
    assert [round(measure / Mm(1)) for measure in measures] == [210, 297, 37, 35]
    assert [round(measure / Mm(1)) for measure in (section.left_margin or 0, section.right_margin or 0)] == [28, 26]
    body = next(found for found in document.paragraphs if "经查" in found.text)
    assert body.runs[0].font.size == Pt(16)
    spacing = body.paragraph_format.line_spacing
    assert spacing is not None
    assert abs(spacing - Pt(28.95)) < Pt(0.1)
    assert body.paragraph_format.first_line_indent == Pt(32)


def test_every_run_names_its_east_asian_font() -> None:
    with ZipFile(io.BytesIO(services.docx(paper()))) as file:
        tree = ET.fromstring(file.read("word/document.xml"))  # noqa: S314 - our own file
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    runs = [run for run in tree.iter(f"{w}r") if run.find(f"{w}t") is not None]
    assert runs
    fonts = [run.find(f"{w}rPr/{w}rFonts") for run in runs]
    assert all(font is not None and font.get(f"{w}eastAsia") for font in fonts)


def test_a_page_holds_twenty_two_lines_of_twenty_eight_characters() -> None:
    content = services.pdf(paper(body=(Paragraph("字" * 28 * 60),)))
    with pdfplumber.open(io.BytesIO(content)) as file:
        second = file.pages[1].extract_text()
    lines = [line for line in second.splitlines() if "字" in line]
    assert (len(lines), len(lines[1])) == (22, 28)


def test_what_looks_like_a_tag_or_a_formula_is_text_and_controls_are_left_out() -> None:
    nasty = paper(addressee=NASTY, body=(Paragraph(NASTY),))
    word, pdf = text_of_word(services.docx(nasty)), services.pdf(nasty)
    assert "甲<b>乙</b>&amp;\"丙'{丁}=1+1 ]]>" in word
    assert "<b>乙</b>" in text_of_pdf(pdf)
    assert "\x1b" not in word


def test_a_paper_fetches_nothing() -> None:
    with pytest.raises(portable.Fetched):
        portable._refuse("http://127.0.0.1/secret")


def test_a_long_name_stays_on_one_line() -> None:
    assert paper(organ="虹" * 20).mark_size == 22
    assert paper(organ="虹口区").mark_size == 32


def test_attachments_are_counted_when_there_are_several() -> None:
    assert paper(attachments=("明细",)).attachment_lines == ("附件：明细",)
    assert paper(attachments=("明细", "说明")).attachment_lines == ("附件：1. 明细", "　　　2. 说明")


def test_a_document_number_has_hexagonal_brackets_and_no_noughts() -> None:
    assert document_number("虹府办信公开", 2025, 68) == "虹府办信公开〔2025〕68号"


def test_the_way_to_check_a_paper_stands_below_the_text_of_its_last_page_only() -> None:
    content = services.pdf(paper(body=(Paragraph("字" * 28 * 30),), check=CHECK))
    with pdfplumber.open(io.BytesIO(content)) as file:
        first, last = file.pages
        words = [word for word in last.extract_words() if CHECK.code in word["text"] or "open.example" in word["text"]]
        assert "核验码" not in first.extract_text()
        assert len(words) == 2
        assert all(word["top"] > last.height - TEXT_BELOW for word in words)
        assert all(word["x1"] < last.width / 2 - 20 for word in words)  # clear of the page's number


def test_the_square_code_holds_the_address_and_stands_in_checked_papers_only() -> None:
    assert portable._square(CHECK).designator == "4-M"
    assert 'class="segno"' in portable.html(paper(check=CHECK))
    assert "segno" not in portable.html(paper())


def test_a_page_with_a_square_code_holds_as_many_lines_and_characters() -> None:
    content = services.pdf(paper(body=(Paragraph("字" * 28 * 60),), check=CHECK))
    with pdfplumber.open(io.BytesIO(content)) as file:
        second = file.pages[1].extract_text()
    lines = [line for line in second.splitlines() if "字" in line]
    assert (len(lines), len(lines[1])) == (22, 28)


@pytest.mark.parametrize("lines", [1, 15, 16, 17, 40])
def test_a_paper_tells_where_the_organ_and_the_day_stand(lines: int) -> None:
    content = services.pdf(paper(body=(Paragraph("字" * 28 * lines),)))
    spot = services.signature_spot(content)
    assert spot is not None
    with pdfplumber.open(io.BytesIO(content)) as file:
        page = file.pages[spot.page]
        day = next(word for word in page.extract_words() if "2025年10月5日" in word["text"])
        organ = [word for word in page.extract_words() if "上海市虹口区人民政府办公室" in word["text"]][-1]
        height = float(page.height)
    assert abs(spot.left - day["x0"]) < 1
    assert abs(spot.right - day["x1"]) < 1
    assert spot.bottom < height - day["bottom"] < height - organ["top"] < spot.top
    assert round(spot.top - spot.bottom, 1) == 57.9
    middle = (organ["x0"] + organ["x1"]) / 2
    assert abs(middle - spot.centre[0]) < 1


def test_a_file_from_elsewhere_has_no_such_spot() -> None:
    from weasyprint import HTML

    assert services.signature_spot(HTML(string="<p>2025年10月5日</p>").write_pdf()) is None


def test_a_signature_never_stands_on_a_page_without_text() -> None:
    paragraphs = Document(io.BytesIO(services.docx(paper()))).paragraphs
    place = next(n for n, one in enumerate(paragraphs) if one.text == paper().organ and n > 2)
    kept = [bool(one.paragraph_format.keep_with_next) for one in paragraphs[place - 3 : place + 2]]
    assert (kept, paragraphs[place - 3].text != "") == ([True, True, True, True, False], True)
