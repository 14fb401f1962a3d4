"""The `gongkai` command: reports, serving, and Django's management commands."""

import gc
import io
import os
import sys
from collections.abc import Callable

USAGE = """\
gongkai 公开 — 区级政府政务公开平台 · an open-government platform

用法 Usage:
  gongkai report …    核查政府信息公开工作年度报告   check annual reports on open-government work
  gongkai deadline …  计算期限，逐日说明             due dates, counted out day by day
  gongkai applications …  验证证据包，导入历年申请   verify evidence; bring a year's cases from a table
  gongkai catalogue …  公文库条目的导入和导出        items of the document library, in and out
  gongkai gazette …   政府公报：成品的制作与核验     the gazette: building and verifying its files
  gongkai audit …     验证留痕链                     verify the audit chain
  gongkai keys …      个人信息的密钥                 the keys of personal data
  gongkai seals …     电子印章：密钥与核验           electronic seals: keys, and verification
  gongkai search …    搜索：查询、核对与重建索引     search: ask, verify and rebuild the index
  gongkai backup …    备份数据库和文件（加密）       back database and files up, sealed
  gongkai restore …   恢复到空的地方并验证           restore into an empty place, and prove it
  gongkai serve …     启动网站、后台任务与搜索索引   run web, worker, scheduler and indexer
  gongkai manage …    管理命令（迁移、导入等）       management commands (migrate, seed_demo, …)
  gongkai --version   版本                           version

各命令加 --help 查看说明。Add --help to a command to read about it.
"""


# How SQLite and PostgreSQL say that a table or the whole database is not there.
NOT_READY = ("no such table", "no such column", "does not exist", "connection failed", "unable to open database")


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 done, 1 failed, 2 wrong usage. A wrong word is answered with the usage, not a traceback."""
    arguments = sys.argv[1:] if argv is None else argv
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(USAGE, end="")
        return 0 if arguments else 2
    if arguments[0] == "--version":
        from gongkai import __version__

        print(f"gongkai {__version__}")
        return 0
    _speak_utf_8()
    gc.set_threshold(50_000, 20, 50)  # what a program loads stays: not looked through for rubbish at every step
    command = COMMANDS.get(arguments[0])
    if command is None:
        print(
            f"gongkai: 没有“{arguments[0]}”这个命令 / no such command: {arguments[0]}\n\n{USAGE}",
            file=sys.stderr,
            end="",
        )
        return 2
    try:
        status = command(arguments[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our words has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:
        print(f"gongkai: 无法继续 / cannot go on: {error}", file=sys.stderr)
        return 1
    return status


def _speak_utf_8() -> None:
    """Our words are Chinese and our JSON is UTF-8, whatever the terminal's settings say."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def report(arguments: list[str]) -> int:
    """Check annual reports; starts without a database."""
    from gongkai.config.law import adopt_law
    from gongkai.reports.command import main as report_main
    from gongkai.statutes import LawError

    try:
        adopt_law(os.environ)
    except LawError as error:
        print(f"gongkai: {error}", file=sys.stderr)
        return 2
    return report_main(arguments)


def deadline(arguments: list[str]) -> int:
    """Count a due date out; starts without a database, and goes by its calendar where there is one."""
    from gongkai.applications.command import main as fold_main
    from gongkai.config.calendar import decided_here, work_calendar
    from gongkai.config.law import adopt_law
    from gongkai.deadlines.command import main as deadline_main
    from gongkai.statutes import LawError, decide

    try:
        adopt_law(os.environ)
        decide(decided_here())
    except LawError as error:
        print(f"gongkai: {error}", file=sys.stderr)
        return 2
    if arguments[:1] == ["fold"]:
        return fold_main(arguments[1:], work_calendar)
    return deadline_main(arguments, work_calendar)


def applications(arguments: list[str]) -> int:
    """Verify the evidence of one application, without a database; what else it can is a management command."""
    if arguments[:1] == ["verify"]:
        from gongkai.applications.evidence_command import main as verify_main

        return verify_main(arguments[1:])
    return manage(["applications", *arguments])


def manage(arguments: list[str]) -> int:
    """Run one of Django's management commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import ManagementUtility
    from django.db import DatabaseError

    try:
        ManagementUtility(["gongkai manage", *arguments]).execute()
    except ImproperlyConfigured as error:
        print(f"gongkai: 设置有误 / a setting is wrong: {error}", file=sys.stderr)
        return 2
    except DatabaseError as error:
        told = str(error).strip().partition("\n")[0]
        if not any(words in told for words in NOT_READY):
            raise
        print(
            f"gongkai: 数据库还没有准备好 / the database is not ready: {told}\n"
            "首次使用请先运行 gongkai manage migrate；已运行过的，请检查 DATABASE_URL。"
            "Run gongkai manage migrate first, or look at DATABASE_URL.",
            file=sys.stderr,
        )
        return 2
    return 0


def catalogue(arguments: list[str]) -> int:
    """Items of the document library, in and out."""
    return manage(["catalogue", *arguments])


def gazette(arguments: list[str]) -> int:
    """The gazette: building, sealing and verifying its files."""
    return manage(["gazette", *arguments])


def audit(arguments: list[str]) -> int:
    """Verify the audit chain, or write its heads down."""
    return manage(["audit", *arguments])


def keys(arguments: list[str]) -> int:
    """Show, add, change or drop the keys of personal data."""
    from gongkai.config.keys import main as keys_main

    return keys_main(arguments)


def seals(arguments: list[str]) -> int:
    """Keys of the organs' seals, and whether a sealed PDF is genuine."""
    return manage(["seals", *arguments])


def search(arguments: list[str]) -> int:
    """Ask the search index, prove it, make it anew."""
    return manage(["search", *arguments])


def backup(arguments: list[str]) -> int:
    """Back database and files up into one sealed file."""
    return manage(["backup", *arguments])


def restore(arguments: list[str]) -> int:
    """Restore a backup into an empty place."""
    return manage(["restore", *arguments])


def serve(arguments: list[str]) -> int:
    """Run web, worker, scheduler and indexer in one process tree."""
    from gongkai.config.serve import main as serve_main

    return serve_main(arguments)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "report": report,
    "applications": applications,
    "catalogue": catalogue,
    "gazette": gazette,
    "deadline": deadline,
    "audit": audit,
    "keys": keys,
    "seals": seals,
    "search": search,
    "backup": backup,
    "restore": restore,
    "serve": serve,
    "manage": manage,
}
