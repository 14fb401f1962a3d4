"""``gongkai applications verify``: whether an evidence file is what was exported. Needs no database and no network."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from .rules.evidence import LARGEST, Unreadable, Verified, verify

WHOLE, CHANGED, WRONG = 0, 1, 2
_HELP = "验证一件申请的证据包是否完整、未改动（verify the evidence of one application, offline）"


def main(argv: Sequence[str]) -> int:
    """Run the command; 0 whole, 1 changed, 2 for what cannot be read."""
    options = _parser().parse_args(list(argv))
    try:
        if options.package.stat().st_size > LARGEST:
            return _cannot(f"{options.package} 过大，没有读取。请核对是否选错了文件。")
        found = verify(options.package.read_bytes())
    except OSError as error:
        return _cannot(f"读不了 {options.package}：{error.strerror}。请核对路径。")
    except Unreadable as error:
        return _cannot(str(error))
    print(json.dumps(_plain(found), ensure_ascii=False) if options.json else "\n".join(_lines(found)))
    return CHANGED if found.faults else WHOLE


def _plain(found: Verified) -> dict[str, object]:
    return {
        "whole": not found.faults,
        "number": found.number,
        "files": found.files,
        "links": found.links,
        "heads": found.heads,
        "faults": list(found.faults),
    }


def _lines(found: Verified) -> list[str]:
    lines = [f"申请 {found.number}：文件 {found.files} 个，留痕 {found.links} 行。"]
    if found.faults:
        return [*lines, *found.faults, "证据包不完整或者已被改动。The evidence has been changed."]
    heads = [f"  {chain} 第 {seq} 行 {digest}" for chain, (seq, digest) in found.heads.items()]
    return [
        *lines,
        "证据包完整，未被改动。The evidence is whole.",
        "导出时的链首（可与另行保存的链首核对）heads of the chain at that time:",
        *heads,
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gongkai applications verify", description=_HELP)
    parser.add_argument("package", type=Path, metavar="EVIDENCE.zip", help="证据包（the evidence file）")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出（as JSON）")
    return parser


def _cannot(text: str) -> int:
    print(f"gongkai applications verify: {text}", file=sys.stderr)
    return WRONG
