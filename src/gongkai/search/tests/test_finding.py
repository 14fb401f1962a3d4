"""One question from end to end over entries from outside: other spellings, filters that leave nothing, pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.search.answers import Answer
from gongkai.search.embedded import EmbeddedEngine
from gongkai.search.rules.ask import Ask
from gongkai.search.selectors import find

from .contract import build, entry

ENTRIES = (
    *(entry(f"a{number}", f"示例甲类第{number}期政府公报", kind="other", date="2023-05-08") for number in range(25)),
    entry("b", "示例政服专栏", kind="plan", date="2022-01-10"),
    entry("c", "停车设施办法", document_number="虹府规〔2023〕4号", kind="plan", date="2023-06-01"),
)


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    engine = EmbeddedEngine(tmp_path, keep=True)
    build(engine, *ENTRIES)
    return engine


def ask(engine: EmbeddedEngine, text: str, page: int = 1, filters: dict[str, str] | None = None) -> Answer:
    chosen = {name: (value,) for name, value in (filters or {}).items()}
    return find(Ask(text, chosen, page=page), engine=engine, entries=engine.kept)


def shown(answer: Answer) -> list[str]:
    return [hit.entry.id.removeprefix("test:") for hit in answer.results]


@pytest.mark.parametrize("filters", [{"kind": "nonsense"}, {"year": "1999"}, {"year": "²"}, {"organ": "\0"}])
def test_a_filter_that_leaves_nothing_makes_no_word_a_mistake(engine: EmbeddedEngine, filters: dict[str, str]) -> None:
    """政府 and 政服 sound alike: neither is answered for the other, however often."""
    answer = ask(engine, "政府", filters=filters)
    assert (answer.count, answer.suggestions) == (0, ())
    assert [way.count for way in answer.ways] == [25]


def test_another_spelling_is_counted_as_narrowed_as_the_question_is(engine: EmbeddedEngine) -> None:
    answer = ask(engine, "zhengfu", filters={"kind": "plan"})
    assert shown(answer) == ["b"]
    assert [(one.text, one.count) for one in answer.suggestions] == [("政服", 1)]
    assert ask(engine, "zhengfu", filters={"year": "1999"}).count == 0


def test_what_was_answered_instead_has_its_pages(engine: EmbeddedEngine) -> None:
    pages = [shown(ask(engine, "zhengfu", page)) for page in (1, 2, 3, 4)]
    assert pages == [shown(ask(engine, "政府", page)) for page in (1, 2, 3, 4)]
    assert len({told for page in pages for told in page}) == 25


def test_a_page_past_the_last_says_where_the_results_end(engine: EmbeddedEngine) -> None:
    answer = ask(engine, "政府", 4)
    assert (answer.count, shown(answer), answer.notes) == (25, [], ("没有这一页，结果到第 3 页为止。",))
    assert ask(engine, "政府", 3).notes == ()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("沪虹府规2023-4", "虹府规〔2023〕4号"),
        ("关于虹府规〔2023〕4号", "虹府规〔2023〕4号"),
        ("示府〔2023〕4号", "〔2023〕4号"),
    ],
)
def test_a_number_with_something_else_before_it_is_found_without(
    engine: EmbeddedEngine, typed: str, found: str
) -> None:
    answer = ask(engine, typed)
    assert shown(answer) == ["c"]
    assert answer.notes == (f"没有找到“{typed}”，已按“{found}”查找。",)
    assert ask(engine, "虹府规〔2021〕4号").count == 0


def test_a_word_that_is_found_is_no_mistake_where_few_have_all_words(engine: EmbeddedEngine) -> None:
    """政府 is in 25 titles and 政服 in one: beside a word that few have, the one is not taken for the other."""
    answer = ask(engine, "政府 示例乙类")
    assert answer.notes
    assert [one.text for one in answer.suggestions] == ["政府 示例甲类"]
