"""What the public gets: a copy that says nothing about its makers; pictures of pages; bytes in parts."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from gongkai.audit.enums import ActorKind
from gongkai.audit.models import Entry
from gongkai.audit.rules import Actor
from gongkai.files import selectors, services
from gongkai.files.enums import Scan, Visibility
from gongkai.files.models import Blob, File, Preview
from gongkai.files.rules import Refused
from gongkai.ui.downloads import Content, first_sent, send

from . import honest

pytestmark = pytest.mark.one_database
ACTOR = Actor(ActorKind.USER, "7")
NAME = "示例承办人甲"


def kept(content: bytes, name: str) -> File:
    return services.keep(stream=content, name=name, owner_kind="case", owner_id="1", actor=ACTOR)


def released(content: bytes, name: str) -> tuple[File, bytes]:
    file = services.release(file=kept(content, name), owner_kind="document", owner_id="9", actor=ACTOR)
    with selectors.content(file) as opened:
        return file, opened.read()


def signed_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_metadata({"/Author": NAME})
    signature = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Sig"),
            NameObject("/ByteRange"): ArrayObject([NumberObject(0), NumberObject(1), NumberObject(2), NumberObject(3)]),
        }
    )
    writer._root_object[NameObject("/Seal")] = writer._add_object(signature)
    return honest.written(writer)


@pytest.mark.django_db
def test_a_released_pdf_has_no_author_and_the_private_one_stays() -> None:
    original = honest.pdf(pages=2, Author=NAME, Company="示例单位")
    file, content = released(original, "通知.pdf")
    assert file.visibility == Visibility.PUBLIC.value
    assert (file.pages, file.owner_kind, file.owner_id) == (2, "document", "9")
    assert file.metadata.keys() <= {"producer"}
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) == 2
    assert "/Author" not in (reader.metadata or {})
    assert NAME.encode("utf-16-be") not in content
    private = file.released_from
    assert private is not None
    assert private.visibility == Visibility.PRIVATE.value
    with selectors.content(private) as opened:
        assert opened.read() == original
    assert Entry.objects.get(act="files.release").object_id == str(file.pk)
    assert selectors.visible_to(None).get() == file


@pytest.mark.django_db
def test_a_released_word_file_opens_and_names_nobody() -> None:
    file, content = released(honest.word(author=NAME, text="正文"), "通知.docx")
    assert file.metadata == {}
    assert [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs] == ["正文"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if name.startswith("docProps")]
        assert all(NAME.encode() not in archive.read(name) for name in archive.namelist())
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


@pytest.mark.django_db
def test_a_released_sheet_opens() -> None:
    import openpyxl

    _, content = released(honest.sheet(), "表.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.active is not None
    assert book.active["A1"].value == "示例"


@pytest.mark.django_db
def test_a_released_photo_has_no_place_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 15.0, 36.0), 3: "E", 4: (121.0, 30.0, 0.0)})
    file, content = released(honest.picture("JPEG", size=(40, 30), exif=exif), "照片.jpg")
    assert file.metadata == {}
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == (30, 40)
        assert not picture.getexif()


@pytest.mark.django_db
def test_a_signed_pdf_is_released_as_it_is() -> None:
    original = signed_pdf()
    file, content = released(original, "通知.pdf")
    assert content == original
    assert file.signed


@pytest.mark.django_db
def test_what_stands_against_a_release_is_named() -> None:
    changed = honest.minimal_docx(
        word__comments_dot_xml=f'<w:comments xmlns:w="{honest.WORD}"><w:comment/></w:comments>'
    )
    for content, name, words in [(changed, "a.docx", "批注 1 处"), (honest.old_word(), "a.doc", "另存为新格式或 PDF")]:
        with pytest.raises(Refused, match=words):
            services.release(file=kept(content, name), owner_kind="document", actor=ACTOR)
    waiting = kept(honest.pdf(), "a.pdf")
    Blob.objects.filter(pk=waiting.sha256).update(scan=Scan.WAITING.value)
    waiting.refresh_from_db()
    with pytest.raises(Refused, match="还没有查毒"):
        services.release(file=waiting, owner_kind="document", actor=ACTOR)
    assert not File.objects.filter(visibility=Visibility.PUBLIC.value).exists()


@pytest.mark.django_db
def test_pages_are_shown_as_small_pictures_made_once(folder: Path) -> None:
    file = kept(honest.pdf(pages=3), "a.pdf")
    assert services.make_waiting_previews() == 1
    assert services.make_waiting_previews() == 0
    assert services.make_previews(file=file) == 3
    pages = selectors.previews(file)
    assert [(page.page, page.width <= 1000, page.height <= 1600) for page in pages] == [
        (number, True, True) for number in (1, 2, 3)
    ]
    with selectors.preview_content(pages[0]) as opened, Image.open(opened) as picture:
        assert picture.format == "WEBP"
        assert picture.size == (pages[0].width, pages[0].height)
    assert services.make_previews(file=kept(honest.picture("JPEG", size=(4000, 100)), "b.jpg")) == 1
    assert services.make_previews(file=kept(honest.word(), "c.docx")) == 0
    assert Preview.objects.count() == 4
    assert list((folder / "incoming").iterdir()) == []


def asked(method: str = "GET", **headers: str) -> HttpRequest:
    return RequestFactory().generic(method, "/", headers=headers)


def answer(request: HttpRequest, content: bytes = b"0123456789", **more: object) -> tuple[HttpResponseBase, bytes]:
    what = Content("通知\r\n.pdf", "application/pdf", len(content), "d", lambda: io.BytesIO(content), **more)  # type: ignore[arg-type]
    response = send(request, what)
    body = b"".join(response) if isinstance(response, StreamingHttpResponse) else getattr(response, "content", b"")
    return response, body


def test_a_file_is_sent_as_a_download_that_can_do_nothing() -> None:
    response, body = answer(asked())
    assert (response.status_code, body) == (200, b"0123456789")
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert "\r" not in response.headers["Content-Disposition"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response.headers["Content-Length"] == "10"
    assert response.headers["ETag"] == '"d"'


@pytest.mark.parametrize(
    ("asked_for", "status", "body", "range_"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=5-2", 200, b"0123456789", None),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
        ("bytes=a-b", 200, b"0123456789", None),
    ],
)
def test_one_range_is_sent_alone(asked_for: str, status: int, body: bytes, range_: str | None) -> None:
    response, sent = answer(asked(Range=asked_for))
    assert (response.status_code, sent, response.headers.get("Content-Range")) == (status, body, range_)


def test_what_the_reader_has_is_not_sent_again_and_head_sends_nothing() -> None:
    response, body = answer(asked(**{"If-None-Match": '"d"'}))
    assert (response.status_code, body) == (304, b"")
    response, body = answer(asked("HEAD"))
    assert (response.status_code, body, response.headers["Content-Length"]) == (200, b"", "10")
    response, body = answer(asked(**{"Range": "bytes=0-3", "If-Range": '"other"'}))
    assert (response.status_code, body) == (200, b"0123456789")


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        (asked(), 0),
        (asked(Range="bytes=0-3"), 0),
        (asked(Range="bytes=4-"), 4),
        (asked(Range="bytes=-1"), 9),
        (asked(**{"Range": "bytes=1-", "If-Range": '"other"'}), 0),
        (asked(Range="bytes=99-"), None),
        (asked("HEAD"), None),
        (asked(**{"If-None-Match": '"d"'}), None),
    ],
)
def test_where_what_is_sent_begins_is_known_before_it_is_sent(request_: HttpRequest, told: int | None) -> None:
    assert first_sent(request_, Content("a", "b/c", 10, "d", io.BytesIO)) == told
