"""`gongkai search`: ask the index, prove it, make it anew, or make one of outside data."""

from __future__ import annotations

import argparse
import json
import time
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from gongkai.search import outside, selectors, services, wording
from gongkai.search.engine import Busy, NotReady
from gongkai.search.enums import Sort
from gongkai.search.rules.ask import Ask
from gongkai.search.rules.query import FACETS
from gongkai.search.selectors import Answer

SHOWN = 20  # of what does not agree
PATIENCE = 0.5  # seconds between looks whether the indexer has made the new index


class Command(BaseCommand):
    help = "搜索索引：查询、核对、重建，或者从外部数据建立。"

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        query = acts.add_parser("query", help=_("像搜索页面一样查询"))
        query.add_argument("words", nargs="*")
        query.add_argument("--in", dest="folder", type=Path, help=_("外部数据的索引所在文件夹"))
        for facet in FACETS:
            query.add_argument(f"--{facet}", action="append", default=[])
        query.add_argument("--since", type=_day, default="")
        query.add_argument("--until", type=_day, default="")
        query.add_argument("--sort", choices=list(Sort), default=Sort.RELEVANCE.value)
        query.add_argument("--page", type=int, default=1)
        query.add_argument("--page-size", type=int, default=10)
        query.add_argument("--json", action="store_true")
        acts.add_parser("verify", help=_("核对索引与数据库是否一致")).add_argument("--json", action="store_true")
        acts.add_parser("rebuild", help=_("重建索引，建好后替换旧索引"))
        index = acts.add_parser("index", help=_("从外部数据建立索引，一行一个 JSON 对象"))
        index.add_argument("--from", dest="file", type=Path, required=True)
        index.add_argument("--into", dest="folder", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['act']}")(options)
        except NotReady as error:
            raise CommandError(
                _(
                    "没有可用的索引，或者搜索集群没有应答。请运行 gongkai search rebuild；外部数据请运行 gongkai search index。"
                )
            ) from error
        except Busy as error:
            raise CommandError(_("另一个程序正在写这个索引，请稍后再试。")) from error

    def _query(self, options: dict[str, Any]) -> None:
        ask = Ask(
            " ".join(options["words"]),
            {name: tuple(options[name]) for name in FACETS},
            options["since"],
            options["until"],
            Sort(options["sort"]),
            options["page"],
            options["page_size"],
        )
        engine = outside.engine_in(options["folder"]) if options["folder"] else None
        answer = selectors.find(ask, engine=engine, entries=engine.kept) if engine else selectors.find(ask)
        if options["json"]:
            self.stdout.write(json.dumps(_as_object(answer), ensure_ascii=False))
            return
        self.stdout.write(_("%(count)d 条，%(ms)s 毫秒") % {"count": answer.count, "ms": answer.took_ms})
        for note in answer.notes:
            self.stdout.write(note)
        for number, hit in enumerate(answer.results, start=ask.offset + 1):
            self.stdout.write(f"{number}. {hit.entry.title}  {hit.entry.document_number}  {hit.entry.url}")
            self.stdout.write(f"   {'，'.join(hit.why)}")
        for found in answer.suggestions:
            self.stdout.write(_("您是不是要找：%(text)s（%(count)d 条）") % {"text": found.text, "count": found.count})

    def _verify(self, options: dict[str, Any]) -> None:
        found = services.verify()
        told = {"missing": found.missing, "extra": found.extra, "stale": found.stale}
        if options["json"]:
            counts = {name: len(ids) for name, ids in told.items()}
            self.stdout.write(
                json.dumps({"entries": found.entries, "waiting": found.waiting, **counts, "equal": found.equal})
            )
        else:
            for name, ids in told.items():
                self.stdout.writelines(f"{name}: {told_id}" for told_id in ids[:SHOWN])
            self.stdout.write(
                _("数据库 %(entries)d 条；索引缺 %(missing)d，多 %(extra)d，旧 %(stale)d；待编入 %(waiting)d")
                % {"entries": found.entries, "waiting": found.waiting, **{name: len(ids) for name, ids in told.items()}}
            )
        if not found.equal:
            raise CommandError(
                _("索引与数据库不一致。待编入的由索引程序编入；其余请运行 gongkai search rebuild。"), returncode=1
            )

    def _rebuild(self, options: dict[str, Any]) -> None:
        """By itself, or by the indexer where one runs."""
        begun = time.monotonic()
        try:
            count = services.rebuild()
        except Busy:
            services.ask_for_rebuild()
            self.stdout.write(_("索引程序正在运行，由它重建……"))
            while services.must_rebuild():
                time.sleep(PATIENCE)
            self.stdout.write(_("已重建。"))
            return
        self.stdout.write(
            _("已重建：%(count)d 条，%(seconds).1f 秒") % {"count": count, "seconds": time.monotonic() - begun}
        )

    def _index(self, options: dict[str, Any]) -> None:
        begun = time.monotonic()
        try:
            with options["file"].open("rb") as file:
                made = outside.index_file(file, options["folder"])
        except OSError as error:
            raise CommandError(_("读不了文件：%(why)s") % {"why": error}) from error
        except outside.UnfitLine as error:
            raise CommandError(wording.unfit(error.number, error.why)) from error
        except outside.NoEntries as error:
            raise CommandError(wording.no_entries()) from error
        seconds = time.monotonic() - begun
        self.stdout.write(
            _("%(count)d 条，%(seconds).1f 秒，每秒 %(rate)d 条")
            % {"count": made.entries, "seconds": seconds, "rate": made.entries / max(seconds, 0.001)}
        )
        if made.again:
            self.stdout.write(_("有 %(count)d 行的 id 在后面又出现，以最后一行为准。") % {"count": made.again})


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat() if text.strip() else ""
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("日期请写成 2023-05-08 的样子")) from error


def _as_object(answer: Answer) -> dict[str, Any]:
    return {
        "count": answer.count,
        "took_ms": answer.took_ms,
        "facets": {name: {one.value: one.count for one in values} for name, values in answer.facets.items()},
        "results": [
            {"id": hit.entry.id, "title": hit.entry.title, "url": hit.entry.url, "why": list(hit.why)}
            for hit in answer.results
        ],
        "suggestions": [found.text for found in answer.suggestions],
        "notes": list(answer.notes),
    }
