"""`gongkai catalogue import FILE` and `export`: items in the interchange form, in and out."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.audit.rules import SYSTEM
from gongkai.catalogue import proposals, selectors, services
from gongkai.catalogue.demo import contents
from gongkai.catalogue.rules import tabular
from gongkai.catalogue.selectors import rows as interchange
from gongkai.kernel.written import SafeLoader
from gongkai.ui import tables

SHOWN = 20


class Command(BaseCommand):
    """Takes items in from JSON, JSON lines or YAML; writes everything public out as JSON."""

    help = "公文库条目的导入和导出。Bring items in, or write everything public out, in the interchange form."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        bring = acts.add_parser("import", help="导入 JSON、JSONL、YAML、CSV 或 xlsx 文件（bring items in）")
        bring.add_argument("files", nargs="+", type=Path, metavar="FILE")
        acts.add_parser("demo", help="导入示范条目，可以重复执行（the sample items; again without harm）")
        propose = acts.add_parser("propose", help="识别一个文件夹里的文件，写成待核对的草稿（drafts from documents）")
        propose.add_argument("folder", type=Path, metavar="FOLDER")
        propose.add_argument(
            "--out", type=Path, required=True, metavar="FILE", help="YAML，核对改正后再导入（to be checked）"
        )
        write = acts.add_parser("export", help="导出全部公开条目（everything public, as JSON）")
        write.add_argument("file", nargs="?", type=Path, metavar="FILE", help="缺省写到标准输出（standard output）")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        if act == "import":
            for path in options["files"]:
                self._bring(path.name, partial(read_rows, path))
        elif act == "demo":
            if settings.PRODUCTION:
                raise CommandError("示范条目不能导入正式环境：它们不是真实文件。请在演示或者开发环境中执行。")
            self._bring("示范条目", contents.items)
        elif act == "propose":
            self._propose(options["folder"], options["out"])
        else:
            self._write(options["file"])

    def _propose(self, folder: Path, out: Path) -> None:
        if not folder.is_dir():
            raise CommandError(f"没有 {folder} 这个文件夹。请核对路径。")
        found = list(proposals.of_folder(folder, today=timezone.localdate()))
        rows = [row for _path, row in found if row is not None]
        out.write_text(yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8")
        self.stdout.write(f"{out.name}：{len(rows)} 条草稿。请逐条核对、改正，再用 import 导入。")
        for path, row in found:
            if row is None:
                self.stderr.write(f"  {path.name}：读不了。请另存为新的 Word、PDF 或者网页后再试。")

    def _bring(self, name: str, rows: Callable[[], Iterable[object]]) -> None:
        try:
            found = services.receive(rows(), actor=SYSTEM, today=timezone.localdate())
        except OSError as error:
            raise CommandError(f"读不了 {name}：{error.strerror}。请核对路径。") from error
        except tables.Unreadable as error:
            raise CommandError(f"{name}：{error}") from error
        except (ValueError, yaml.YAMLError) as error:
            raise CommandError(f"{name} 不是 JSON、JSONL 或 YAML：{error}。请核对文件。") from error
        self.stdout.write(
            f"{name}：新增 {found.made}，更新 {found.changed}，未变 {found.same}，有误 {len(found.faults)}。"
        )
        for fault in found.faults[:SHOWN]:
            self.stderr.write(f"  第 {fault.place} 条 {fault.name}：{''.join(fault.texts)}")
        if found.faults:
            raise CommandError(f"{len(found.faults)} 条没有导入，其余已经导入。请改正后再导入一次，不会重复。")

    def _write(self, path: Path | None) -> None:
        count = 0
        out = path.open("w", encoding="utf-8") if path else sys.stdout
        try:
            out.write("[")
            for _item, row in interchange.rows(selectors.public()):
                text = json.dumps(row.as_object, ensure_ascii=False)
                out.write(f"{',' if count else ''}\n{text}")
                count += 1
            out.write("\n]\n")
        finally:
            if path:
                out.close()
        if path:
            self.stdout.write(f"{path.name}：{count} 条。")


def read_rows(path: Path) -> Iterator[object]:
    """The objects of a file: a list, one object a line, or several YAML documents."""
    if path.suffix in {".csv", ".xlsx"}:
        yield from tabular.items(tables.rows(path.read_bytes()))
        return
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix in {".jsonl", ".ndjson"}:
        yield from (json.loads(line) for line in text.splitlines() if line.strip())
        return
    if path.suffix == ".json":
        found = json.loads(text)
        yield from found if isinstance(found, list) else [found]
        return
    for document in yaml.load_all(text, Loader=SafeLoader):
        yield from document if isinstance(document, list) else [document]
