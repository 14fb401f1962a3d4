"""What a box takes away is nowhere in the file any more, and what stands beside it stays."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from gongkai.files.enums import Kind
from gongkai.files.rules import Refused
from gongkai.screening.enums import Ground
from gongkai.screening.inspection.letters import letters_of
from gongkai.screening.redaction import acts
from gongkai.screening.redaction.acts import burn as burn_here
from gongkai.screening.redaction.acts import suggest
from gongkai.screening.redaction.proving import Promise, prove
from gongkai.screening.redaction.words import around
from gongkai.screening.rules.boxes import Box, basis, box_from_json
from gongkai.screening.services import burn, screen, suggest_boxes

from . import making
from .making import HIDDEN, ID, PHONE

DAY = date(2026, 1, 5)
SHORTS = {ground.value: basis(ground, DAY).short for ground in Ground}


def box_over(data: bytes, words: str, *, page: int = 1, ground: Ground = Ground.PERSONAL_PRIVACY) -> Box:
    """A box close around words, as a careful hand draws it."""
    letters = letters_of(pypdfium2.PdfDocument(data)[page - 1])
    start = letters.text.index(words)
    places = list(around([letter for letter in letters.letters[start : start + len(words)] if letter]))
    return Box(
        page,
        min(place[0] for place in places) - 0.001,
        min(place[1] for place in places) - 0.001,
        max(place[2] for place in places) + 0.001,
        max(place[3] for place in places) + 0.001,
        ground,
    )


def burnt(tmp_path: Path, data: bytes, boxes: list[Box]) -> tuple[bytes, dict[str, object]]:
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    source.write_bytes(data)
    words = {"boxes": [box.as_json() for box in boxes], "shorts": SHORTS, "target": str(target)}
    done = burn_here(source, Kind.PDF, {}, words)
    return target.read_bytes(), done


def text_of(data: bytes, page: int = 0) -> str:
    found = letters_of(pypdfium2.PdfDocument(data)[page]).text
    return "".join(found.split())


def picture_of(data: bytes, page: int = 0, scale: float = 2) -> Image.Image:
    made: Image.Image = pypdfium2.PdfDocument(data)[page].render(scale=scale).to_pil().convert("L")
    return made


def inside(data: bytes, box: Box, margin: float = 0.0) -> Image.Image:
    picture = picture_of(data, box.page - 1)
    width, height = picture.size
    return picture.crop(
        (
            int((box.left + margin) * width) + 1,
            int((box.top + margin) * height) + 1,
            int((box.right - margin) * width) - 1,
            int((box.bottom - margin) * height) - 1,
        )
    )


SECOND = "另一段完全可以公开的文字。"
# (what it is, the file, the words under the box, the text that is left)
ROWS: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("Chinese in a line", lambda: making.pdf(making.PARAGRAPH), HIDDEN, f"前面的话〔个人隐私〕后面的话。{SECOND}"),
    ("one character", lambda: making.pdf(making.PARAGRAPH), "密条款", f"前面的话秘〔个人隐私〕某某后面的话。{SECOND}"),
    ("a number beside another", lambda: making.pdf(f"<p>电话{PHONE}和 13900139000。</p>"), PHONE, "电话〔个人隐私〕和13900139000。"),
    ("part of a number takes all of it", lambda: making.pdf(f"<p>证件{ID}持有人</p>"), "19900307", "证件〔个人隐私〕持有人"),
    ("a foreign word", lambda: making.pdf("<p>by Shili Person, clerk</p>"), "Person", "byShili〔个人隐私〕,clerk"),
    ("sideways by 90", lambda: making.turned(90), HIDDEN, "*"),
    ("sideways by 180", lambda: making.turned(180), HIDDEN, "*"),
    ("sideways by 270", lambda: making.turned(270), HIDDEN, "*"),
    ("written sideways and turned upright", making.upright_by_turning, HIDDEN, "*"),
    ("a cropped page", making.shifted_crop, HIDDEN, f"前面的话〔个人隐私〕后面的话。{SECOND}"),
    ("two columns", making.two_columns, "左栏第二行", "左栏第一行〔个人隐私〕左栏第三行右栏第一行右栏第二行右栏第三行"),
    ("rare characters", lambda: making.pdf("<p>姓名𠮷野家䶮先生</p>"), "野家", "姓名𠮷〔个人隐私〕䶮先生"),
    ("words under a drawn box too", making.covered, "前面的话", f"〔个人隐私〕后面的话。{SECOND}"),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_words_under_a_box_go_and_words_beside_it_stay(
    tmp_path: Path, row: tuple[str, Callable[[], bytes], str, str]
) -> None:
    what, make, words, left = row
    data = make()
    box = box_over(data, words)
    made, done = burnt(tmp_path, data, [box])
    text = text_of(made)
    assert words not in text
    expected = f"前面的话〔个人隐私〕后面的话。{SECOND}" if left == "*" else left
    assert sorted(text) == sorted(expected)
    assert "sideways" in what or text == expected
    assert done["made_anew"] == [1]


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_the_page_looks_as_before_but_for_the_box(tmp_path: Path, angle: int) -> None:
    data = making.turned(angle)
    box = box_over(data, HIDDEN)
    made, _done = burnt(tmp_path, data, [box])
    before, after = picture_of(data, scale=1), picture_of(made, scale=1)
    assert before.size == after.size
    assert inside(made, box).resize((1, 1)).getpixel((0, 0)) < 110  # type: ignore[operator]
    for picture in (before, after):
        place = [
            int(edge * size)
            for edge, size in zip((box.left, box.top, box.right, box.bottom), picture.size * 2, strict=True)
        ]
        picture.paste(255, (place[0] - 2, place[1] - 2, place[2] + 3, place[3] + 3))
    assert sum(abs(one - two) > 128 for one, two in zip(before.tobytes(), after.tobytes(), strict=True)) < 20


def test_nothing_is_seen_under_the_box_but_black_and_its_ground(tmp_path: Path) -> None:
    data = making.pdf("<p style='font-size: 40pt'>前面秘密条款某某后面</p>")
    box = box_over(data, HIDDEN, ground=Ground.STATE_SECRET)
    other, _done = burnt(tmp_path, making.pdf("<p style='font-size: 40pt'>前面内部事项某某后面</p>"), [box])
    made, _done = burnt(tmp_path, data, [box])
    assert text_of(made) == "前面〔国家秘密〕后面"
    assert inside(made, box, 0.002).tobytes() == inside(other, box, 0.002).tobytes()


def test_a_scanned_page_is_burnt_as_well(tmp_path: Path) -> None:
    data = making.scanned()
    box = Box(1, 0.1, 0.05, 0.5, 0.2, Ground.TRADE_SECRET)
    made, _done = burnt(tmp_path, data, [box])
    assert text_of(made) == "〔商业秘密〕"
    assert inside(made, box).resize((1, 1)).getpixel((0, 0)) < 60  # type: ignore[operator]


def test_the_words_that_stay_lie_where_they_are_seen(tmp_path: Path) -> None:
    data = making.pdf(making.PARAGRAPH)
    made, _done = burnt(tmp_path, data, [box_over(data, HIDDEN)])
    for words in ("前面的话", "后面的话", "另一段完全可以公开的文字"):
        before, after = box_over(data, words), box_over(made, words)
        assert [getattr(after, edge) for edge in ("left", "top", "right", "bottom")] == pytest.approx(
            [getattr(before, edge) for edge in ("left", "top", "right", "bottom")], abs=0.006
        )


def test_a_burnt_file_can_be_burnt_again(tmp_path: Path) -> None:
    data = making.pdf(making.PARAGRAPH)
    once, _done = burnt(tmp_path, data, [box_over(data, HIDDEN)])
    twice, _done = burnt(tmp_path, once, [box_over(once, "可以公开", ground=Ground.OTHER)])
    assert text_of(twice) == "前面的话〔个人隐私〕后面的话。另一段完全〔不予公开〕的文字。"


def test_the_other_pages_keep_their_letters_and_lose_what_surrounds_them(tmp_path: Path) -> None:
    data = making.many_kinds()
    made, done = burnt(tmp_path, data, [box_over(data, HIDDEN, page=2)])
    reader = PdfReader(io.BytesIO(made))
    assert [text_of(made, page) for page in range(3)] == [
        f"第一页的话，联系{HIDDEN}。", "第二页的话，联系〔个人隐私〕。", f"第三页的话，联系{HIDDEN}。",
    ]  # fmt: skip
    assert done == {"pages": 3, "made_anew": [2], "removed": 6, "elsewhere": [1, 3], "painted": []}
    assert set(reader.root_object) == {"/Type", "/Pages", "/Lang"}
    assert [set(page) & {"/Annots", "/AA", "/Metadata"} for page in reader.pages] == [set()] * 3
    assert "/Info" not in reader.trailer
    assert [[image.name for image in page.images] for page in reader.pages] == [[], ["P.jpg"], []]
    for words in ("请领导批示", "另一条批示", "示例承办人甲", "目录里的秘密标题", "names of persons", "app.alert"):
        spellings = [words.encode(code) for code in ("utf-8", "utf-16-be", "gb18030")]
        assert [words for spelling in spellings if spelling in made] == []


def in_white() -> bytes:
    return making.pdf(f"<p>前<i style='color: white'>{HIDDEN}</i></p>")


@pytest.mark.parametrize("make", [making.covered, making.cropped, making.with_layer, in_white])
def test_words_nobody_sees_go_from_pages_without_a_box(tmp_path: Path, make: Callable[[], bytes]) -> None:
    made, done = burnt(tmp_path, make(), [])
    assert HIDDEN not in text_of(made) or make is making.cropped
    assert "在页面之外" not in text_of(made)
    assert done["made_anew"] == [1]


def test_an_earlier_version_does_not_come_along(tmp_path: Path) -> None:
    made, done = burnt(tmp_path, making.revised(), [])
    assert (text_of(made), done["made_anew"], made.count(b"startxref")) == ("第二稿。", [], 1)


def test_a_seal_on_a_page_without_a_box_stays_to_be_seen(tmp_path: Path) -> None:
    data = making.rewritten(making.pdf("<p>正文</p>"), making.stamped)
    made, _done = burnt(tmp_path, data, [])
    seal = (100, 100, 180, 180)
    assert picture_of(data).crop(seal).tobytes() == picture_of(made).crop(seal).tobytes()
    assert picture_of(made).crop(seal).getextrema() != (255, 255)
    assert "/Annots" not in PdfReader(io.BytesIO(made)).pages[0]


def test_a_note_that_covers_something_is_painted_as_it_was_seen_and_told(tmp_path: Path) -> None:
    made, done = burnt(tmp_path, making.covered_by_note(), [])
    assert (text_of(made), done["painted"]) == (f"前面的话后面的话。{SECOND}", [1])
    assert inside(made, box_over(making.pdf(making.PARAGRAPH), HIDDEN)).getextrema()[1] < 60  # type: ignore[operator]


def test_a_photograph_on_another_page_loses_what_the_camera_wrote(tmp_path: Path) -> None:
    data = making.with_photo()
    assert PHONE.encode() in data
    made, _done = burnt(tmp_path, data, [])
    assert PHONE.encode() not in made
    assert picture_of(data).tobytes() == picture_of(made).tobytes()


def test_each_piece_of_personal_data_gets_its_box(tmp_path: Path) -> None:
    data = making.pdf(
        f"<p>申请人电话{PHONE}，证件310109<br>199003072816，</p><p style='break-before: page'>邮箱 shili@example.com。</p>"
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    boxes = [box_from_json(box) for box in suggest(path, Kind.PDF, {}, {"allowed": []})["boxes"]]
    made, _done = burnt(tmp_path, data, boxes)
    assert [box.page for box in boxes] == [1, 1, 1, 2]
    assert text_of(made) == "申请人电话〔个人隐私〕，证件〔个人隐私〕〔个人隐私〕，"
    assert text_of(made, 1) == "邮箱〔个人隐私〕。"


def test_suggested_boxes_lie_right_on_a_turned_and_cropped_page(tmp_path: Path) -> None:
    data = making.turned_and_cropped(f"<p>前面{PHONE}后面</p>")
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    (box,) = [box_from_json(box) for box in suggest(path, Kind.PDF, {}, {"allowed": []})["boxes"]]
    made, _done = burnt(tmp_path, data, [box])
    assert PHONE not in text_of(made)
    assert sorted(text_of(made).replace("〔个人隐私〕", "")) == sorted("前面后面")
    assert picture_of(made).crop((0, 0, 10, 10)).getextrema() == (255, 255)
    assert inside(made, box).getextrema()[0] < 20  # type: ignore[operator]


def test_the_proof_sees_words_that_were_left_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(making.pdf(making.PARAGRAPH))
    left_in = prove(path, {0: Promise("前面的话后面的话。" + SECOND, (HIDDEN,))}).broken
    assert left_in[0] == "page 1 yields what it should not: 5"
    assert "properties are left" in left_in


def test_the_proof_sees_words_that_were_left_in_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    for spelling in (HIDDEN.encode(), HIDDEN.encode("utf-16-be"), HIDDEN.encode("utf-16-be").hex().encode()):
        data = making.rewritten(making.pdf("<p>正文</p>"), lambda writer: making.lost(writer, spelling))  # noqa: B023 - called at once
        path.write_bytes(data)
        assert "6 characters still stand in the bytes" in prove(path, {0: Promise("正文", (HIDDEN,))}).broken
    path.write_bytes(making.pdf("<p>正文</p>"))
    assert [line for line in prove(path, {0: Promise("正文", (HIDDEN,))}).broken if "bytes" in line] == []


def test_without_its_proof_no_copy_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = making.pdf(making.PARAGRAPH)
    monkeypatch.setattr(acts, "assemble", lambda path, pages, target: target.write_bytes(data))
    with pytest.raises(Refused, match="没有通过复查"):
        burnt(tmp_path, data, [box_over(data, HIDDEN)])
    assert not (tmp_path / "b.pdf").exists()


@pytest.mark.django_db
def test_through_the_door_a_redacted_copy_may_leave(tmp_path: Path) -> None:
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    source.write_bytes(making.rewritten(making.pdf(f"<p>电话{PHONE}。</p>"), making.run_at_opening))
    boxes = suggest_boxes(source=source)
    done = burn(source=source, boxes=boxes, target=target, day=DAY)
    after = screen(source=target)
    assert (done.pages, done.made_anew, done.removed, done.elsewhere) == (1, (1,), 11, ())
    assert (after.sha256, after.blocking) == (done.sha256, ())
    assert text_of(target.read_bytes()) == "电话〔个人隐私〕。"
