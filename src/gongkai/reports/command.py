"""``gongkai report``: read published annual reports, check them, publish them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gongkai.reports.enums import Column, Severity
from gongkai.reports.machine import report_object
from gongkai.reports.reading.files import open_document, read_document, shown_name
from gongkai.reports.reading.model import Reading, State, Unreadable
from gongkai.reports.rules.check import check_all, failing
from gongkai.reports.rules.finding import Finding

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2
_MARK = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.INFORMATION: "·"}
_HELP = "读取、核对、公布政府信息公开工作年度报告（read, check and publish annual reports）"


@dataclass(frozen=True, slots=True)
class Batch:
    """Reports read from several files, with the file each came from, and the files that could not be read."""

    readings: list[Reading]
    names: list[str]
    refused: list[tuple[str, str]]


def main(argv: Sequence[str]) -> int:
    """Run the command; the exit status is 0 clean, 1 findings, 2 something could not be read."""
    parser = _parser()
    options = parser.parse_args(list(argv))
    if "" in getattr(options, "files", ()):
        parser.error("有一个文件名是空的，请写明文件路径。")
    if options.action == "publish":
        from gongkai.reports.publishing import publish_files

        return publish_files([Path(f) for f in options.files], replace=options.replace, out=sys.stdout, err=sys.stderr)
    if options.action == "score":
        from gongkai.reports.scoring import print_score

        return print_score(Path(options.seeds), sys.stdout)
    batch = read_batch([Path(f) for f in options.files])
    for name, reason in batch.refused:
        print(f"{name}：{reason}", file=sys.stderr)
    if options.action == "read":
        _print_lines(_read_lines(batch))
        return UNREADABLE if batch.refused else CLEAN
    found = check_all(batch.readings)
    if options.json:
        for reading, name, findings in zip(batch.readings, batch.names, found, strict=True):
            print(json.dumps(report_object(reading, findings, name), ensure_ascii=False))
    else:
        for reading, findings in zip(batch.readings, found, strict=True):
            _print_lines(_audit_lines(reading, findings))
    return _status(batch, found)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gongkai report", description=_HELP)
    actions = parser.add_subparsers(dest="action", required=True, metavar="read | audit | publish | score")
    read = actions.add_parser("read", help="读出表格和文字中的数（read figures）")
    read.add_argument("files", nargs="+", metavar="FILE")
    audit = actions.add_parser("audit", help="核对勾稽关系、文字与表格、年度之间（check）")
    audit.add_argument("--json", action="store_true", help="每份报告一行 JSON（one JSON object a line）")
    audit.add_argument("files", nargs="+", metavar="FILE")
    publish = actions.add_parser("publish", help="读取、核对并公布到年报页面（read, check and publish）")
    publish.add_argument("--replace", action="store_true", help="替换已公布的同一机关同一年度的报告")
    publish.add_argument("files", nargs="+", metavar="FILE")
    score = actions.add_parser("score", help="以独立真值表计查全率和查准率（precision and recall）")
    score.add_argument("seeds", metavar="FOLDER", help="原始文档所在文件夹")
    return parser


def read_batch(paths: Sequence[Path]) -> Batch:
    """Read every file; one that cannot be read does not stop the others."""
    batch = Batch([], [], [])
    for path in paths:
        try:
            readings = read_document(open_document(path))
        except Unreadable as reason:
            batch.refused.append((shown_name(str(path)), str(reason)))
            continue
        batch.readings.extend(readings)
        batch.names.extend([shown_name(path.name)] * len(readings))
    return batch


def _status(batch: Batch, found: list[list[Finding]]) -> int:
    if batch.refused:
        return UNREADABLE
    grave = any(f.severity in (Severity.ERROR, Severity.WARNING) for findings in found for f in findings)
    return FINDINGS if grave else CLEAN


def _print_lines(lines: Iterator[str]) -> None:
    for line in lines:
        print(line)


def _name(reading: Reading) -> str:
    return f"{reading.organ or '（机关未认出）'} {reading.year or '（年度未认出）'}"


def _read_lines(batch: Batch) -> Iterator[str]:
    for reading, name in zip(batch.readings, batch.names, strict=True):
        yield f"{_name(reading)}　{reading.form.label}　［{name}］"
        cells = [f for row in reading.three.values() for f in row.values()]
        unread = sum(1 for f in cells if f.state is State.UNREAD)
        yield (
            f"  表二 {len(reading.two)} 行；表三 {len(reading.three)} 行、{len(cells) - unread} 格读出、{unread} 格未读出；"
            f"表四 {len(reading.four)} 组；文字中的数 {len(reading.claims)} 处"
        )
        for row, figures in reading.three.items():
            values = "  ".join("—" if figures[c].value is None else f"{figures[c].value}" for c in Column)
            yield f"    {row.label[:24]}  {values}"
        for unread_part in reading.unread:
            yield f"  未读出：{unread_part.what}" + (f"［{unread_part.text}］" if unread_part.text else "")


def _audit_lines(reading: Reading, findings: list[Finding]) -> Iterator[str]:
    wrong = failing(findings)
    held = len(findings) - len(wrong)
    yield f"{_name(reading)}：核对 {len(findings)} 处，{held} 处相符，{len(wrong)} 处有问题"
    for finding in wrong:
        severity = finding.severity or Severity.INFORMATION
        yield f"  {_MARK[severity]} {severity.label}［{finding.relation.value}］{finding.text}"
        if finding.cause:
            yield f"      {finding.cause}。"
    for part in reading.unread:
        yield f"  ? 未读出：{part.what}"
