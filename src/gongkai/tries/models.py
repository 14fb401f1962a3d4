"""The table of this context. Private: come in by services."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Guesses(models.Model):
    """失败计数：failures in a row of one kind, at one address or name, which stands here as a blind digest only."""

    kind = models.CharField(_("类别"), max_length=40)
    whose = models.CharField(_("对象摘要"), max_length=64)
    failures = models.PositiveIntegerField(_("连续失败次数"), default=0)
    last_at = models.DateTimeField(_("最近一次"), db_index=True)
    locked_until = models.DateTimeField(_("锁定至"), null=True, blank=True)

    class Meta:
        verbose_name = _("尝试计数")
        verbose_name_plural = _("尝试计数")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("kind", "whose"), name="guesses_once_per_object"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.failures}"
