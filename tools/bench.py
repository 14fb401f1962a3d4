"""Speed of the portal's pages, as ratios against a bare Django page measured in the same run.

`make bench` prints the machine, the sizes and, for each page, pages a second beside those of a page that asks nothing
of the database and fills no template. Read the ratios: the absolute figures belong to the machine.
"""

import contextlib
import http.client
import http.cookies
import os
import platform
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

ROUNDS = 3
SECONDS = 2.0  # of each measurement
CLIENTS = 4  # requests at one time
BARE = "/healthz"
DESK = "/workbench/"
SIGN_IN = "/workbench/sign-in/"
DESK_PAGES = (SIGN_IN, DESK, "/workbench/applications/")
SESSION: dict[str, str] = {}


def environment(folder: str) -> dict[str, str]:
    """A demo of its own, so that the figures do not depend on what a person has in data/."""
    return os.environ | {"GONGKAI_ENV": "demo", "GONGKAI_DATA_DIR": folder, "DATABASE_URL": ""}


@contextlib.contextmanager
def portal(folder: str) -> Iterator[int]:
    """The portal with its sample data, on a free port, as `make demo` serves it."""
    command = [sys.executable, "-m", "gongkai"]
    for words in (["migrate", "-v0"], ["seed_demo"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([*command, "manage", *words], env=environment(folder), check=True, stdout=subprocess.DEVNULL)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    server = subprocess.Popen(
        [*command, "serve", "--port", str(port)],
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until_answered(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def until_answered(port: int) -> None:
    """Wait until the portal is ready; TimeoutError after half a minute."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            if fetch(http.client.HTTPConnection("127.0.0.1", port, timeout=2), "/readyz")[0] == 200:
                return
        time.sleep(0.1)
    raise TimeoutError("The portal did not answer within 30 s. Run `make demo` to see why.")


def sign_in(port: int, folder: str) -> None:
    """Sign the demo's officer in, by the form; the desk's pages are asked for with that session from then on."""
    name = "officer.office"
    lines = (Path(folder) / "demo-people.txt").read_text(encoding="utf-8").splitlines()
    password = next(line.split()[1] for line in lines if line.split()[:1] == [name])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", SIGN_IN)
    page = connection.getresponse()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
    cookies = http.cookies.SimpleCookie(page.headers["Set-Cookie"])
    if token is None:
        raise RuntimeError("The sign-in page has no form.")
    form = urlencode({"login": name, "password": password, "csrfmiddlewaretoken": token[1]})
    headers = {
        "Cookie": "; ".join(f"{cookie.key}={cookie.value}" for cookie in cookies.values()),
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": f"http://127.0.0.1:{port}",
    }
    connection.request("POST", SIGN_IN, form, headers)
    answer = connection.getresponse()
    answer.read()
    given = [http.cookies.SimpleCookie(text) for text in answer.headers.get_all("Set-Cookie") or []]
    SESSION["Cookie"] = "; ".join(f"{one.key}={one.value}" for cookie in given for one in cookie.values())


def fetch(connection: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
    """Status and body of one page, as a browser asks for it; the desk's pages as the officer who signed in."""
    session = SESSION if path.startswith(DESK) and path != SIGN_IN else {}
    connection.request("GET", path, headers={"Accept-Language": "zh-CN", **session})
    response = connection.getresponse()
    return response.status, response.read()


def rate(port: int, path: str) -> float:
    """Pages a second at `path` from CLIENTS at one time, over connections kept open."""
    counts = [0] * CLIENTS
    end = time.monotonic() + SECONDS

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        while time.monotonic() < end:
            status, _ = fetch(connection, path)
            if status != 200:
                raise RuntimeError(f"{path} answered {status}")
            counts[number] += 1
        connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


def pages(port: int) -> list[str]:
    """The home page, and the first of each kind of page that it leads to in two steps."""
    found = {"/": "/"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for start in ("/", "/reports/", "/organs/"):
        status, body = fetch(connection, start)
        if status != 200:
            continue
        found.setdefault(start, start)
        for link in re.findall(r'href="(/(?:reports|organs)/[^"?#]+)"', body.decode()):
            kind = re.sub(r"[^/]+", "*", link)
            if fetch(connection, link)[0] == 200:
                found.setdefault(link.split("/")[1] + kind, link)
    return list(found.values())


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder, portal(folder) as port:
        print(f"Machine: {os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}")
        print(f"Method: {ROUNDS} rounds in turn, {SECONDS:g} s each, {CLIENTS} clients on the same machine; medians")
        sign_in(port, folder)
        paths = [BARE, *pages(port), *DESK_PAGES]
        rates: dict[str, list[float]] = {path: [] for path in paths}
        for _ in range(ROUNDS):
            for path in paths:
                rates[path].append(rate(port, path))
        bare = statistics.median(rates[BARE])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        print(f"{'page':40} {'bytes':>8} {'pages/s':>9} {'of bare':>8}")
        for path in paths:
            median = statistics.median(rates[path])
            size = len(fetch(connection, path)[1])
            print(f"{path:40} {size:8} {median:9.0f} {median / bare:8.2f}")
        files = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
        print(f"Data and page files of the demo: {files / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
