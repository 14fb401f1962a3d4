"""`gongkai gazette`: the files of an issue, whether a file is genuine, articles of what was released before."""

from __future__ import annotations

import hashlib
import io
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.audit.rules import SYSTEM
from gongkai.catalogue import selectors as library
from gongkai.gazette import printing, samples, selectors, services
from gongkai.gazette.models import Issue
from gongkai.gazette.rules.citing import parse
from gongkai.seals import selectors as seals
from gongkai.seals.enums import Verdict
from gongkai.seals.rules import Refused

UNREADABLE = 2


class Command(BaseCommand):
    """Builds, seals and verifies issues."""

    help = "政府公报：成品的制作、盖章和核验。The gazette: building, sealing and verifying its files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        build = acts.add_parser(
            "build", help="制作一期的网页、PDF 和 EPUB（the files of an issue, the same bytes each time）"
        )
        build.add_argument("issue", help="2025-2")
        build.add_argument("--into", type=Path, help="写到这个文件夹（a folder for the files）")
        seal = acts.add_parser("seal", help="为已出版的一期加盖电子印章（seal a published issue）")
        seal.add_argument("issue", help="2025-2")
        verify = acts.add_parser(
            "verify", help="核验一份公报文件，不用网络（whether a file is genuine, without a network）"
        )
        verify.add_argument("file", type=Path)
        verify.add_argument(
            "--ca", type=Path, help="只信任这个文件中的签发机构，不用数据库（without a database; a PDF）"
        )
        acts.add_parser("demo", help="示范公报，可以重复执行（sample issues; again without harm）")
        acts.add_parser("queue", help="把已经公开、属于正向清单的文件补入公报（articles of what was released before）")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        try:
            getattr(self, f"_{act}")(options)
        except Refused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"打不开文件 cannot open: {error}", returncode=2) from error

    def _build(self, options: dict[str, Any]) -> None:
        found = self._issue(options["issue"])
        frozen, same = selectors.printed(found), True
        for form in printing.FORMS:
            content = printing.build(frozen, form)
            digest = hashlib.sha256(content).hexdigest()
            as_published = digest == found.digests.get(form)
            same &= as_published
            self.stdout.write(
                f"{digest}  {frozen.slug}.{form}  {'与出版时一致 as published' if as_published else '不一致 differs'}"
            )
            if options["into"]:
                options["into"].mkdir(parents=True, exist_ok=True)
                (options["into"] / f"{frozen.slug}.{form}").write_bytes(content)
        if not same:
            raise CommandError(
                "与出版时不一致：排版程序或者字体变了。Typesetting or fonts have changed since.", returncode=1
            )

    def _seal(self, options: dict[str, Any]) -> None:
        code = services.seal(pk=self._issue(options["issue"]).pk, by=SYSTEM)
        self.stdout.write(f"核验码 code: {code}")

    def _verify(self, options: dict[str, Any]) -> None:
        content = options["file"].read_bytes()
        genuine, why = _signed(options["file"], options["ca"]) if options["ca"] else _known(content)
        self.stdout.write(f"{'真' if genuine else '伪'}：{why}")
        if not genuine:
            raise CommandError("不能认定为真实。This file is not genuine.", returncode=1)

    def _demo(self, options: dict[str, Any]) -> None:
        if settings.PRODUCTION:
            raise CommandError("示范公报不能载入正式环境。Sample issues are not for production.")
        self.stdout.write(f"出版示范公报 {samples.load(today=timezone.localdate())} 期 sample issues published")

    def _queue(self, options: dict[str, Any]) -> None:
        made = 0
        for pk, on in library.public().order_by("published_on", "pk").values_list("pk", "published_on"):
            made += bool(services.queue(item=pk, on=on or timezone.localdate()).column)
        self.stdout.write(f"属于正向清单的 {made} 份。{made} documents are articles.")

    def _issue(self, named: str) -> Issue:
        citation = parse(named)
        found = selectors.issue(citation.year, citation.issue) if citation else None
        if found is None:
            raise CommandError(
                f"没有已出版的“{named}”。请写成 2025-2。No published issue is called that.", returncode=2
            )
        return found


def _signed(file: Path, authorities: Path) -> tuple[bool, str]:
    """By the signature alone, as the seals' own command reads it."""
    told = io.StringIO()
    try:
        call_command("seals", "verify", str(file), ca=authorities, stdout=told)
    except CommandError as error:
        if error.returncode == UNREADABLE:
            raise
        return False, "没有完整、可信的电子印章"
    return True, "；".join(line for line in told.getvalue().splitlines() if line.startswith(("机关", "内容", "证书")))


def _known(content: bytes) -> tuple[bool, str]:
    """By the digests of the issues, or by the seal and what was remembered of it."""
    if known := selectors.by_digest(hashlib.sha256(content).hexdigest()):
        return True, f"与{known[0]}出版时的 {known[1].upper()} 一致"
    if not content.startswith(b"%PDF"):
        return False, "与任何一期出版时的文件都不一致"
    found, remembered = seals.examined(content)
    genuine = found.good and remembered.verdict in {Verdict.GENUINE, Verdict.REPLACED}
    return genuine, f"{found.organ}盖章，内容完整" if genuine else found.fault or "不是盖章时的文件"
