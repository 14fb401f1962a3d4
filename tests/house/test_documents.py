"""The documents say what the program does: nothing forgotten, nothing dead."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import URLResolver, get_resolver

from gongkai import __version__, cli
from gongkai.config.environment import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
# Django's commands that an operator of this program is told of.
TOLD = {"migrate", "collectstatic", "check", "db_worker"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def codes(name: str) -> set[str]:
    """What stands first in a row of a table, in code marks."""
    return set(re.findall(r"^\| `([^`]+)`", read(name), re.MULTILINE))


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """Every name an address can be reversed by."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern, space)
        elif pattern.name:
            yield f"{prefix}{pattern.name}"


def headings(name: str) -> list[str]:
    without_code = re.sub(r"```.*?```", "", read(name), flags=re.DOTALL)
    return re.findall(r"^(#+) ", without_code, re.MULTILINE)


def test_settings_are_told_one_and_all() -> None:
    assert codes("docs/reference/settings.md") == {setting.name for setting in SETTINGS}


@pytest.mark.parametrize("setting", [setting for setting in SETTINGS if setting.default])
def test_a_settings_default_is_told(setting: object) -> None:
    name, default = getattr(setting, "name", ""), getattr(setting, "default", "")
    row = re.search(rf"^\| `{name}` \| `([^`]*)`", read("docs/reference/settings.md"), re.MULTILINE)
    assert row is not None
    assert row[1] == default


def test_commands_are_told_one_and_all() -> None:
    told = codes("docs/reference/commands.md")
    own = {name for name, app in get_commands().items() if app.startswith("gongkai.")}
    assert told == {f"gongkai {name}" for name in cli.COMMANDS} | own | TOLD


def test_addresses_are_told_one_and_all() -> None:
    assert codes("docs/reference/addresses.md") == set(names(get_resolver()))


def test_the_two_readmes_have_the_same_shape() -> None:
    english, chinese = "README.md", "README.zh-CN.md"
    assert headings(english) == headings(chinese)
    fences = re.compile(r"```.*?```", re.DOTALL)
    assert fences.findall(read(english)) == fences.findall(read(chinese))
    links = re.compile(r"\]\((?!README)([^)]+)\)")
    assert links.findall(read(english)) == links.findall(read(chinese))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    dead = [target for target in targets if "://" not in target and not (document.parent / target).exists()]
    assert dead == []


def test_every_make_target_named_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z.][a-z./-]*)(?: [a-z-]+)*:", read("Makefile"), re.MULTILINE))
    targets |= {
        word for line in re.findall(r"^\.PHONY: (.*)$", read("Makefile"), re.MULTILINE) for word in line.split()
    }
    named = {
        word
        for document in DOCUMENTS
        for word in re.findall(r"(?:^|`)make ([a-z-]+)", document.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named
    assert named <= targets


def test_the_changelog_tells_of_this_version() -> None:
    assert re.search(rf"^## {re.escape(__version__)}（", read("CHANGELOG.md"), re.MULTILINE)


def test_decisions_are_dated_and_told_in_three_parts() -> None:
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert decisions
    for decision in decisions:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d-[a-z-]+\.md", decision.name)
        text = decision.read_text(encoding="utf-8")
        assert [part for part in ("**Context.**", "**Decision.**", "**Consequences.**") if part not in text] == []


def test_locks_hold_names_versions_and_hashes_only() -> None:
    for lock in ROOT.glob("requirements*.txt"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        pins = re.findall(r"^[a-z0-9][^ \n]*==", text, re.MULTILINE)
        assert pins
        assert text.count("--hash=sha256:") >= len(pins)
