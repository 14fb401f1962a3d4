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
    with write(tmp_path, *LINES).open(encoding="utf-8") as file:
        assert outside.index_file(file, folder) == 2
    unfit: tuple[object, ...] = ([], {"id": "a:1"}, {**LINES[0], "keywords": "k"})
    for wrong in unfit:
        with pytest.raises(CommandError, match="line 2"):
            told("index", "--from", str(write(tmp_path, LINES[0], wrong)), "--into", str(folder))
    assert outside.engine_in(folder).query(asked("办法")).total == 2


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
