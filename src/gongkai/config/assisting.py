"""What the environment says about a language model: where it is, its name and key, how long and how much at most."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from gongkai.assistant.rules.model import LanguageModel
from gongkai.config.variables import Setting

SETTINGS = (
    Setting("GONGKAI_ASSISTANT_URL", "", "base address of an OpenAI-compatible language model; empty: none is asked"),
    Setting("GONGKAI_ASSISTANT_MODEL", "", "the model's name there; required with GONGKAI_ASSISTANT_URL"),
    Setting("GONGKAI_ASSISTANT_KEY", "", "the key that the service knows this program by, where it wants one"),
    Setting("GONGKAI_ASSISTANT_SECONDS", "30", "how long an officer waits for an answer at most, in seconds"),
    Setting("GONGKAI_ASSISTANT_TOKENS", "2000", "tokens of an answer at most"),
    Setting("GONGKAI_ASSISTANT_DAYS", "180", "days after which a question to the model and its answer are forgotten"),
)
LONGEST_NAME = 100
_DECLARED = {setting.name: setting for setting in SETTINGS}
_HERE = {"localhost", "127.0.0.1", "::1"}


def read_days(environ: Mapping[str, str]) -> int:
    """How long a question and its answer are kept, also where no model is asked any more."""
    return _DECLARED["GONGKAI_ASSISTANT_DAYS"].number(environ, least=1)


def read_assistant(environ: Mapping[str, str], *, production: bool) -> LanguageModel | None:
    """The model, None where no address is set; ImproperlyConfigured, naming the variable and what to write."""
    words = {name: _DECLARED[f"GONGKAI_ASSISTANT_{name}"].text(environ) for name in ("URL", "MODEL", "KEY")}
    seconds, tokens = (
        _DECLARED[f"GONGKAI_ASSISTANT_{name}"].number(environ, least=1) for name in ("SECONDS", "TOKENS")
    )
    if not words["URL"]:
        return None
    _check_url(words["URL"], production=production)
    if not words["MODEL"] or len(words["MODEL"]) > LONGEST_NAME:
        raise ImproperlyConfigured(
            f"GONGKAI_ASSISTANT_MODEL is not set, or longer than {LONGEST_NAME} characters, and GONGKAI_ASSISTANT_URL "
            "needs it. Write the model's name at the service."
        )
    if not re.fullmatch(r"[\x21-\x7e]*", words["KEY"]):
        raise ImproperlyConfigured("GONGKAI_ASSISTANT_KEY holds blanks or signs that no key has. Copy it again.")
    return LanguageModel(words["URL"].rstrip("/"), words["MODEL"], words["KEY"], seconds, tokens)


def _check_url(url: str, *, production: bool) -> None:
    fault = ImproperlyConfigured(
        "GONGKAI_ASSISTANT_URL will not do. Write https://host/v1 of an OpenAI-compatible service, without a user, "
        "? and #; on this very machine, and outside production, http:// will do."
    )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise fault from error
    plain = parts.scheme == "http" and (not production or parts.hostname in _HERE)
    strange = (
        parts.username is not None or parts.query or parts.fragment or port == 0 or re.search(r"[^\x21-\x7e]", url)
    )
    if not parts.hostname or strange or not (plain or parts.scheme == "https"):
        raise fault
