"""Every legal number of a page comes from the law as in force on the day, and can be seen to."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polib
import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from gongkai import statutes
from gongkai.kernel.written import from_yaml
from gongkai.portal import documents
from gongkai.portal.apps import _check_the_law
from gongkai.portal.law import PLACEHOLDER, TEMPLATES, fill, problems, said
from gongkai.statutes import LawError, adopt, read_overrides

DAY = date(2026, 3, 2)
LOCALE = Path(statutes.__file__).parents[1] / "locale" / "en" / "LC_MESSAGES" / "django.po"
COUNT = r"(?:\d+|[〇一二三四五六七八九十百]+)\s*"
BARE = re.compile(
    rf"{COUNT}(?:个工作日|个月|日|元|件以内|页以内)|第[一二三四五六七八九十百]+条"
    r"|\b\d+ (?:working )?days?\b|\b\d+ months?\b|\b(?:[Aa]rticle|Art\.) \d+",
)
# Numbers that look like the law's and are not, and why.
ALLOWED = {
    "下一个工作日": "the next working day after receipt, from which days are counted; not a number",
    "2026年11月22日": "the day on which the shelf of local rules was last looked at, not a term",
}


@pytest.fixture
def house_rules(tmp_path: Path) -> Iterator[None]:
    """A house that has settled what the law leaves open."""
    file = tmp_path / "law.yaml"
    file.write_text(
        "supplement_term: {value: 12, reason: 区府办 2026 年第 3 次办公会}\n"
        "fee_payment_limit: {value: 25, reason: 与财政局核对原文}\n",
        encoding="utf-8",
    )
    adopt(read_overrides(file))
    yield
    adopt()


def page(client: Client, address: str) -> str:
    soup = BeautifulSoup(client.get(address).content, "lxml")
    assert soup.main is not None
    return soup.main.get_text(" ", strip=True)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("{reply_limit}", "20个工作日", "20 working days"),
        ("{reply_limit.cite}", "第三十三条第二款", "article 33(2)"),
        ("{reply_limit.number}-{reply_limit.unit}", "20-个工作日", "20-working days"),
        ("{reconsideration_limit}", "60日", "60 days"),
        ("{litigation_direct_limit}", "6个月", "6 months"),
        ("{department_report_day}", "1月31日", "31 January"),
        ("{exemptions.cite}", "第十四条、第十五条、第十六条", "articles 14, 15, 16"),
        ("{proactive_items.count}", "15", "15"),
        ("{local_proactive_items.township.count}", "8", "8"),
        ("{reconsideration_first_for_withholding.since}", "2024年1月1日", "1 January 2024"),
        ("{fee_payment_limit}", "20个工作日（未经核实）", "20 working days (unconfirmed)"),
        ("{fee_rules_first_day}", "2021年1月1日（未经核实）", "1 January 2021 (unconfirmed)"),
        ("{statutes.disclosure_regulation.number}", "国务院令第711号", "国务院令第711号"),
        ("{statutes.disclosure_regulation.since}", "2019年5月15日", "15 May 2019"),
    ],
)
def test_a_placeholder_is_said_in_both_languages(text: str, zh: str, en: str) -> None:
    assert fill(text, DAY) == zh
    assert fill(text, DAY, english=True) == en


def test_a_day_decides_which_law_is_said() -> None:
    assert said("reply_limit", date(2018, 1, 1)).number == 15
    assert "15个工作日（未经核实）内答复" in fill("{reply_limit}内答复", date(2018, 1, 1))
    assert "20个工作日内答复" in documents.document("apply", DAY).lede


@pytest.mark.parametrize(
    ("text", "said_so"),
    [
        ("{replly_limit}", "reply_limit"),
        ("{reply_limit.colour}", "cannot be said as 'colour'"),
        ("{proactive_items}", "say which part"),
        ("{local_proactive_items.village.count}", "no entry 'village'"),
        ("{statutes.disclosure_regulation_2007.title}", "cite what replaced it"),
        ("{statutes.nothing.title}", "statutes.nothing.title"),
        ("{}", "No parameter"),
    ],
)
def test_a_placeholder_that_stands_for_nothing_is_refused(text: str, said_so: str) -> None:
    with pytest.raises(LawError, match=re.escape(said_so)):
        fill(text, DAY)


def test_every_wrong_name_is_told_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("p: ['{replly_limit}', 好]\nq: {scale: {of: fee_by_itm}}\n", encoding="utf-8")
    found = list(problems(tmp_path, DAY))
    assert [line.split(": ")[0] for line in found] == ["a.yaml", "a.yaml"]
    assert "{replly_limit}" in found[0]
    assert "reply_limit" in found[0].split("Near it")[1]
    assert "fee_by_itm" in found[1]


def test_the_program_does_not_start_with_a_wrong_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _check_the_law()
    (tmp_path / "a.yaml").write_text("lede: '{replly_limit}内答复'\n", encoding="utf-8")
    monkeypatch.setattr(documents, "FOLDER", tmp_path)
    with pytest.raises(ImproperlyConfigured, match="replly_limit"):
        _check_the_law()


def test_fees_are_written_out_from_the_scale_of_the_law() -> None:
    fees = next(part for part in documents.document("apply", DAY).sections if part.id == "fees")
    tables = [block["table"] for block in fees.blocks if "table" in block]
    assert tables[0]["rows"] == [
        ["第1至10件", "不收"],
        ["第11至30件", "每件100元"],
        ["第31至40件", "每件200元"],
        ["第41件起", "每10件一档，每件的收费逐档再加100元"],
    ]
    assert tables[1]["rows"][-1] == ["第201页起", "每页40元"]
    assert "第四条" in tables[0]["caption"]


@pytest.mark.usefixtures("hongkou")
def test_what_the_house_has_set_shows_on_the_page(client: Client, house_rules: None) -> None:
    text = page(client, "/disclosure/apply/")
    assert "一般给12个工作日（本单位设定）" in text
    assert "25个工作日（本单位设定）内缴纳" in text


@pytest.mark.usefixtures("hongkou")
def test_without_settings_the_page_says_what_is_unconfirmed(client: Client) -> None:
    text = page(client, "/disclosure/apply/")
    assert "一般给15个工作日（未经核实））" in text
    assert "20个工作日（未经核实）内缴纳" in text


@pytest.mark.usefixtures("hongkou")
def test_home_shows_the_limits_of_the_law(client: Client) -> None:
    soup = BeautifulSoup(client.get("/").content, "lxml")
    assert [tile.get_text() for tile in soup.select(".gk-left b")] == ["7个工作日", "20个工作日", "60日"]
    assert [place.get_text(strip=True) for place in soup.select(".gk-left .gk-meta")] == [
        "条例第三十条",
        "条例第三十三条第二款",
        "行政复议法第二十条第一款",
    ]


def test_the_items_listed_are_as_many_as_the_law_has() -> None:
    whole = documents.contents()
    assert len(whole.of_article("20")) == said("proactive_items", DAY).count
    assert len(whole.of_article("21")) == int(fill("{local_proactive_items.district_and_departments.count}", DAY))


def test_no_legal_number_stands_bare_in_a_content_file() -> None:
    assert {path.name: found for path in documents.FOLDER.glob("*.yaml") if (found := bare(_content(path)))} == {}


def test_no_legal_number_stands_bare_in_a_template() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")}
    assert {name: found for name, text in texts.items() if (found := bare(text))} == {}


def test_no_translation_brings_a_legal_number_back() -> None:
    texts = [text for entry in polib.pofile(str(LOCALE)) for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert [text for text in texts if bare(text)] == []


def bare(text: str) -> list[str]:
    """Numbers with a unit of the law, and articles, outside placeholders."""
    for words in ALLOWED:
        text = text.replace(words, "")
    return [found.group(0) for found in BARE.finditer(PLACEHOLDER.sub("", text))]


def _content(path: Path) -> str:
    """The words of a content file, its comments and keys left out."""
    return "\n".join(_texts(from_yaml(path.read_text(encoding="utf-8"))))


def _texts(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        for part in content.values():
            yield from _texts(part)
    elif isinstance(content, list):
        for part in content:
            yield from _texts(part)
    else:
        yield str(content)
