"""Items from tables, and proposals from documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest
import yaml
from django.core.management import CommandError, call_command

from gongkai.accounts.tests.factories import an_organ
from gongkai.catalogue.models import Item
from gongkai.catalogue.rules import tabular
from gongkai.catalogue.rules.recognising import proposal
from gongkai.files.tests import honest
from gongkai.kernel.written import from_yaml
from gongkai.ui.sheets import csv_file, xlsx_file

HEADS = [
    "信息类别",
    "标题",
    "文号",
    "发文机关",
    "主题分类",
    "体裁",
    "成文日期",
    "公开日期",
    "关键词",
    "公开形式",
    "状态",
    "预算年度",
]
LINES = [
    [
        "行政规范性文件",
        "示例办法",
        "虹府规[2023]第4号",
        "civil-affairs",
        "民政、扶贫、救灾",
        "办法",
        "2023年5月4日",
        "2023/5/8",
        "甲、乙",
        "主动公开",
        "已发布",
        "",
    ],
    [
        "财政预算",
        "示例预算",
        "",
        "civil-affairs",
        "财政、金融、审计",
        "其他",
        "2024.1.2",
        "2024-01-03",
        "",
        "主动公开",
        "已发布",
        "2024",
    ],
]


def test_a_table_is_read_by_its_chinese_headings_and_words() -> None:
    first, second = list(tabular.items(enumerate([HEADS, *LINES], 1)))
    assert first == {
        "kind": "normative_document",
        "title": "示例办法",
        "document_number": "虹府规[2023]第4号",
        "issuing_organ": "civil-affairs",
        "theme": "civil_affairs",
        "genre": "measures",
        "signed_on": "2023-05-04",
        "published_on": "2023-05-08",
        "keywords": ["甲", "乙"],
        "disclosure_class": "proactive",
        "state": "published",
    }
    assert isinstance(second, dict)
    assert (second["kind"], second["facts"]) == ("budget", {"year": "2024"})


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_table_comes_in_by_the_command(tmp_path: Path, name: str) -> None:
    an_organ("civil-affairs")
    rows = [HEADS, *LINES]
    (tmp_path / name).write_bytes(csv_file(rows) if name.endswith("csv") else xlsx_file(rows, title="条目"))
    call_command("catalogue", "import", str(tmp_path / name), verbosity=0)
    found = Item.objects.order_by("pk").values_list("document_number", "state", "facts")
    assert list(found) == [("虹府规〔2023〕4号", "published", {}), ("", "published", {"year": "2024"})]
    (tmp_path / "b.csv").write_bytes(b"\0")
    with pytest.raises(CommandError, match="不是 CSV"):
        call_command("catalogue", "import", str(tmp_path / "b.csv"), verbosity=0)


TEXT = """上海市虹口区人民政府文件
虹府规〔2025〕3号
虹口区人民政府关于印发
《虹口区示例事项管理办法》的通知
各街道办事处：
第一条　本办法自2025年4月1日起施行，有效期至2030年3月31日。
第二条　《虹口区旧示例办法》（虹府规〔2020〕1号）同时废止。
上海市虹口区人民政府
2025年3月1日"""
ORGANS = {"上海市虹口区人民政府": "hongkou", "虹口区人民政府": "hongkou"}


def test_a_document_tells_what_it_is() -> None:
    found = proposal(TEXT.split("\n"), name="甲.docx", organs=ORGANS, today=date(2026, 1, 1))
    body = found.pop("body")
    assert found == {
        "kind": "normative_document",
        "title": "虹口区人民政府关于印发《虹口区示例事项管理办法》的通知",
        "document_number": "虹府规〔2025〕3号",
        "issuing_organ": "hongkou",
        "genre": "notice",
        "signed_on": "2025-03-01",
        "effective_on": "2025-04-01",
        "expires_on": "2030-03-31",
        "relations": [{"kind": "repeals", "target": "虹口区旧示例办法"}],
        "state": "drafting",
        "key": "file-甲.docx",
    }
    assert body.startswith("上海市虹口区人民政府文件")


@pytest.mark.parametrize(
    ("text", "name", "what"),
    [
        ("关于示例同志任免的通知\n二〇二五年十二月三十一日", "a.txt", {"kind": "personnel", "signed_on": "2025-12-31"}),
        ("", "区财政局2025年部门预算.pdf", {"kind": "budget", "title": "区财政局2025年部门预算"}),
        ("关于示例的公告\n2025年2月30日", "a.txt", {"kind": "announcement", "genre": "proclamation"}),
    ],
)
def test_what_is_not_told_is_left_out(text: str, name: str, what: dict[str, str]) -> None:
    found = proposal(text.split("\n"), name=name, organs={}, today=date(2026, 1, 1))
    assert {key: found[key] for key in what} == what
    assert "issuing_organ" not in found
    assert ("signed_on" in found) == ("signed_on" in what)


@pytest.mark.django_db
@pytest.mark.one_database
def test_a_folder_is_proposed_and_comes_in_as_drafts_after_somebody_looked(tmp_path: Path) -> None:
    an_organ("hongkou")
    word = docx.Document()
    for line in TEXT.split("\n"):
        word.add_paragraph(line)
    folder = tmp_path / "papers"
    folder.mkdir()
    word.save(str(folder / "甲.docx"))
    (folder / "乙.html").write_text(
        f"<html><nav>首页</nav><p>{TEXT.replace(chr(10), '</p><p>')}</p></html>", encoding="utf-8"
    )
    (folder / "丙.pdf").write_bytes(honest.pdf())
    (folder / "坏.docx").write_bytes(b"no file")
    call_command("catalogue", "propose", str(folder), "--out", str(tmp_path / "p.yaml"), verbosity=0)
    found = from_yaml((tmp_path / "p.yaml").read_text(encoding="utf-8"))
    assert [row["key"] for row in found] == ["file-丙.pdf", "file-乙.html", "file-甲.docx"]
    checked = [{**row, "issuing_organ": "hongkou"} for row in found]
    (tmp_path / "p.yaml").write_text(yaml.safe_dump(checked, allow_unicode=True), encoding="utf-8")
    call_command("catalogue", "import", str(tmp_path / "p.yaml"), verbosity=0)
    assert set(Item.objects.values_list("state", "public")) == {("drafting", False)}
    assert Item.objects.filter(document_number="虹府规〔2025〕3号").count() == 2
