"""Run a command against a real OpenSearch cluster of three nodes on this machine, gone afterwards.

    .venv/bin/python -m tools.with_cluster COMMAND…

The server is the minimal distribution from Maven Central, fetched by its coordinates (needs `mvn` and Java 17, or 21 for the
newer server). Nothing listens but on loopback. As root the nodes run as the user nobody, because the server refuses to run
as root. The command finds the addresses in GONGKAI_TEST_CLUSTER and the process ids in GONGKAI_TEST_CLUSTER_PIDS.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from pathlib import Path

NODES = 3
HEAP = os.environ.get("GONGKAI_CLUSTER_HEAP", "512m")
COORDINATES = "org.opensearch.distribution.integ-test-zip:opensearch"
# By the oldest Java that runs it.
VERSIONS = {21: "3.4.0", 17: "2.19.4"}
PATIENCE = 180  # seconds for three nodes to find each other


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    home, java = find_java()
    version = next(version for least, version in VERSIONS.items() if java >= least)
    with tempfile.TemporaryDirectory(prefix="gongkai-cluster-", dir="/tmp", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        unpack(version, folder)
        http, transport = free_ports(NODES), free_ports(NODES)
        nodes = [start(folder, number, http, transport, home) for number in range(NODES)]
        try:
            addresses = [f"http://127.0.0.1:{port}" for port in http]
            wait_for(addresses[0], nodes, folder)
            print(f"OpenSearch {version} on Java {java}: {NODES} nodes", flush=True)
            environment = os.environ | {
                "GONGKAI_TEST_CLUSTER": ",".join(addresses),
                "GONGKAI_TEST_CLUSTER_PIDS": ",".join(str(node.pid) for node in nodes),
            }
            return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
        finally:
            for node in nodes:
                if node.poll() is None:
                    os.killpg(node.pid, signal.SIGKILL)
                node.wait()


def find_java() -> tuple[str, int]:
    """The newest Java on this machine: where it is, and which."""
    homes = [os.environ.get("JAVA_HOME", ""), *map(str, Path("/usr/lib/jvm").glob("*"))]
    found: dict[int, str] = {}
    for home in filter(None, homes):
        program = Path(home) / "bin" / "java"
        if program.exists():
            told = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
            if match := re.search(r'version "(\d+)', told):
                found.setdefault(int(match[1]), home)
    fit = max((java for java in found if java >= min(VERSIONS)), default=None)
    if fit is None:
        sys.exit("No Java 17 or later was found. Install a JDK (as root: apt-get install openjdk-17-jdk-headless).")
    return found[fit], fit


def unpack(version: str, folder: Path) -> None:
    """Fetch the server by its coordinates, once for the machine, and unpack it."""
    maven = shutil.which("mvn")
    if maven is None:
        sys.exit("Maven is not installed (as root: apt-get install maven).")
    coordinates = f"{COORDINATES}:{version}:zip"
    arguments = ["-q", "-B", "dependency:copy", f"-Dartifact={coordinates}", f"-DoutputDirectory={folder}"]
    subprocess.run([maven, *arguments], check=True)
    with zipfile.ZipFile(next(folder.glob("*.zip"))) as packed:
        packed.extractall(folder)
    server = next(path for path in folder.glob("opensearch-*") if path.is_dir())
    server.rename(folder / "server")
    for program in (folder / "server" / "bin").iterdir():
        program.chmod(0o755)


def free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _number in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    found = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return found


def start(folder: Path, number: int, http: list[int], transport: list[int], home: str) -> "subprocess.Popen[bytes]":
    """One node, in a process group of its own."""
    own = folder / f"node{number}"
    shutil.copytree(folder / "server" / "config", own / "config")
    names = [f"node{other}" for other in range(len(http))]
    told = {
        "cluster.name": "gongkai-test",
        "node.name": names[number],
        "network.host": "127.0.0.1",
        "http.port": http[number],
        "transport.port": transport[number],
        "discovery.seed_hosts": [f"127.0.0.1:{port}" for port in transport],
        "cluster.initial_cluster_manager_nodes": names,
        "cluster.routing.allocation.disk.threshold_enabled": False,
        "path.data": str(own / "data"),
        "path.logs": str(own / "logs"),
    }
    lines = "\n".join(f"{key}: {json.dumps(value)}" for key, value in told.items())
    (own / "config" / "opensearch.yml").write_text(lines + "\n", encoding="utf-8")
    for part in ("data", "logs", "tmp"):
        (own / part).mkdir()
    options = own / "config" / "jvm.options"
    options.write_text(options.read_text(encoding="utf-8").replace("logs/", f"{own / 'logs'}/"), encoding="utf-8")
    command = [str(folder / "server" / "bin" / "opensearch")]
    if os.getuid() == 0:
        for path in [own, *own.rglob("*")]:
            shutil.chown(path, "nobody")
        command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *command]
    environment = {
        "PATH": os.environ["PATH"],
        "OPENSEARCH_JAVA_HOME": home,
        "OPENSEARCH_PATH_CONF": str(own / "config"),
        "OPENSEARCH_JAVA_OPTS": f"-Xms{HEAP} -Xmx{HEAP}",
        "OPENSEARCH_TMPDIR": str(own / "tmp"),
        "HOME": str(own),
    }
    log = (own / "out.log").open("wb")
    return subprocess.Popen(command, env=environment, cwd=own, stdout=log, stderr=log, start_new_session=True)


def wait_for(address: str, nodes: "list[subprocess.Popen[bytes]]", folder: Path) -> None:
    """Until all nodes have found each other; what a node said when it ended before."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for number, node in enumerate(nodes):
            if node.poll() is not None:
                said = (folder / f"node{number}" / "out.log").read_text(encoding="utf-8", errors="replace")
                sys.exit(f"Node {number} ended with status {node.returncode}:\n{said[-3000:]}")
        try:
            with urllib.request.urlopen(f"{address}/_cluster/health", timeout=2) as answer:  # noqa: S310 - our own node
                told = json.load(answer)
            if told["number_of_nodes"] == len(nodes):
                return
        except OSError:
            pass
        time.sleep(0.5)
    sys.exit(f"The nodes did not find each other within {PATIENCE} s.")


if __name__ == "__main__":
    sys.exit(main())
