"""Random requests, right and wrong, against a served interface: `make test-api`.

    python -m tools.test_api [EXAMPLES [SECONDS]]

The portal is served with sample people on a free port, a client with every scope is registered, and schemathesis reads
the interface's own description. Status 1 when an answer is a server's error, is not described, or has another shape than
described; with the request that shows it.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ready import ROOT, sqlite_file_in

BIN = Path(sys.executable).parent
EXAMPLES, LONGEST = 15, 120  # of random requests to each address; seconds of them all
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
    "unsupported_method",
    "ignored_auth",
    "missing_required_header",
)
REGISTER = """
import json
from gongkai.accounts.enums import Role
from gongkai.accounts.models import Duty
from gongkai.accounts.rules import Held, Standing
from gongkai.clients.enums import Scope
from gongkai.clients.services import register
duty = Duty.objects.filter(role=Role.OFFICER.value).select_related("user", "organ").first()
organ, officer = duty.organ.code, duty.user
by = Standing(officer.pk, officer.name, frozenset({Held(Role.ADMINISTRATOR, organ)}))
client, secret = register(
    by=by, name="示例系统", organ=organ, scopes=list(Scope), officer=officer.username, per_minute=1_000_000
)
print(json.dumps({"client_id": client.key, "client_secret": secret}))
"""
PREPARE = (
    ("migrate", "--verbosity", "0"),  # what a place makes of its own
    ("calendar", "import"),
    ("organs", "import"),
    ("people", "demo"),
    ("collectstatic", "--noinput", "--verbosity", "0"),
)


@contextmanager
def served() -> Iterator[tuple[str, dict[str, str]]]:
    """The portal with sample people, and the credentials of a client with every scope."""
    with tempfile.TemporaryDirectory(prefix="gongkai-api-") as folder:
        environment = {**os.environ, "GONGKAI_DATA_DIR": folder, "DATABASE_URL": "", "GONGKAI_LOG_LEVEL": "WARNING"}
        ready = ROOT / ".pytest_cache" / "d" / "databases"  # where the tests keep theirs: it is made once for both
        ready.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(sqlite_file_in(ready), Path(folder) / "gongkai.sqlite3")
        for command in PREPARE:
            subprocess.run(
                [BIN / "gongkai", "manage", *command], env=environment, check=True, stdout=subprocess.DEVNULL
            )
        made = subprocess.run(
            [BIN / "gongkai", "manage", "shell", "--verbosity", "0", "-c", REGISTER],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        port = _free_port()
        server = subprocess.Popen(
            [BIN / "gongkai", "serve", "--port", str(port), "--web-workers", "1"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            root = f"http://127.0.0.1:{port}"
            _wait(f"{root}/readyz")
            yield root, json.loads(made.stdout.splitlines()[-1])
        finally:
            server.terminate()
            server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, seconds: int = 60) -> None:
    for _each in range(seconds * 4):
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.25)
        else:
            return
    raise SystemExit(f"{address} did not answer in {seconds} seconds.")


def _token(root: str, credentials: dict[str, str]) -> str:
    form = urllib.parse.urlencode({"grant_type": "client_credentials", **credentials}).encode()
    with urllib.request.urlopen(f"{root}/api/v1/token", form, timeout=20) as answer:  # noqa: S310 - our own server
        token: str = json.load(answer)["access_token"]
    return token


def _comes_in(root: str, token: str) -> None:
    """The token must open what it is for: asked without, every answer would be a refusal, and nothing would be tested."""
    for path in ("applications", "cases", "webhook/deliveries"):
        asked = urllib.request.Request(f"{root}/api/v1/{path}", headers={"Authorization": f"Bearer {token}"})  # noqa: S310 - our own server
        urllib.request.urlopen(asked, timeout=20).close()  # noqa: S310 - our own server


def main(examples: int = EXAMPLES, longest: int = LONGEST) -> int:
    """Serve, ask, and say what came of it."""
    with served() as (root, credentials):
        token = _token(root, credentials)
        _comes_in(root, token)
        command = [
            *(str(BIN / "st"), "run", f"{root}/api/v1/openapi.json"),
            *("--header", f"Authorization: Bearer {token}"),
            *("--checks", ",".join(CHECKS), "--max-examples", str(examples)),
            *("--phases", "examples,coverage,fuzzing", "--max-time", str(longest)),
            *("--workers", "1", "--seed", "20251125", "--warnings", "off", "--continue-on-failure"),
            *("--suppress-health-check", "all", "--request-timeout", "20", "--no-color"),
        ]
        return subprocess.run(command, cwd=tempfile.gettempdir(), check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:3])))
