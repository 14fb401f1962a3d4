"""``gongkai report publish``: many files, each published whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import django

_OUTCOMES = {"created": "已公布", "replaced": "已更正", "text added": "已补充原文", "unchanged": "未变"}


def publish_files(paths: Sequence[Path], *, replace: bool, out: TextIO, err: TextIO) -> int:
    """Publish each file in a transaction of its own, so that a killed run can simply be started again.

    A file that was published before is passed over without reading it. Returns 0, or 2 when a file was refused.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    django.setup()
    refused = sum(not _publish(path, replace=replace, out=out, err=err) for path in paths)
    print(f"共 {len(paths)} 个文件，{len(paths) - refused} 个完成，{refused} 个未能公布。", file=out)
    return 2 if refused else 0


def _publish(path: Path, *, replace: bool, out: TextIO, err: TextIO) -> bool:
    from gongkai.reports.reading.files import open_document, read_document  # noqa: PLC0415 - after Django is set up
    from gongkai.reports.reading.model import Unreadable  # noqa: PLC0415
    from gongkai.reports.selectors import known_digests  # noqa: PLC0415
    from gongkai.reports.services import Refused, publish_document  # noqa: PLC0415

    try:
        document = open_document(path)
        if not replace and known_digests([document.digest]):
            print(f"{path.name}：这个文件已经公布过，跳过。", file=out)
            return True
        for published in publish_document(document=document, readings=read_document(document), replace=replace):
            report = published.report
            counts = f"{report.errors} 处错误、{report.warnings} 处提醒"
            print(f"{path.name}：{_OUTCOMES[published.outcome]} {report}（{counts}）/reports/{report.slug}/", file=out)
    except (Unreadable, Refused) as reason:
        print(f"{path}：{reason}", file=err)
        return False
    return True
