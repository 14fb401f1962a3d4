"""Where the index is kept, as the environment says it; what will not do is told with what to write."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from gongkai.config.searching import Searching, read_searching

DATA = Path("/data")


@pytest.mark.parametrize(
    ("environ", "found"),
    [
        ({}, Searching(DATA / "search", "", "gongkai", 300)),
        ({"GONGKAI_SEARCH_PER_MINUTE": "0"}, Searching(DATA / "search", "", "gongkai", 0)),
        ({"GONGKAI_SEARCH_DIR": "/index"}, Searching(Path("/index"), "", "gongkai", 300)),
        (
            {"GONGKAI_SEARCH_URL": "https://a.example:9200,https://b.example:9200", "GONGKAI_SEARCH_INDEX": "hk"},
            Searching(DATA / "search", "https://a.example:9200,https://b.example:9200", "hk", 300),
        ),
        (
            {"GONGKAI_SEARCH_URL": "http://127.0.0.1:9200"},
            Searching(DATA / "search", "http://127.0.0.1:9200", "gongkai", 300),
        ),
    ],
)
def test_the_index_is_where_the_environment_says(environ: dict[str, str], found: Searching) -> None:
    assert read_searching(environ, DATA, production=True) == found


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("URL", "http://search.example:9200"),
        ("URL", "https://"),
        ("URL", "ftp://search.example"),
        ("URL", "https://search.example:99999"),
        ("URL", "https://search.example/index"),
        ("INDEX", "Gongkai"),
        ("INDEX", "a/b"),
        ("PER_MINUTE", "many"),
    ],
)
def test_what_will_not_do_is_told(name: str, wrong: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"GONGKAI_SEARCH_{name}"):
        read_searching({f"GONGKAI_SEARCH_{name}": wrong}, DATA, production=True)
