"""The pages of docs/law follow the data, and the code asks only for what the data has."""

import ast
from pathlib import Path

import pytest

import gongkai
from gongkai.statutes import law
from gongkai.statutes.law import SHIPPED, Law
from gongkai.statutes.numerals import chinese
from gongkai.statutes.pages import FOLDER, main, pages, stale

PACKAGE = Path(gongkai.__file__).parent


def test_the_committed_pages_are_current() -> None:
    assert stale(FOLDER, pages(Law.read())) == [], "run python -m gongkai.statutes.pages"


def test_making_the_pages_twice_gives_the_same(tmp_path: Path) -> None:
    assert main(["--folder", str(tmp_path), "--check"]) == 1
    assert main(["--folder", str(tmp_path)]) == 0
    (tmp_path / "gone.md").write_text("old")
    assert stale(tmp_path, pages(Law.read())) == ["gone.md"]
    assert main(["--folder", str(tmp_path)]) == 0
    assert main(["--folder", str(tmp_path), "--check"]) == 0


def test_every_parameter_and_statute_stands_on_a_page() -> None:
    made = pages(law())
    for parameter in law().parameters.values():
        assert f"`{parameter.name}`" in made[f"{parameter.topic}.md"]
    for statute in law().statutes.values():
        assert f"`{statute.key}`" in made["statutes.md"]


def test_every_statute_is_cited_by_some_parameter() -> None:
    used = {
        cite.statute.key
        for parameter in law().parameters.values()
        for value in parameter.values
        for cite in value.cites
    }
    assert used == set(law().statutes)


def asked_names() -> set[str]:
    """Names written out in calls of in_force anywhere in the package, tests apart."""
    names = set()
    for path in PACKAGE.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                function = node.func
                called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
                if called == "in_force":
                    names.add(str(node.args[0].value))
    return names


def test_the_code_asks_only_for_names_the_law_has() -> None:
    assert asked_names() <= set(law().parameters)


def test_the_law_knows_no_django() -> None:
    for path in SHIPPED.parent.glob("*.py"):
        assert "django" not in path.read_text(encoding="utf-8").replace("without Django", "").lower(), path.name


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (36, "三十六"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
    ],
)
def test_articles_are_numbered_in_chinese(number: int, text: str) -> None:
    assert chinese(number) == text
