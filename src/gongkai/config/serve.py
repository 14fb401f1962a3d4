"""`gongkai serve`: web, worker, scheduler and indexer in one process tree, for one machine.

A larger installation runs the same four programs apart, under its own supervisor; docs/guide/operator tells how.
"""

import argparse
import logging
import os
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from functools import partial
from importlib.util import find_spec

from gongkai.config.supervisor import Program, Supervisor

APPLICATION = "gongkai.config.wsgi:application"
MOST_WEB_WORKERS = 4
READY_WITHIN = 60  # seconds


def main(arguments: list[str]) -> int:
    """Serve until SIGTERM or Ctrl-C (0); 1 when a part cannot be kept running, 2 when something must be put right."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    checks = (_settings_problem, partial(_port_problem, options.host, options.port), _database_problem, _static_problem)
    problem = next((found for check in checks if (found := check())), None)
    if problem:
        print(f"gongkai serve: {problem}", file=sys.stderr)
        return 2
    threading.Thread(target=_announce, args=(options.host, options.port), daemon=True).start()
    return Supervisor(programs(options)).run()


def programs(options: argparse.Namespace) -> list[Program]:
    """The programs of one installation. The worker looks the whole house over when it starts; the others need not."""
    manage = [sys.executable, "-m", "gongkai", "manage"]
    worker = [*manage, "db_worker", "--queue-name", "*", "--no-reload"]
    return [
        Program("web", web_command(options.host, options.port, options.web_workers)),
        *(Program(f"worker {number}", worker) for number in range(1, options.task_workers + 1)),
        Program("scheduler", [*manage, "run_schedule", "--skip-checks"]),
        Program("indexer", [*manage, "run_indexer", "--skip-checks"]),
    ]


def web_command(host: str, port: int, workers: int) -> list[str]:
    """granian where it is installed, gunicorn where it is not."""
    if find_spec("granian"):
        return [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
            *("--workers", str(workers), "--blocking-threads", "1", "--respawn-failed-workers", "--no-ws"),
            *("--log-level", "warning", APPLICATION),
        ]
    return [sys.executable, "-m", "gunicorn", "--bind", f"{host}:{port}", "--workers", str(workers), APPLICATION]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gongkai serve",
        description="同时运行网站、后台任务、定时任务和搜索索引。Run web, worker, scheduler and indexer in one process tree.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="监听地址 address to listen on (default %(default)s)")
    parser.add_argument("--port", type=_port, default=8000, help="端口 port (default %(default)s)")
    processors = min(os.cpu_count() or 1, MOST_WEB_WORKERS)
    parser.add_argument(
        "--web-workers", type=_count, default=processors, help="网站进程数 web processes (default %(default)s)"
    )
    parser.add_argument(
        "--task-workers", type=_count, default=1, help="后台任务进程数 task processes (default %(default)s)"
    )
    return parser


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port; write a number from 1 to 65535 端口应为 1 至 65535")


def _count(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 65:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 64 应为 1 至 64 的整数")


def _settings_problem() -> str | None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    import django  # noqa: PLC0415 - settings are read here, that a wrong one is told in a sentence
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    try:
        django.setup()
    except ImproperlyConfigured as error:
        return f"设置有误 a setting is wrong: {error}"
    if not find_spec("granian") and not find_spec("gunicorn"):
        return "no web server is installed. Install granian, or on hosts without a build of it gongkai[gunicorn]."
    return None


def _port_problem(host: str, port: int) -> str | None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return (
            f"cannot listen on {host} port {port} ({error.strerror}). "
            f"Choose another with --port, or for the demo: make demo PORT=8001. 端口不可用，请换一个端口。"
        )
    return None


def _database_problem() -> str | None:
    from django.db import DatabaseError, connection  # noqa: PLC0415 - after the settings are known to be good
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return f"the database does not answer: {error}Check DATABASE_URL. 数据库无法连接，请检查 DATABASE_URL。"
    finally:
        connection.close()
    if waiting:
        return "the database is not up to date. Run: gongkai manage migrate 数据库尚未更新，请先运行此命令。"
    return None


def _static_problem() -> str | None:
    from django.conf import settings  # noqa: PLC0415 - after the settings are known to be good

    if settings.WHITENOISE_USE_FINDERS or (settings.STATIC_ROOT / "staticfiles.json").exists():
        return None
    return (
        "the pages' files are not gathered. Run: gongkai manage collectstatic --noinput "
        "页面文件尚未收集，请先运行此命令。"
    )


def _announce(host: str, port: int) -> None:
    """Print the address once the portal answers there."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - shown, not listened on
    address = f"http://{shown}:{port}/"
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}healthz", timeout=1).close()  # noqa: S310 - our own address
        except urllib.error.HTTPError:
            break  # it answers; a host name that is not allowed is the caller's business
        except OSError:
            time.sleep(0.1)
        else:
            break
    else:
        return
    print(f"\n  公开 gongkai: {address}\n  Ctrl-C 停止 to stop\n", flush=True)
