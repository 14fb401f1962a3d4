"""A table of drafts that somebody handed in at the desk, from its upload to what became of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.catalogue.enums import BatchState


class Batch(models.Model):
    """批量起草：looked over first, then taken in as drafts; its content is kept no longer than that takes."""

    by = models.ForeignKey("accounts.User", verbose_name=_("上传人"), on_delete=models.PROTECT, related_name="+")
    organs = models.JSONField(_("机关"), default=list)
    name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(_("文件摘要"), max_length=64)
    content = models.BinaryField(_("内容"), null=True)
    state = models.CharField(_("状态"), max_length=12, choices=BatchState.choices(), default=BatchState.WAITING.value)
    fault = models.CharField(_("读不了的原因"), max_length=300, blank=True)
    rows = models.PositiveIntegerField(_("行数"), default=0)
    new = models.PositiveIntegerField(_("新增"), default=0)
    changed = models.PositiveIntegerField(_("更新"), default=0)
    same = models.PositiveIntegerField(_("未变"), default=0)
    faulty = models.PositiveIntegerField(_("有错"), default=0)
    faults = models.JSONField(_("错误"), default=list)
    created_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    settled_at = models.DateTimeField(_("了结时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("批量起草")
        verbose_name_plural = _("批量起草")
        ordering = ("-pk",)
        indexes = (models.Index(fields=("by", "created_at"), name="batch_of_person"),)

    def __str__(self) -> str:
        return self.name
