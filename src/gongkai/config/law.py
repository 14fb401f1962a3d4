"""Going by the law with what this house has set where the law leaves a number open; without Django."""

from collections.abc import Mapping
from pathlib import Path

from gongkai.statutes import LawError, adopt, read_overrides

NAME = "GONGKAI_LAW_FILE"


def adopt_law(environ: Mapping[str, str]) -> None:
    """Adopt the settings in the file that GONGKAI_LAW_FILE names; `LawError` in a sentence when it will not do."""
    text = environ.get(NAME, "").strip()
    if not text:
        return
    if not Path(text).is_file():
        raise LawError(f"{NAME} is {text}, which is not a file. docs/law/settings.md shows how to write one.")
    try:
        adopt(read_overrides(Path(text)))
    except LawError as error:
        raise LawError(f"{NAME}: {error}") from error
