"""Tables of this context: what the index still has to take in. Private: come in by selectors and services."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Pending(models.Model):
    """待编入索引：an entry that changed, written in the transaction of the change."""

    source = models.CharField(_("来源"), max_length=30)
    key = models.CharField(_("条目"), max_length=120)
    tries = models.PositiveSmallIntegerField(_("已试次数"), default=0)
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("待编入索引")
        verbose_name_plural = _("待编入索引")
        ordering = ("tries", "pk")
        indexes = (models.Index(fields=("tries", "id"), name="pending_in_turn"),)

    def __str__(self) -> str:
        return f"{self.source}:{self.key}"


class SourceState(models.Model):
    """来源的版本：which version of a source's data the index was made from."""

    source = models.CharField(_("来源"), max_length=30, unique=True)
    version = models.CharField(_("版本"), max_length=80)

    class Meta:
        verbose_name = _("来源的版本")
        verbose_name_plural = _("来源的版本")

    def __str__(self) -> str:
        return f"{self.source} {self.version}"
