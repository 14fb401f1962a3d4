"""What the program reads from its environment: every variable, its default, its meaning, and its check.

Each variable is declared once in `SETTINGS`; `read` refuses a value it cannot use with a message that says what to
set. The documentation is tested against this list.
"""

import contextlib
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from gongkai.assistant.rules.model import LanguageModel
from gongkai.config import assisting
from gongkai.config.law import adopt_law
from gongkai.config.sealing import SETTINGS as SEALING_SETTINGS
from gongkai.config.sealing import Sealing, read_public_url, read_sealing
from gongkai.config.searching import SETTINGS as SEARCH_SETTINGS
from gongkai.config.searching import Searching, read_searching
from gongkai.config.signing_in import SETTINGS as SIGN_IN_SETTINGS
from gongkai.config.signing_in import SignIn, read_sign_in
from gongkai.config.variables import Setting
from gongkai.config.ways_out import read_ways_out
from gongkai.kernel.labelled import Labelled
from gongkai.privacy import keys
from gongkai.statutes import LawError

SECRET_KEY_LENGTH = 50  # what Django's own deployment check asks for


class Mode(Labelled):
    """How this process is being run."""

    DEMO = "demo", "演示"
    PRODUCTION = "production", "生产"
    TEST = "test", "测试"


SETTINGS = (
    Setting("GONGKAI_ENV", "demo", "demo, production or test"),
    Setting("GONGKAI_DATA_DIR", "./data", "folder for the SQLite file, uploaded files and the demo's secret key"),
    Setting("GONGKAI_SITE_FILE", "", "YAML file that says whose portal this is; empty: Hongkou, the example"),
    Setting(
        "GONGKAI_LAW_FILE", "", "YAML file with the numbers that the law leaves to this house or that are unconfirmed"
    ),
    Setting("GONGKAI_SECRET_KEY", "", "signing key, 50 characters or more; required in production"),
    Setting(
        "GONGKAI_FIELD_KEYS",
        "",
        "keys of personal data, the writing one first: 32 bytes each in URL-safe base64, separated by commas; "
        "required in production",
    ),
    Setting("GONGKAI_ALLOWED_HOSTS", "", "host names answered to, separated by commas; required in production"),
    Setting("GONGKAI_HTTPS", "", "on: only HTTPS, secure cookies and HSTS; default on in production, off elsewhere"),
    Setting("GONGKAI_HSTS_SECONDS", "31536000", "how long browsers remember to use HTTPS only, in seconds"),
    Setting("GONGKAI_TRUST_PROXY", "off", "on: believe X-Forwarded-Proto, because a proxy of ours sets it"),
    Setting("GONGKAI_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR"),
    Setting("GONGKAI_SMTP_URL", "", "mail server: smtp(s)://user:password@host:port; empty: mail goes to a folder"),
    Setting("GONGKAI_MAIL_FROM", "", "sender's address of mail; required with GONGKAI_SMTP_URL"),
    Setting("GONGKAI_SMS_URL", "", "SMS provider that takes signed JSON; empty: messages go to a folder"),
    Setting("GONGKAI_SMS_KEY", "", "key of that provider's signature; required with GONGKAI_SMS_URL"),
    Setting("GONGKAI_SMS_QUIET", "21:00-08:00", "hours in which only urgent SMS are sent"),
    Setting("GONGKAI_DRAFT_DAYS", "30", "days after which an application that was not submitted is forgotten"),
    Setting("GONGKAI_LOG_FORMAT", "plain", "plain lines, or json: one object a line"),
    Setting("GONGKAI_METRICS_TOKEN", "", "what Prometheus sends to read /metrics; empty: there is no such page"),
    Setting(
        "GONGKAI_CLAMD", "", "virus scanner: host:port or the path of clamd's socket; empty: uploads are not scanned"
    ),
    Setting(
        "GONGKAI_FILES_S3_BUCKET", "", "bucket of an S3-compatible store for files; empty: a folder in the data folder"
    ),
    Setting("GONGKAI_FILES_S3_ENDPOINT", "", "address of that store, for example https://s3.example.gov.cn"),
    Setting("GONGKAI_FILES_S3_ACCESS_KEY", "", "access key of that store"),
    Setting("GONGKAI_FILES_S3_SECRET_KEY", "", "secret key of that store"),
    Setting("GONGKAI_FILES_S3_REGION", "", "region of that store, where it has any"),
    Setting("GONGKAI_DEBUG", "off", "on: Django's debug pages, for developers; refused in production"),
    Setting("DATABASE_URL", "", "postgresql://user:password@host/name; empty: SQLite in the data folder"),
    *SIGN_IN_SETTINGS,
    *SEALING_SETTINGS,
    *assisting.SETTINGS,
    *SEARCH_SETTINGS,
)
_DECLARED = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True)
class Configuration:
    """The environment, read and checked."""

    mode: Mode
    data_dir: Path
    site_file: Path | None
    secret_key: str
    field_keys: str  # empty: in the file
    field_keys_file: Path | None
    allowed_hosts: list[str]
    https: bool
    hsts_seconds: int
    trust_proxy: bool
    log_level: str
    log_format: str
    metrics_token: str  # empty: no figures are shown
    clamd: str
    draft_days: int
    ways_out: dict[str, str]  # of notices; what is empty goes to a folder
    files_s3: dict[str, Any]  # empty: no such store
    debug: bool
    database: dict[str, Any]
    sign_in: SignIn
    seals: Sealing
    assistant: LanguageModel | None  # None: no language model is asked
    assistant_days: int
    public_url: str
    searching: Searching


def read(environ: Mapping[str, str] = os.environ) -> Configuration:
    """Read every setting; raise ImproperlyConfigured, naming the variable and what to write, if one will not do."""
    mode = _mode(environ)
    data_dir = Path(_text(environ, "GONGKAI_DATA_DIR")).expanduser().resolve()
    debug = _flag(environ, "GONGKAI_DEBUG")
    if debug and mode is Mode.PRODUCTION:
        raise ImproperlyConfigured("GONGKAI_DEBUG is on in production: it would show settings to visitors. Unset it.")
    secret_key = _secret_key(environ, mode, data_dir)
    hosts = _allowed_hosts(environ, mode)
    https = _flag(environ, "GONGKAI_HTTPS", default="on" if mode is Mode.PRODUCTION else "off")
    return Configuration(
        mode=mode,
        data_dir=data_dir,
        site_file=_site_file(environ),
        secret_key=secret_key,
        **_field_keys(environ, mode, data_dir),
        allowed_hosts=hosts,
        https=https,
        hsts_seconds=_number(environ, "GONGKAI_HSTS_SECONDS"),
        trust_proxy=_flag(environ, "GONGKAI_TRUST_PROXY"),
        log_level=_log_level(environ),
        log_format=_one_of(environ, "GONGKAI_LOG_FORMAT", {"plain", "json"}),
        metrics_token=_metrics_token(environ),
        clamd=_clamd(environ),
        draft_days=_number(environ, "GONGKAI_DRAFT_DAYS"),
        ways_out=read_ways_out(partial(_text, environ)),
        files_s3=_files_s3(environ),
        debug=debug,
        database=database(_text(environ, "DATABASE_URL"), data_dir),
        sign_in=read_sign_in(environ, production=mode is Mode.PRODUCTION),
        seals=read_sealing(environ, production=mode is Mode.PRODUCTION),
        assistant=assisting.read_assistant(environ, production=mode is Mode.PRODUCTION),
        assistant_days=assisting.read_days(environ),
        public_url=read_public_url(environ, hosts=hosts, https=https),
        searching=read_searching(environ, data_dir, production=mode is Mode.PRODUCTION),
    )


def make_folder(folder: Path) -> None:
    """Make the data folder; ImproperlyConfigured when it cannot be made or is something else."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"GONGKAI_DATA_DIR is {folder}, which cannot be made or is no folder ({error.strerror}). "
            "Name a folder that this user may write."
        ) from error


def go_by_the_law(environ: Mapping[str, str]) -> None:
    """Adopt the law with what this house has set in GONGKAI_LAW_FILE; ImproperlyConfigured when it will not do."""
    try:
        adopt_law(environ)
    except LawError as error:
        raise ImproperlyConfigured(str(error)) from error


def database(url: str, data_dir: Path) -> dict[str, Any]:
    """Django's description of the database at `url`; of SQLite in `data_dir` when `url` is empty."""
    if not url:
        return _sqlite(data_dir / "gongkai.sqlite3")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"DATABASE_URL is not an address ({error}). Write postgresql://user@host/name."
        ) from error
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme == "sqlite" and name:
        return _sqlite(Path(name))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise ImproperlyConfigured(
            "DATABASE_URL is not an address this program can use. Write postgresql://user:password@host:5432/name, "
            "or sqlite:////folder/file.sqlite3, or leave it empty for SQLite in GONGKAI_DATA_DIR."
        )
    options = dict(parse_qsl(parts.query))
    try:
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured("DATABASE_URL: the port must be a number, for example 5432.") from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or options.pop("host", "")),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,  # seconds
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,  # seconds a writer waits for another
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
        },
    }


def _text(environ: Mapping[str, str], name: str) -> str:
    return _DECLARED[name].text(environ)


def _flag(environ: Mapping[str, str], name: str, default: str | None = None) -> bool:
    return _DECLARED[name].flag(environ, default)


def _number(environ: Mapping[str, str], name: str) -> int:
    return _DECLARED[name].number(environ)


def _mode(environ: Mapping[str, str]) -> Mode:
    text = _text(environ, "GONGKAI_ENV")
    try:
        return Mode(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"GONGKAI_ENV is {text!r}. Write demo, production or test.") from error


def _site_file(environ: Mapping[str, str]) -> Path | None:
    text = _text(environ, "GONGKAI_SITE_FILE")
    if text and not Path(text).is_file():
        raise ImproperlyConfigured(
            f"GONGKAI_SITE_FILE is {text}, which is not a file. Copy ui/data/site.yaml and edit it."
        )
    return Path(text) if text else None


def _log_level(environ: Mapping[str, str]) -> str:
    text = _text(environ, "GONGKAI_LOG_LEVEL").upper()
    if text not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ImproperlyConfigured(f"GONGKAI_LOG_LEVEL is {text!r}. Write DEBUG, INFO, WARNING or ERROR.")
    return text


def _one_of(environ: Mapping[str, str], name: str, words: set[str]) -> str:
    text = _text(environ, name).lower()
    if text not in words:
        raise ImproperlyConfigured(f"{name} is {text!r}. Write {' or '.join(sorted(words))}.")
    return text


def _metrics_token(environ: Mapping[str, str]) -> str:
    token = _text(environ, "GONGKAI_METRICS_TOKEN")
    if token and not re.fullmatch(r"[A-Za-z0-9._~+/=-]{32,}", token):
        raise ImproperlyConfigured(
            "GONGKAI_METRICS_TOKEN must be 32 letters and digits or more. "
            'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
        )
    return token


def _clamd(environ: Mapping[str, str]) -> str:
    text = _text(environ, "GONGKAI_CLAMD")
    host, _, port = text.rpartition(":")
    if not text or text.startswith("/") or (host and port.isascii() and port.isdigit()):
        return text
    raise ImproperlyConfigured(f"GONGKAI_CLAMD is {text!r}. Write host:port, or the path of clamd's socket.")


def _files_s3(environ: Mapping[str, str]) -> dict[str, Any]:
    words = ("bucket", "endpoint", "access_key", "secret_key", "region")
    found = {word: _text(environ, f"GONGKAI_FILES_S3_{word.upper()}") for word in words}
    if not any(found.values()):
        return {}
    missing = [f"GONGKAI_FILES_S3_{word.upper()}" for word in words[:4] if not found[word]]
    if missing:
        raise ImproperlyConfigured(
            f"Files are to be kept in an S3-compatible store, but {', '.join(missing)} is not set."
        )
    return {
        "bucket_name": found["bucket"],
        "endpoint_url": found["endpoint"],
        "access_key": found["access_key"],
        "secret_key": found["secret_key"],
        "region_name": found["region"] or None,
        "default_acl": None,
        "querystring_auth": True,
        "file_overwrite": True,  # a content's name is its digest
    }


def _allowed_hosts(environ: Mapping[str, str], mode: Mode) -> list[str]:
    hosts = [host.strip() for host in _text(environ, "GONGKAI_ALLOWED_HOSTS").split(",") if host.strip()]
    if "*" in hosts and mode is Mode.PRODUCTION:
        raise ImproperlyConfigured("GONGKAI_ALLOWED_HOSTS is *, which switches the host check off. Name the hosts.")
    if hosts:
        return hosts
    if mode is Mode.PRODUCTION:
        raise ImproperlyConfigured(
            "GONGKAI_ALLOWED_HOSTS is not set. Write the portal's host names, for example open.example.gov.cn."
        )
    return ["localhost", "127.0.0.1", "[::1]"]


def _secret_key(environ: Mapping[str, str], mode: Mode, data_dir: Path) -> str:
    key = _text(environ, "GONGKAI_SECRET_KEY")
    if mode is Mode.PRODUCTION and len(key) < SECRET_KEY_LENGTH:
        raise ImproperlyConfigured(
            f"GONGKAI_SECRET_KEY must be set in production to {SECRET_KEY_LENGTH} random characters or more. "
            'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    if key:
        return key
    if mode is Mode.TEST:
        return "a key for tests only, which signs nothing that outlives them"
    return _own_key(data_dir / "secret-key")


def _field_keys(environ: Mapping[str, str], mode: Mode, data_dir: Path) -> dict[str, Any]:
    text = _text(environ, "GONGKAI_FIELD_KEYS")
    make_one = 'Make one: python3 -c "import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())"'
    if mode is Mode.PRODUCTION and not text:
        raise ImproperlyConfigured(
            f"GONGKAI_FIELD_KEYS must be set in production: it encrypts personal data. {make_one}"
        )
    if mode is Mode.TEST and not text:
        text = keys.Key(b"t" * keys.SIZE).text
    file = None if text else data_dir / "field-keys"
    try:
        keys.parse(text or _own_text(data_dir / "field-keys", keys.new_key().text))
    except keys.BadKeys as error:
        name = file or "GONGKAI_FIELD_KEYS"
        raise ImproperlyConfigured(f"{name} will not do: {error}. {make_one}") from error
    return {"field_keys": text, "field_keys_file": file}


def _own_key(path: Path) -> str:
    """The demo's own signing key."""
    key = _own_text(path, secrets.token_urlsafe(SECRET_KEY_LENGTH))
    if len(key) < SECRET_KEY_LENGTH:
        raise ImproperlyConfigured(f"{path} holds no key of {SECRET_KEY_LENGTH} characters. Delete it and start again.")
    return key


def _own_text(path: Path, new: str) -> str:
    """What a file of the demo's own holds: made with `new` at the first start, readable by its owner alone.

    It is written whole beside its place and then linked there, so that no start ever finds half of it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            handle, name = tempfile.mkstemp(prefix=f"{path.name}-", dir=path.parent)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(new + "\n")
            with contextlib.suppress(FileExistsError):
                os.link(name, path)
            Path(name).unlink()
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(
            f"GONGKAI_DATA_DIR: {path} cannot be written or read ({error}). Name a folder that this user may write."
        ) from error
