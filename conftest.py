"""What every test may ask for, in the house and in each context."""

import gc
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connection
from django.test import TransactionTestCase
from django.test.utils import teardown_databases
from hypothesis import HealthCheck
from hypothesis import settings as examples
from pytest_django import DjangoDbBlocker, Settings

from gongkai.files.inspection import bounded
from gongkai.files.tests import warm
from gongkai.seals.signing import certificates
from gongkai.seals.tests.pool import POOL
from tests import ready

if TYPE_CHECKING:
    from gongkai.search.engine import Engine

# Playwright's own loop runs beside Django's synchronous code in browser tests; they never share a connection.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Modules, models and collected tests are half a million things that live to the end: looking through them again and
# again for rubbish took a twelfth of the tests' time.
gc.set_threshold(50_000, 20, 50)

# How long an example takes is the machine's affair: speed is measured by benchmarks, never asserted by tests.
examples.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("house")

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",  # tests run as root in CI, on pages of our own only
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page lives for a second: its scripts are compiled at once, and little of its rubbish is worth collecting.
    "--js-flags=--always-sparkplug --min-semi-space-size=32",
]
PAGES = Path(__file__).parent / "tests" / "browser"
HOUSE = Path(__file__).parent / "tests" / "house"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for a page is a browser test, one that asks for tables a database test: `-m` finds them.

    Those of the whole house are the longest, and begin first: none is left alone at the end.
    """
    items.sort(key=lambda item: HOUSE not in item.path.parents)
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if {"page", "context", "browser"} & asked:
            item.add_marker(pytest.mark.browser)
            if PAGES not in item.path.parents:  # `make test-browser` reads no other folder
                raise pytest.UsageError(f"{item.nodeid} asks for a page: a test in a browser stands in {PAGES}.")
        tables = {"db", "transactional_db", "live_server"} & asked or item.get_closest_marker("django_db")
        if tables and not item.get_closest_marker("one_database"):
            item.add_marker(pytest.mark.database)


def pytest_collection_finish() -> None:
    """What is there before the first test stays: it is not looked through again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Drive the system's own Chromium; nothing is downloaded. The one without windows asks less of the machine."""
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        pytest.fail(
            "Chromium is not installed. As root run `make system`, or install the package chromium-headless-shell."
        )
    return {**browser_type_launch_args, "executable_path": chromium, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Visitors of the portal speak Chinese unless a test says otherwise."""
    return {**browser_context_args, "locale": "zh-CN"}


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """The database of the tests: in place of pytest-django's, which migrates in each process."""
    with django_db_blocker.unblock():
        lock = tmp_path_factory.getbasetemp().parent / "database.lock"
        made = ready.set_up(connection, request.config, lock)
    yield
    with django_db_blocker.unblock():
        try:
            teardown_databases(made, verbosity=0)
        except OperationalError as left:  # a thread of a test still holds a connection: the server goes soon anyway
            request.node.warn(pytest.PytestWarning(f"A database of the tests stays: {left}"))


@pytest.fixture(scope="session")
def put_database(request: pytest.FixtureRequest) -> Callable[[Path], None]:
    """Put an up-to-date, empty SQLite database into a data folder, for a program that a test starts."""

    def put(folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ready.sqlite_file(request.config), folder / "gongkai.sqlite3")

    return put


@pytest.fixture
def indexed(db: None, tmp_path: Path, settings: Settings) -> "Callable[[], Engine]":
    """Call it once the data are there, and whenever they have changed: what they hold is found then."""
    from gongkai.search.tests.indexing import index_in  # noqa: PLC0415 - once Django is set up

    return index_in(tmp_path, settings)


@pytest.fixture(scope="session", autouse=True)
def _keys_made_once() -> Iterator[None]:
    """Keys of seals are given out again in each test instead of being made again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(certificates, "_new_rsa", POOL.give)
        yield


@pytest.fixture(scope="session", autouse=True)
def _files_opened_warm() -> Iterator[None]:
    """The process that opens a file starts with its libraries loaded; `cold` has it start by its command."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounded, "subprocess", SimpleNamespace(run=warm.run, TimeoutExpired=subprocess.TimeoutExpired))
        yield


@pytest.fixture
def cold(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that opens a file is started as in service: by its command."""
    monkeypatch.setattr(bounded, "subprocess", subprocess)


@pytest.fixture(autouse=True)
def _keys_given_again(_keys_made_once: None) -> None:
    POOL.begin()


@pytest.fixture(scope="session", autouse=True)
def _emptied_between_tests() -> Iterator[None]:
    """A test that commits is followed by emptying every table, which the triggers of append-only tables would refuse."""
    from gongkai.audit import triggers  # noqa: PLC0415 - once Django is set up
    from gongkai.seals.models import SealedPaper  # noqa: PLC0415 - as above

    tables = (triggers.TABLE, SealedPaper._meta.db_table)  # noqa: SLF001 - Django's own public name

    def without_triggers(_self: TransactionTestCase) -> None:
        for table in tables:
            triggers.remove(connection, table)
        try:
            ready.empty(connection)
        finally:
            for table in tables:
                triggers.install(connection, table)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", without_triggers)
        yield
