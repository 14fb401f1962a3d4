"""`gongkai audit`: prove the chain, or write its heads down."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.audit import selectors

SHOWN = 20  # breaks printed in words; --json prints all


class Command(BaseCommand):
    """Verifies every chain (0 whole, 1 broken), or seals: prints the heads, to be kept elsewhere."""

    help = "验证留痕链是否完整，或者导出链首摘要。Verify the audit chain, or print its heads."

    def add_arguments(self, parser: CommandParser) -> None:
        words = parser.add_subparsers(dest="word", required=True)
        verify = words.add_parser("verify", help="读遍全部留痕，找出改动、缺失和错序 find what was changed")
        verify.add_argument("--against", type=Path, help="先前用 seal 保存的文件 a file that `seal` wrote earlier")
        verify.add_argument("--json", action="store_true", help="以 JSON 输出 print JSON")
        words.add_parser("seal", help="输出链首摘要，另行保存 print the heads, to be kept elsewhere")

    def handle(self, *args: Any, word: str, **options: Any) -> None:
        if word == "seal":
            self.stdout.write(json.dumps({"heads": selectors.heads()}, indent=2, sort_keys=True))
            return
        found = list(selectors.verify(against=_heads(options["against"])))
        rows = sum(seq for seq, _digest in selectors.heads().values())
        if options["json"]:
            breaks = [{"chain": one.chain, "seq": one.seq, "fault": one.fault} for one in found]
            self.stdout.write(json.dumps({"whole": not found, "rows": rows, "breaks": breaks}, ensure_ascii=False))
        else:
            for one in found[:SHOWN]:
                self.stdout.write(f"{one.chain} 第 {one.seq} 行：{one.fault}")
            if len(found) > SHOWN:
                self.stdout.write(f"……另有 {len(found) - SHOWN} 处")
        if found:
            raise CommandError(f"留痕链有 {len(found)} 处不完整。the audit chain is broken.", returncode=1)
        if not options["json"]:
            self.stdout.write(f"留痕链完整，共 {rows} 行。The audit chain is whole: {rows} rows.")


def _heads(path: Path | None) -> dict[str, tuple[int, str]] | None:
    if path is None:
        return None
    try:
        heads = json.loads(path.read_text(encoding="utf-8"))["heads"]
        return {chain: (int(seq), str(digest)) for chain, (seq, digest) in heads.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CommandError(
            f"{path} 不是 seal 输出的文件 / is not what `seal` printed: {error}", returncode=2
        ) from error
