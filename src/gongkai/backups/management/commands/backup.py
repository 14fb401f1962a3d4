"""`gongkai backup`: database and files into one sealed file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.backups import services


class Command(BaseCommand):
    """Writes the backup while the program runs; whole or not at all."""

    help = "备份数据库和文件到一个加密的文件。Back database and files up into one sealed file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", type=Path, help="备份文件 the file to write")
        parser.add_argument("--key", type=Path, help="密钥文件，默认在数据文件夹中，首次使用时生成 the key's file")

    def handle(self, *args: Any, target: Path, key: Path | None, **options: Any) -> None:
        place = key or settings.DATA_DIR / "backup-key"
        try:
            report = services.back_up(target=target, key=services.key_of(place))
        except (services.Broken, services.CannotCopy, OSError) as error:
            raise CommandError(f"没有备份：{error}") from error
        self.stdout.write(
            f"已备份到 {target}：文件 {report.files} 个，共 {report.size:,} 字节，留痕 {report.rows} 行。\n"
            f"密钥在 {place}；请把它和个人信息的密钥另外保存，没有密钥，备份谁也打不开。\n"
            "Keep the key, and the keys of personal data, in another place: nobody opens a backup without them."
        )
        if report.lost:
            raise CommandError(
                f"备份已经写好，但有 {len(report.lost)} 个文件不在存储里或者已经损坏：{'、'.join(report.lost[:3])}。"
                "请从以前的备份找回。Saved, but contents of these files are lost: look for them in an older backup."
            )
