"""What the environment says about the search: where its index is, and whether a cluster keeps it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from gongkai.config.variables import Setting

SETTINGS = (
    Setting("GONGKAI_SEARCH_DIR", "", "folder of the search index; empty: `search` in the data folder"),
    Setting(
        "GONGKAI_SEARCH_URL",
        "",
        "addresses of an OpenSearch cluster that keeps the index, separated by commas: http(s)://user:password@host:port; "
        "empty: the index is in the folder",
    ),
    Setting("GONGKAI_SEARCH_INDEX", "gongkai", "name of the index on that cluster"),
    Setting(
        "GONGKAI_SEARCH_PER_MINUTE",
        "300",
        "questions to the search that one network address may ask each web process in a minute; 0: as many as it likes",
    ),
)
_DECLARED = {setting.name: setting for setting in SETTINGS}
_HERE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Searching:
    """Where the index is: in a folder, or on a cluster under a name; and how often one address may ask it."""

    folder: Path
    url: str
    index: str
    per_minute: int


def read_searching(environ: Mapping[str, str], data_dir: Path, *, production: bool) -> Searching:
    """ImproperlyConfigured, naming the variable and what to write, where something will not do."""
    folder, url, index = (_DECLARED[f"GONGKAI_SEARCH_{name}"].text(environ) for name in ("DIR", "URL", "INDEX"))
    for address in url.split(",") if url else ():
        _check(address.strip(), production=production)
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,40}", index):
        raise ImproperlyConfigured(
            f"GONGKAI_SEARCH_INDEX is {index!r}. Write a name of small letters, digits and hyphens, for example gongkai."
        )
    place = Path(folder).expanduser().resolve() if folder else data_dir / "search"
    return Searching(place, url, index, _DECLARED["GONGKAI_SEARCH_PER_MINUTE"].number(environ))


def _check(address: str, *, production: bool) -> None:
    fault = ImproperlyConfigured(
        "GONGKAI_SEARCH_URL will not do. Write https://user:password@host:9200, several with commas between; on this "
        "very machine, and outside production, http:// will do."
    )
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise fault from error
    plain = parts.scheme == "http" and (not production or parts.hostname in _HERE)
    strange = parts.query or parts.fragment or parts.path.strip("/") or port == 0 or re.search(r"[^\x21-\x7e]", address)
    if not parts.hostname or strange or not (plain or parts.scheme == "https"):
        raise fault
