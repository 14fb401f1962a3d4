"""Tables of this context: contents, kept once each, and files, which are uses of a content. Private."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .enums import Kind, Scan, Visibility


class Blob(models.Model):
    """A content, kept once however often it is uploaded. Its row is the lock that uploads and the sweeper share."""

    sha256 = models.CharField("SHA-256", max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField(_("大小"))
    scan = models.CharField(_("查毒"), max_length=12, choices=Scan.choices(), default=Scan.OFF.value)
    signature = models.CharField(_("病毒名称"), max_length=120, blank=True)
    previewed = models.BooleanField(_("已做预览"), default=False)
    created_at = models.DateTimeField(_("保存时间"), default=timezone.now)

    class Meta:
        verbose_name = _("内容")
        verbose_name_plural = _("内容")
        indexes = (
            models.Index(fields=("created_at",), name="blob_waiting", condition=models.Q(scan=Scan.WAITING.value)),
        )

    def __str__(self) -> str:
        return self.sha256[:12]


class File(models.Model):
    """文件：a content under a name, belonging to something (`owner_kind`, `owner_id`) of an organ."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    blob = models.ForeignKey(Blob, verbose_name=_("内容"), on_delete=models.PROTECT, related_name="files")
    name = models.CharField(_("名称"), max_length=200)
    kind = models.CharField(_("类型"), max_length=8, choices=Kind.choices())
    media_type = models.CharField(_("媒体类型"), max_length=120)
    size = models.PositiveBigIntegerField(_("大小"))
    owner_kind = models.CharField(_("所属类别"), max_length=40)
    owner_id = models.CharField(_("所属对象"), max_length=60, blank=True)
    organ = models.CharField(_("机关"), max_length=60, blank=True)
    visibility = models.CharField(
        _("公开属性"), max_length=12, choices=Visibility.choices(), default=Visibility.PRIVATE.value
    )
    released_from = models.ForeignKey(
        "self", verbose_name=_("来源文件"), on_delete=models.PROTECT, null=True, blank=True, related_name="releases"
    )
    metadata = models.JSONField(_("文件属性"), default=dict, blank=True)
    remains = models.JSONField(_("批注与修订"), default=dict, blank=True)
    signed = models.BooleanField(_("含电子签名"), default=False)
    pages = models.PositiveIntegerField(_("页数"), default=0)
    created_at = models.DateTimeField(_("上传时间"), default=timezone.now)
    created_by = models.CharField(_("上传人"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("文件")
        verbose_name_plural = _("文件")
        ordering = ("-created_at", "id")
        indexes = (models.Index(fields=("owner_kind", "owner_id"), name="file_by_owner"),)

    def __str__(self) -> str:
        return self.name

    @property
    def sha256(self) -> str:
        """The content's digest, hexadecimal."""
        return self.blob_id


class Preview(models.Model):
    """One page of a content as a picture, made once."""

    blob = models.ForeignKey(Blob, verbose_name=_("内容"), on_delete=models.CASCADE, related_name="previews")
    page = models.PositiveIntegerField(_("页"))
    width = models.PositiveIntegerField(_("宽"))
    height = models.PositiveIntegerField(_("高"))
    size = models.PositiveIntegerField(_("大小"))

    class Meta:
        verbose_name = _("预览")
        verbose_name_plural = _("预览")
        constraints = (models.UniqueConstraint(fields=("blob", "page"), name="preview_once"),)

    def __str__(self) -> str:
        return f"{self.blob_id[:12]} {self.page}"
