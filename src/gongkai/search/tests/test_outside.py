"""Data from outside: a file becomes an index, which the command asks."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gongkai.search import outside
from gongkai.search.engine import NotReady

from .contract import asked, entry

LINES = (
    entry("1", "房屋征收补偿办法", document_number="虹府规〔2023〕4号", date="2023-05-08", organ="housing").plain,
    entry("2", "道路养护办法", body="参照虹府规〔2023〕4号", kind="plan", date="2024-01-01").plain,
)


def write(folder: Path, *lines: object) -> Path:
    file = folder / "entries.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return file


def told(*words: str) -> str:
    out = io.StringIO()
    call_command("search", *words, stdout=out)
    return out.getvalue()


def test_a_file_becomes_an_index_that_is_asked_like_the_page_without_a_database(tmp_path: Path) -> None:
    file, folder = write(tmp_path, *LINES), tmp_path / "index"
    assert told("index", "--from", str(file), "--into", str(folder)).startswith("2 条")
    found: dict[str, Any] = json.loads(told("query", "--in", str(folder), "--json", "2023-4", "--sort", "relevance"))
    assert [hit["id"] for hit in found["results"]] == ["test:1", "test:2"]
    assert found["facets"]["kind"] == {"other": 1, "plan": 1}
    narrowed = told("query", "--in", str(folder), "2023-4", "--kind", "plan", "--since", "2023-06-01")
    assert "1. 道路养护办法" in narrowed
    assert "引用了“2023-4”" in narrowed


def test_a_line_that_is_no_entry_is_named_and_nothing_changes(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with write(tmp_path, *LINES).open("rb") as file:
        assert outside.index_file(file, folder) == (2, 0)
    unfit: tuple[object, ...] = ([], {"id": "a:1"}, {**LINES[0], "keywords": "k"})
    for wrong in unfit:
        with pytest.raises(CommandError, match=r"第 2 行.*没有建立索引"):
            told("index", "--from", str(write(tmp_path, LINES[0], wrong)), "--into", str(folder))
    assert outside.engine_in(folder).query(asked("办法")).total == 2


PLAIN = {"id": "test:3", "kind": "other", "title": "征收细则", "url": "/3/"}
UNFIT = {
    "其他编码": ("征收".encode("gbk"), "第 2 行不是 UTF-8 编码"),
    "不是 JSON": (b'{"id": "a:1", "kind"}', "第 2 行不是 JSON 对象（从第 21 个字符起读不通）"),
    "不是对象": (b"[]", "第 2 行不是 JSON 对象"),
    "套得太深": (b"[" * 100_000, "第 2 行不是 JSON 对象"),
    "数字太长": (b'{"weight": ' + b"9" * 5_000 + b"}", "第 2 行不是 JSON 对象"),
    "缺字段": ({**PLAIN, "title": None}, "第 2 行缺少“title”"),
    "空字段": ({**PLAIN, "id": " "}, "第 2 行缺少“id”"),
    "多字段": ({**PLAIN, "heading": "x"}, "第 2 行“heading”不是条目的字段"),
    "不是列表": ({**PLAIN, "keywords": 5}, "第 2 行“keywords”不是文字的列表"),
    "不是文字": ({**PLAIN, "body": 5}, "第 2 行“body”不是文字"),
    "不是日期": ({**PLAIN, "date": "20230508"}, "第 2 行“date”不是 2023-05-08 这样的日期"),
    "星期日期": ({**PLAIN, "date": "2023-W19-1"}, "第 2 行“date”不是 2023-05-08 这样的日期"),
    "没有这天": ({**PLAIN, "date": "2023-02-30"}, "第 2 行“date”不是 2023-05-08 这样的日期"),
    "不是权重": (b'{"id": "a:1", "kind": "x", "title": "t", "url": "/", "weight": NaN}', "第 2 行“weight”不是大于 0"),
    "代码太长": ({**PLAIN, "organ": "a" * 61}, "第 2 行“organ”太长，最多 60 个字"),
    "不成字": (b'{"id": "a:1", "kind": "x", "title": "\\ud800", "url": "/"}', "第 2 行“title”中有不成字的编码"),
}


@pytest.mark.parametrize(("line", "said"), UNFIT.values(), ids=UNFIT)
def test_each_fault_is_told_with_its_line_and_leaves_the_index_as_it_was(
    tmp_path: Path, line: bytes | dict[str, object], said: str
) -> None:
    folder, file = tmp_path / "index", tmp_path / "entries.jsonl"
    told("index", "--from", str(write(tmp_path, *LINES)), "--into", str(folder))
    unfit = line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode()
    file.write_bytes(json.dumps(PLAIN).encode() + b"\n" + unfit)
    with pytest.raises(CommandError) as raised:
        told("index", "--from", str(file), "--into", str(folder))
    assert str(raised.value).startswith(said)
    assert str(raised.value).endswith("没有建立索引，原来的索引（如有）没有变；请改正这一行后再运行。")
    assert sorted(path.name for path in folder.glob("g*")) == ["g1"]
    assert outside.engine_in(folder).query(asked("办法")).total == 2


def numbered(*told: tuple[str, str]) -> list[dict[str, object]]:
    return [{**PLAIN, "id": id_, "index_number": number} for id_, number in told]


@pytest.mark.parametrize(
    ("entries", "wrong"),
    [
        ([("a:1", "hk/2023-00001"), ("a:2", "hk/2023-00001")], (2, 1)),
        ([("a:1", "HK/2023-00001"), ("a:2", ""), ("a:3", "ｈｋ／2023-00001")], (3, 1)),
        ([("a:1", "x"), ("a:1", "x"), ("a:2", "x")], (3, 2)),
        ([("a:1", "x"), ("a:2", "y"), ("a:1", "y")], (3, 2)),
        ([("a:1", ""), ("a:2", ""), ("a:3", "")], None),
        ([("a:1", "x"), ("a:1", "x")], None),
        ([("a:1", "x"), ("a:1", "y"), ("a:2", "x")], None),
        ([("a:1", "x"), ("a:1", ""), ("a:2", "x")], None),
    ],
)
def test_an_index_number_names_one_entry_and_who_has_it_already_is_told(
    tmp_path: Path, entries: list[tuple[str, str]], wrong: tuple[int, int] | None
) -> None:
    folder, file = tmp_path / "index", write(tmp_path, *numbered(*entries))
    if wrong is None:
        with file.open("rb") as lines:
            assert outside.index_file(lines, folder).entries == len({id_ for id_, _number in entries})
        return
    with pytest.raises(CommandError) as raised:
        told("index", "--from", str(file), "--into", str(folder))
    line, other = wrong
    assert str(raised.value) == (
        f"第 {line} 行“index_number”与第 {other} 行的相同，id 却不同：一个索引号只指一件，没有自己的索引号就留空。"
        "没有建立索引，原来的索引（如有）没有变；请改正这一行后再运行。"
    )
    with pytest.raises(NotReady):
        outside.engine_in(folder).query(asked("办法"))


@pytest.mark.parametrize("content", [b"", b"\n \n", outside.MARK])
def test_a_file_without_entries_takes_no_index_away(tmp_path: Path, content: bytes) -> None:
    folder, file = tmp_path / "index", tmp_path / "empty.jsonl"
    told("index", "--from", str(write(tmp_path, *LINES)), "--into", str(folder))
    file.write_bytes(content)
    with pytest.raises(CommandError, match="文件中没有条目"):
        told("index", "--from", str(file), "--into", str(folder))
    assert outside.engine_in(folder).query(asked("办法")).total == 2


def test_a_mark_before_the_text_null_and_lines_of_windows_are_read_and_an_id_that_comes_again_is_told(
    tmp_path: Path,
) -> None:
    folder, file = tmp_path / "index", tmp_path / "entries.jsonl"
    lines = [
        {**PLAIN, "title": title, "scope": None, "weight": None, "body": None} for title in ("征收办法", "征收细则")
    ]
    file.write_bytes(outside.MARK + b"\r\n".join(json.dumps(line).encode() for line in lines) + b"\r\n")
    said = told("index", "--from", str(file), "--into", str(folder))
    assert said.startswith("1 条")
    assert "有 1 行的 id 在后面又出现，以最后一行为准。" in said
    found = json.loads(told("query", "--in", str(folder), "--json", "征收"))
    assert [hit["title"] for hit in found["results"]] == ["征收细则"]


def test_a_day_that_is_none_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="日期请写成 2023-05-08 的样子"):
        told("query", "--in", str(tmp_path), "办法", "--since", "5/8/2023")


def test_what_is_no_index_or_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotReady):
        outside.engine_in(tmp_path).query(asked("办法"))
    with pytest.raises(CommandError, match="读不了文件"):
        told("index", "--from", str(tmp_path / "none"), "--into", str(tmp_path))


@pytest.mark.django_db
def test_the_command_proves_and_makes_anew(indexed: Any) -> None:
    with pytest.raises(CommandError, match="没有可用的索引"):
        told("verify")
    assert "已重建" in told("rebuild")
    assert json.loads(told("verify", "--json"))["equal"] is True
