"""The house is built as docs/architecture.md draws it."""

import re
import tomllib
from pathlib import Path
from typing import Any

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "gongkai"
# By these a context may be entered from another; its tables and its edges are its own.
DOORS = {"selectors", "services", "rules", "enums", "events", "permissions", "forms"}
# Nothing in these is private: they exist to be used by every context.
OPEN_TO_ALL = {"kernel", "statutes", "privacy", "ui"}
# These put the house together, and may reach into any room.
BUILDERS = {"cli", "config", "__main__"}
# The kernel is a closed list: what enters it is used by all and owned by none.
KERNEL = {"bus", "labelled", "written"}


def contract(name: str) -> dict[str, Any]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return next(found for found in contracts if found["name"].startswith(name))


def layers() -> list[str]:
    """The rooms in order; rooms side by side on one line follow each other."""
    return [room.strip(" ()") for layer in contract("A context imports")["layers"] for room in layer.split("|")]


def rooms() -> set[str]:
    """Packages and modules of the house on disk."""
    return {path.stem for path in PACKAGE.iterdir() if (path / "__init__.py").exists() or path.suffix == ".py"} - {
        "__init__"
    }


def windows(graph: grimp.ImportGraph) -> list[str]:
    """Imports that enter another context other than by its doors."""
    found = []
    for importer in sorted(graph.modules):
        room, *inside = importer.split(".")[1:] or [""]
        if room in BUILDERS or room == "" or "tests" in inside:
            continue
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            package, other, *way = [*imported.split("."), ""][:3]
            if package == "gongkai" and other not in {room, "", *OPEN_TO_ALL} and way[0] not in DOORS:
                found.append(f"{importer} enters {imported}")
    return found


def test_every_room_stands_in_the_list_and_every_name_in_the_list_is_a_room() -> None:
    assert set(layers()) == rooms() - {"__main__"}


def test_no_room_is_optional() -> None:
    assert [layer for layer in contract("A context imports")["layers"] if layer.startswith("(")] == []


def test_the_picture_shows_the_arrows_of_the_list() -> None:
    picture = re.search(
        r"```\n(cli .*?)```", (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert picture is not None
    drawn = [re.match(r"\w+(?: \| \w+)*", line) for line in picture[1].splitlines()]
    assert [room for line in drawn if line for room in line[0].split(" | ")] == layers()


def test_every_context_is_ordered_inside() -> None:
    with_tables = {f"gongkai.{path.parent.name}" for path in PACKAGE.glob("*/models*")}
    assert with_tables <= set(contract("Inside a context")["containers"])


def test_contexts_are_entered_by_their_doors() -> None:
    assert windows(grimp.build_graph("gongkai", cache_dir=None)) == []


@pytest.mark.parametrize(
    ("importer", "imported", "allowed"),
    [
        ("gongkai.portal.views", "gongkai.organisations.selectors", True),
        ("gongkai.portal.views", "gongkai.reports.rules.table_two", True),
        ("gongkai.portal.views", "gongkai.organisations.models", False),
        ("gongkai.reports.services", "gongkai.organisations", False),
        ("gongkai.reports.services", "gongkai.reports.models", True),
        ("gongkai.reports.tests.test_services", "gongkai.organisations.models", True),
        ("gongkai.config.urls", "gongkai.portal.urls", True),
        ("gongkai.portal.views", "gongkai.ui.display", True),
    ],
)
def test_a_window_is_seen(importer: str, imported: str, allowed: bool) -> None:
    graph = grimp.ImportGraph()
    graph.add_import(importer=importer, imported=imported)
    assert windows(graph) == ([] if allowed else [f"{importer} enters {imported}"])


def test_the_kernel_is_a_closed_list() -> None:
    assert {path.stem for path in (PACKAGE / "kernel").glob("*.py")} - {"__init__"} == KERNEL
