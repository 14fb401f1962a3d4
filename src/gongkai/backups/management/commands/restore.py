"""`gongkai restore`: a backup into an empty place, proved by the audit chain."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.backups import services


class Command(BaseCommand):
    """Restores into an empty database and data folder; never over anything."""

    help = "把备份恢复到空的地方，并以留痕链验证。Restore a backup into an empty place, and prove it."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, help="备份文件 the backup")
        parser.add_argument("--key", type=Path, help="密钥文件 the key's file")

    def handle(self, *args: Any, source: Path, key: Path | None, **options: Any) -> None:
        place = key or settings.DATA_DIR / "backup-key"
        if not source.is_file():
            raise CommandError(f"没有这个文件：{source}。no such file.", returncode=2)
        if not place.is_file():
            raise CommandError(f"没有密钥文件 {place}。请用 --key 指定。Name the key with --key.", returncode=2)
        try:
            report = services.restore(source=source, key=services.key_of(place))
        except (services.Broken, services.CannotCopy, services.NotEmpty, OSError) as error:
            raise CommandError(f"没有恢复：{error}") from error
        self.stdout.write(
            f"已恢复 {report.taken_at:%Y-%m-%d %H:%M} 的备份：文件 {report.files} 个，留痕 {report.rows} 行，链完整。\n"
            "下一步 next: gongkai manage migrate"
        )
        if report.lost:
            self.stderr.write(f"备份时就缺少的文件 lost before the backup: {'、'.join(report.lost)}")
        if report.keys_missing:
            self.stderr.write(
                f"这里没有备份时的个人信息密钥 {'、'.join(report.keys_missing)}，用它们加密的姓名、号码等打不开。"
                "请把密钥放回 GONGKAI_FIELD_KEYS（演示为数据文件夹中的 field-keys），再运行 gongkai keys status。\n"
                "Keys of personal data are missing here: put them back, then run gongkai keys status."
            )
