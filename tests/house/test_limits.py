"""Files and functions stay short enough to be read at one sitting. Past the limit, split by noun."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILE = 400  # lines
TEST_FILE = 600  # lines
FUNCTION = 40  # lines, without its docstring
VIEW = 30  # lines, of a function in views

# What is longer, and why it may be.
EXCEPTIONS: dict[str, str] = {}


def sources() -> list[Path]:
    return [
        path
        for folder in ("src", "tests", "tools")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def too_long(path: Path, text: str) -> list[str]:
    """What in one file is past its limit, each as `path` or `path::function` with its length."""
    testing = "tests" in path.parts
    name = str(path)
    length = text.count("\n")
    found = [f"{name} has {length} lines"] if length > (TEST_FILE if testing else FILE) else []
    limit = VIEW if "views" in path.parts or path.stem == "views" else FUNCTION
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not testing:
            lines = (node.end_lineno or 0) - node.lineno + 1
            documented = node.body[0] if ast.get_docstring(node) is not None else None
            lines -= (documented.end_lineno or 0) - documented.lineno + 1 if documented else 0
            if lines > limit:
                found.append(f"{name}::{node.name} has {lines} lines")
    return found


def test_nothing_is_longer_than_its_limit() -> None:
    found = [line for path in sources() for line in too_long(path.relative_to(ROOT), path.read_text(encoding="utf-8"))]
    assert [line for line in found if line.split(" has ")[0] not in EXCEPTIONS] == []


def test_every_exception_is_still_one_and_has_its_reason() -> None:
    found = {
        line.split(" has ")[0]
        for path in sources()
        for line in too_long(path.relative_to(ROOT), path.read_text(encoding="utf-8"))
    }
    assert set(EXCEPTIONS) <= found
    assert all(len(reason) > 20 for reason in EXCEPTIONS.values())


@pytest.mark.parametrize(
    ("path", "text", "count"),
    [
        ("src/gongkai/x/services.py", "#\n" * 401, 1),
        ("src/gongkai/x/services.py", "#\n" * 400, 0),
        ("src/gongkai/x/tests/test_a.py", "#\n" * 600, 0),
        ("src/gongkai/x/services.py", "def f():\n" + "    x = 1\n" * 39, 0),
        ("src/gongkai/x/services.py", "def f():\n" + "    x = 1\n" * 40, 1),
        ("src/gongkai/x/services.py", 'def f():\n    """A\n\n    B."""\n' + "    x = 1\n" * 39, 0),
        ("src/gongkai/x/views.py", "def f():\n" + "    x = 1\n" * 30, 1),
        ("src/gongkai/x/views/home.py", "def f():\n" + "    x = 1\n" * 29, 0),
    ],
)
def test_the_measure_measures(path: str, text: str, count: int) -> None:
    assert len(too_long(Path(path), text)) == count
