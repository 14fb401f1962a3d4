"""``gongkai report publish``: many files, each published whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from gongkai.reports.reading.files import open_document, read_document, shown_name
from gongkai.reports.reading.model import Unreadable

_OUTCOMES = {"created": "已公布", "replaced": "已更正", "text added": "已补充原文", "unchanged": "未变"}
_NOT_READY = (
    "数据库还没有准备好（{reason}）。首次使用请先运行 gongkai manage migrate；已运行过的，请检查 DATABASE_URL。"
)


def publish_files(paths: Sequence[Path], *, replace: bool, out: TextIO, err: TextIO) -> int:
    """Publish each file in a transaction of its own, so that a killed run can simply be started again.

    A file that was published before is passed over without reading it. Returns 0, or 2 when a file was refused or
    nothing could be published at all.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    try:
        django.setup()
        _ask_database()
    except ImproperlyConfigured as error:
        print(f"设置有误：{error}", file=err)
        return 2
    except DatabaseError as error:
        print(_NOT_READY.format(reason=str(error).strip().splitlines()[0]), file=err)
        return 2
    refused = sum(not _publish(path, replace=replace, out=out, err=err) for path in paths)
    print(f"共 {len(paths)} 个文件，{len(paths) - refused} 个完成，{refused} 个未能公布。", file=out)
    return 2 if refused else 0


def _ask_database() -> None:
    from gongkai.reports.selectors import exists  # noqa: PLC0415 - after Django is set up

    exists("")


def _publish(path: Path, *, replace: bool, out: TextIO, err: TextIO) -> bool:
    from gongkai.reports.selectors import known_digests  # noqa: PLC0415 - after Django is set up
    from gongkai.reports.services import Refused, publish_document  # noqa: PLC0415

    name = shown_name(path.name)
    try:
        document = open_document(path)
        if not replace and known_digests([document.digest]):
            print(f"{name}：这个文件已经公布过，跳过。", file=out)
            return True
        for published in publish_document(document=document, readings=read_document(document), replace=replace):
            report = published.report
            counts = f"{report.errors} 处错误、{report.warnings} 处提醒"
            print(f"{name}：{_OUTCOMES[published.outcome]} {report}（{counts}）/reports/{report.slug}/", file=out)
    except (Unreadable, Refused) as reason:
        print(f"{shown_name(str(path))}：{reason}", file=err)
        return False
    except DatabaseError as error:
        print(f"{shown_name(str(path))}：没有公布，数据库出错（{error}）。其余文件继续。", file=err)
        return False
    return True
