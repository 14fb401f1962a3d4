"""Files that give something away, built in code. The persons do not exist."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pypdfium2
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.filters import FilterColumn, Filters
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Rectangle, Text
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)
from weasyprint import HTML

from gongkai.files.tests.honest import written

ID = "310109199003072816"
PHONE = "13800138000"
HIDDEN = "秘密条款某某"


def pdf(body: str, style: str = "") -> bytes:
    """A PDF of these words, in a Chinese font."""
    page = f'<html lang="zh-CN"><style>@page {{ size: A4; margin: 20mm }} body {{ font: 14pt/1.6 "Noto Serif CJK SC" }} {style}</style>{body}'
    made: bytes = HTML(string=page).write_pdf()
    return made


def rewritten(data: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(data))
    change(writer)
    return written(writer)


def with_content(data: bytes, code: str) -> bytes:
    """Operators painted after everything else on the first page."""

    def change(writer: PdfWriter) -> None:
        page = writer.pages[0]
        content = page.get_contents()
        assert content is not None
        content.set_data(b"q\n" + content.get_data() + b"\nQ\n" + code.encode())
        page[NameObject("/Contents")] = writer._add_object(content)

    return rewritten(data, change)


def place_of(data: bytes, words: str, page: int = 0) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of words on a page, in points."""
    document = pypdfium2.PdfDocument(data)
    text = document[page].get_textpage()
    found = text.search(words).get_next()
    assert found, words
    boxes = [text.get_charbox(found[0] + step) for step in range(found[1])]
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


PARAGRAPH = f"<p>前面的话{HIDDEN}后面的话。</p><p>另一段完全可以公开的文字。</p>"


def covered(colour: str = "0 0 0 rg") -> bytes:
    """A box drawn over the secret, which stays where it was."""
    data = pdf(PARAGRAPH)
    left, bottom, right, top = place_of(data, HIDDEN)
    return with_content(
        data, f"q {colour} {left - 1:.2f} {bottom - 1:.2f} {right - left + 2:.2f} {top - bottom + 2:.2f} re f Q"
    )


def covered_by_note() -> bytes:
    data = pdf(PARAGRAPH)
    left, bottom, right, top = place_of(data, HIDDEN)
    note = Rectangle(rect=(left - 2, bottom - 2, right + 2, top + 2), interior_color="000000")
    return rewritten(data, lambda writer: writer.add_annotation(0, note))


def cropped() -> bytes:
    data = pdf(PARAGRAPH + f'<p style="position:absolute; bottom: 0">{HIDDEN}在页面之外</p>')
    top = place_of(data, "在页面之外")[3]
    return rewritten(data, lambda writer: setattr(writer.pages[0], "cropbox", RectangleObject((0, top + 5, 595, 842))))


def revised() -> bytes:
    """A page whose first version still stands in the file."""
    first = pdf(f"<p>第一稿里写着{HIDDEN}。</p>")
    later = pdf("<p>第二稿。</p>")
    writer = PdfWriter(io.BytesIO(first), incremental=True)
    page = writer.pages[0]
    other: Any = PdfReader(io.BytesIO(later)).pages[0]
    page[NameObject("/Contents")] = writer._add_object(other["/Contents"].get_object().clone(writer))
    page[NameObject("/Resources")] = other["/Resources"].clone(writer)
    return written(writer)


def with_note(text: str = "请领导批示") -> bytes:
    return rewritten(pdf(PARAGRAPH), lambda writer: writer.add_annotation(0, Text(rect=(50, 700, 70, 720), text=text)))


def with_layer() -> bytes:
    def change(writer: PdfWriter) -> None:
        layer = writer._add_object(
            DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("草稿")})
        )
        plan = DictionaryObject({NameObject("/OFF"): ArrayObject([layer]), NameObject("/ON"): ArrayObject()})
        writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
            {NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): plan}
        )
        page: Any = writer.pages[0]
        page["/Resources"].get_object()[NameObject("/Properties")] = DictionaryObject({NameObject("/L0"): layer})
        content = page.get_contents()
        assert content is not None
        content.set_data(b"/OC /L0 BDC\n" + content.get_data() + b"\nEMC")
        page[NameObject("/Contents")] = writer._add_object(content)

    return rewritten(pdf(f"<p>{HIDDEN}</p>"), change)


def with_attachment() -> bytes:
    return rewritten(pdf(PARAGRAPH), lambda writer: writer.add_attachment("名单.xlsx", b"secret"))


def run_at_opening(writer: PdfWriter) -> None:
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )


def with_script() -> bytes:
    return rewritten(pdf(PARAGRAPH), run_at_opening)


def scanned() -> bytes:
    """A page that is a picture, with nothing to read for a program."""
    page = pypdfium2.PdfDocument(pdf(PARAGRAPH))[0]
    out = io.BytesIO()
    page.render(scale=1.5).to_pil().convert("L").save(out, "PDF", resolution=108)
    return out.getvalue()


def saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def word_hidden() -> bytes:
    """A hidden run, a white run, a run too small to read."""
    document = docx.Document()
    document.add_paragraph("看得见的一段")
    document.add_paragraph().add_run("藏起来的字").font.hidden = True
    document.add_paragraph().add_run("白色的字").font.color.rgb = RGBColor(255, 255, 255)
    document.add_paragraph().add_run("极小的字").font.size = Pt(1)
    return saved(document)


def word_hidden_by_style() -> bytes:
    document = docx.Document()
    style = document.styles.add_style("Quiet", 2)
    style.font.hidden = True
    child = document.styles.add_style("Quieter", 2)
    child.base_style = style
    document.add_paragraph().add_run("样式藏起来的字", style="Quieter")
    return saved(document)


def word_white_on_dark() -> bytes:
    """White letters in a dark cell: seen by everybody."""
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    shade = OxmlElement("w:shd")
    shade.set(qn("w:fill"), "1F3864")
    cell._tc.get_or_add_tcPr().append(shade)
    cell.paragraphs[0].add_run("表头").font.color.rgb = RGBColor(255, 255, 255)
    return saved(document)


def word_changed() -> bytes:
    """Words taken out and put in with changes tracked, and a comment."""
    document = docx.Document()
    paragraph = document.add_paragraph("正文")
    for tag, text in (("w:del", f"删去的{PHONE}"), ("w:ins", "加上的话")):
        change = OxmlElement(tag)
        change.set(qn("w:author"), "示例承办人甲")
        run = OxmlElement("w:r")
        words = OxmlElement("w:delText" if tag == "w:del" else "w:t")
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    document.add_comment(paragraph.runs, text="这里要核实", author="示例承办人甲", initials="甲")
    return saved(document)


def word_with(**parts: str | bytes) -> bytes:
    """A Word file with further parts; `__` stands for `/`, `_dot_` for `.`."""
    return added(word("正文"), parts)


def added(data: bytes, parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def book() -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.active.title = "公开表"  # type: ignore[union-attr]
    made.active["A1"] = "项目"  # type: ignore[index]
    return made


def kept(made: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def excel_hidden() -> bytes:
    """Everything a workbook can hide."""
    made = book()
    sheet = made["公开表"]
    for row in range(2, 10):
        sheet[f"B{row}"] = row
    for row in (3, 4, 5, 8):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["D2"] = "看不见"
    sheet["D2"].number_format = ";;;"
    sheet["E2"] = "白字"
    sheet["E2"].font = Font(color="FFFFFFFF")
    sheet["F2"] = "深底白字"
    sheet["F2"].font = Font(color="FFFFFFFF")
    sheet["F2"].fill = PatternFill("solid", fgColor="FF1F3864")
    sheet["A1"].comment = Comment("内部意见", "示例承办人甲")
    made.create_sheet("底稿").sheet_state = "hidden"
    made.create_sheet("名单").sheet_state = "veryHidden"
    made["名单"]["B2"] = int(PHONE)
    made["名单"]["B3"] = ID
    return kept(made)


def excel_filtered() -> bytes:
    made = book()
    sheet = made["公开表"]
    sheet.auto_filter.ref = "A1:A5"
    sheet.auto_filter.filterColumn.append(FilterColumn(colId=0, filters=Filters(filter=["甲"])))
    for row in (2, 3):
        sheet[f"A{row}"] = "乙"
        sheet.row_dimensions[row].hidden = True
    return kept(made)


def photo(*, position: bool = True) -> bytes:
    """A picture that says where it was taken."""
    picture = Image.new("RGB", (60, 40), "grey")
    exif = Image.Exif()
    exif[0x010E] = f"联系人 {PHONE}"
    if position:
        exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 15.0, 0.0), 3: "E", 4: (121.0, 29.0, 0.0)})
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def two_columns() -> bytes:
    left = "<p>左栏第一行</p><p>左栏第二行</p><p>左栏第三行</p>"
    right = "<p>右栏第一行</p><p>右栏第二行</p><p>右栏第三行</p>"
    return pdf(
        f"<div>{left}</div><div>{right}</div>",
        "div { float: left; width: 45% }",
    )


def turned(angle: int) -> bytes:
    return rewritten(pdf(PARAGRAPH), lambda writer: writer.pages[0].rotate(angle))


def upright_by_turning() -> bytes:
    def change(writer: PdfWriter) -> None:
        page = writer.pages[0]
        page.rotate(90)
        page.transfer_rotation_to_content()
        page.rotate(-90)

    return rewritten(pdf(PARAGRAPH), change)


def shifted_crop() -> bytes:
    """A page of which only a part is shown, with its corner elsewhere than at nought."""
    return rewritten(
        pdf(PARAGRAPH), lambda writer: setattr(writer.pages[0], "cropbox", RectangleObject((40, 600, 560, 800)))
    )


def many_kinds() -> bytes:
    """A PDF of three pages with everything that must not leave: notes, an attachment, a script, properties."""

    def change(writer: PdfWriter) -> None:
        writer.add_annotation(0, Text(rect=(50, 700, 70, 720), text="请领导批示"))
        writer.add_annotation(1, Text(rect=(50, 700, 70, 720), text="另一条批示"))
        writer.add_attachment("名单.xlsx", b"names of persons")
        writer.add_metadata({"/Author": "示例承办人甲", "/Company": "示例单位"})
        outline: Any = writer  # its arguments are wrapped, and mypy loses them
        outline.add_outline_item("目录里的秘密标题", page_number=1)
        run_at_opening(writer)

    pages = [f"<p style='break-after: page'>第{number}页的话，联系{HIDDEN}。</p>" for number in "一二三"]
    return rewritten(pdf("".join(pages)), change)


def turned_and_cropped(body: str) -> bytes:
    def change(writer: PdfWriter) -> None:
        writer.pages[0].cropbox = RectangleObject((40, 600, 560, 800))
        writer.pages[0].rotate(90)

    return rewritten(pdf(body), change)


def stamped(writer: PdfWriter) -> None:
    """A seal as an annotation with a look of its own."""
    look = DecodedStreamObject()
    look.set_data(b"1 0 0 rg 5 5 50 50 re f")
    look.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): RectangleObject((0, 0, 60, 60)),
        }
    )
    seal = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Stamp"),
            NameObject("/Rect"): RectangleObject((40, 742, 100, 802)),
            NameObject("/F"): NumberObject(4),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(look)}),
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(seal)])


def lost(writer: PdfWriter, words: bytes) -> None:
    """Words in a stream that no page uses."""
    stream = DecodedStreamObject()
    stream.set_data(b"before " + words + b" after")
    writer.root_object[NameObject("/Lost")] = writer._add_object(stream.flate_encode())


def with_photo() -> bytes:
    """A page with a photograph in which the camera's words still stand."""
    data = pdf("<p>正文</p>")
    raw = photo()

    def change(writer: PdfWriter) -> None:
        picture = StreamObject()
        picture._data = raw
        for key, value in (
            ("/Type", "/XObject"),
            ("/Subtype", "/Image"),
            ("/ColorSpace", "/DeviceRGB"),
            ("/Filter", "/DCTDecode"),
        ):
            picture[NameObject(key)] = NameObject(value)
        for key, number in (("/Width", 60), ("/Height", 40), ("/BitsPerComponent", 8)):
            picture[NameObject(key)] = NumberObject(number)
        page: Any = writer.pages[0]
        page["/Resources"].get_object()[NameObject("/XObject")] = DictionaryObject(
            {NameObject("/Photo"): writer._add_object(picture)}
        )

    return with_content(rewritten(data, change), "q 120 0 0 80 100 400 cm /Photo Do Q")
