"""`gongkai seals`: keys of the organs' seals, and whether a sealed PDF is genuine."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from gongkai.audit.rules import SYSTEM
from gongkai.organisations import selectors as organisations
from gongkai.seals import selectors, services
from gongkai.seals.enums import SignerKind, Verdict
from gongkai.seals.rules import Refused
from gongkai.seals.signing import certificates, choose, examine
from gongkai.seals.signing.examine import Examined
from gongkai.ui.site import site

SHOWN = 16  # figures of a fingerprint on the terminal: enough to name a key by


class Command(BaseCommand):
    """Makes, lists, renews, registers and revokes keys; verifies a file (0 genuine, 1 not)."""

    help = "电子印章：密钥的生成、查看、换发、登记、吊销，以及文件核验。Seals: keys, and verification of a file."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        init = acts.add_parser(
            "init", help="建立签发机构，为没有密钥的机关生成密钥 an authority, and keys for organs without"
        )
        init.add_argument(
            "organs", nargs="*", metavar="CODE", help="机关代码，不写为全部 organs; all when none is named"
        )
        _days(init)
        acts.add_parser("list", help="各机关的印章密钥 the keys")
        renew = acts.add_parser("renew", help="换发一个机关的密钥 a fresh key for an organ")
        renew.add_argument("organ", metavar="CODE")
        _days(renew)
        revoke = acts.add_parser("revoke", help="吊销一把密钥 stop a key for good")
        revoke.add_argument("fingerprint", help="指纹，或者它的开头 fingerprint, or its beginning")
        revoke.add_argument("--because", required=True, help="原因 why")
        register = acts.add_parser(
            "register", help="登记签章服务中密钥的证书 the certificate of a key in the signing service"
        )
        register.add_argument("organ", metavar="CODE")
        register.add_argument("certificate", type=Path)
        register.add_argument("--handle", default="", help="签章服务中的名称 what the service calls the key")
        trust = acts.add_parser("trust", help="登记别处的签发机构 trust an authority from elsewhere")
        trust.add_argument("certificate", type=Path)
        acts.add_parser("ca", help="输出本系统签发机构的证书 print our authority's certificate")
        verify = acts.add_parser("verify", help="核验一份 PDF verify a PDF")
        verify.add_argument("file", type=Path)
        verify.add_argument(
            "--ca", type=Path, help="只信任这个文件中的签发机构，不用数据库 trust these alone, without a database"
        )
        verify.add_argument("--json", action="store_true", help="以 JSON 输出 print JSON")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        try:
            getattr(self, f"_{act}")(options)
        except Refused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"打不开文件 cannot open: {error}", returncode=2) from error

    def _init(self, options: dict[str, Any]) -> None:
        signer = choose.kind()
        if signer is SignerKind.REMOTE:
            self.stdout.write("签名方式是签章服务，密钥不在本系统。用 gongkai seals trust 和 register 登记证书。")
            return
        authority, made = services.found_authority(name=f"{site().name}签发机构", by=SYSTEM)
        self.stdout.write(f"签发机构 {authority.fingerprint[:SHOWN]} {'已建立 made' if made else '已有 there already'}")
        today = timezone.localdate()
        codes = options["organs"] or [organ.code for organ in organisations.organs(on=today)]
        count = sum(
            services.make_key(organ_code=code, signer=signer, by=SYSTEM, days=options["days"])[1] for code in codes
        )
        self.stdout.write(f"为 {count} 个机关生成了密钥，{len(codes) - count} 个已有。{count} keys made.")

    def _list(self, options: dict[str, Any]) -> None:
        for line in selectors.key_lines():
            key = line.key
            until = timezone.localtime(key.valid_until).date()
            renew = "，请尽快换发 renew soon" if line.renew else ""
            self.stdout.write(
                f"{key.fingerprint[:SHOWN]}  {key.organ.code:<24}  {key.signer:<6}  至 {until}  {line.state.label}{renew}"
            )

    def _renew(self, options: dict[str, Any]) -> None:
        key = services.renew(organ_code=options["organ"], signer=choose.kind(), by=SYSTEM, days=options["days"])
        self.stdout.write(f"已换发，新密钥 {key.fingerprint[:SHOWN]}；用旧密钥盖的章照样可以核验。Renewed.")

    def _revoke(self, options: dict[str, Any]) -> None:
        key = services.revoke(fingerprint=options["fingerprint"], because=options["because"], by=SYSTEM)
        self.stdout.write(
            f"密钥 {key.fingerprint[:SHOWN]} 已吊销。请运行 gongkai seals renew {key.organ.code} 换发。Revoked."
        )

    def _register(self, options: dict[str, Any]) -> None:
        content = options["certificate"].read_bytes()
        key = services.register(
            organ_code=options["organ"], content=content, handle=options["handle"], signer=choose.kind(), by=SYSTEM
        )
        self.stdout.write(f"已登记 {key.fingerprint[:SHOWN]}。Registered.")

    def _trust(self, options: dict[str, Any]) -> None:
        authority = services.trust(content=options["certificate"].read_bytes(), by=SYSTEM)
        self.stdout.write(f"已信任 {authority.name}（{authority.fingerprint[:SHOWN]}）。Trusted.")

    def _ca(self, options: dict[str, Any]) -> None:
        authority = selectors.own_authority()
        if authority is None:
            raise CommandError("还没有签发机构。请先运行 gongkai seals init。There is no authority yet.")
        self.stdout.write(authority.certificate, ending="")

    def _verify(self, options: dict[str, Any]) -> None:
        content = options["file"].read_bytes()
        if options["ca"]:
            try:
                roots = certificates.from_text(options["ca"].read_bytes())
            except ValueError as error:
                raise CommandError(f"{options['ca']} 里没有证书 / holds no certificate", returncode=2) from error
            found, remembered = examine.examine(content, roots=roots), None
        else:
            found, remembered = selectors.examined(content)
        genuine = found.good and (remembered is None or remembered.verdict in {Verdict.GENUINE, Verdict.REPLACED})
        if options["json"]:
            self.stdout.write(json.dumps(_as_data(found, remembered, genuine), ensure_ascii=False))
        else:
            self._tell(found, remembered)
        if not genuine:
            raise CommandError("不能认定为真实。This paper is not genuine.", returncode=1)

    def _tell(self, found: Examined, remembered: selectors.Answer | None) -> None:
        """What was found, line by line."""
        self.stdout.write(f"内容：{'完整 intact' if found.intact else '不完整 not intact'}")
        self.stdout.write(f"证书：{'受信任 trusted' if found.trusted else '不受信任 not trusted'}")
        if found.sealed:
            self.stdout.write(f"机关：{found.organ}（{found.organ_code}）")
            self.stdout.write(
                f"文件自称的盖章时间 the file says: {timezone.localtime(found.signed_at):%Y-%m-%d %H:%M:%S}"
            )
        if found.fault:
            self.stdout.write(found.fault)
        if remembered is not None:
            self.stdout.write(f"登记：{remembered.verdict.label}")
        if remembered is not None and remembered.paper is not None:
            paper = remembered.paper
            self.stdout.write(
                f"文号 {paper.number}，第 {paper.version} 版，{timezone.localtime(paper.sealed_at):%Y-%m-%d %H:%M:%S}"
            )


def _days(parser: ArgumentParser) -> None:
    parser.add_argument("--days", type=int, default=services.DAYS, help="证书有效天数 days that the certificate holds")


def _as_data(found: Examined, remembered: selectors.Answer | None, genuine: bool) -> dict[str, Any]:
    data = asdict(found) | {"genuine": genuine}
    data["signed_at"] = found.signed_at.isoformat() if found.signed_at else None
    if remembered is not None:
        data["verdict"] = remembered.verdict.value
        data["number"] = remembered.paper.number if remembered.paper else None
    return data
