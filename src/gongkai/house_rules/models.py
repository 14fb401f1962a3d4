"""The table of this context. Private: come in by selectors, services."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class HouseRule(models.Model):
    """本机关的规定：one decision about one number of the law; never changed, and withdrawn only before its first day."""

    name = models.CharField(_("参数"), max_length=80)
    serial = models.PositiveIntegerField(_("次序"))
    value = models.JSONField(_("值"))
    since = models.DateField(_("自何日起"))
    reason = models.CharField(_("理由"), max_length=300)
    decided_at = models.DateTimeField(_("设定时间"))
    decided_by = models.CharField(_("设定人"), max_length=60)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawn_by = models.CharField(_("撤回人"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("本机关的规定")
        verbose_name_plural = _("本机关的规定")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("name", "serial"), name="house_rule_one_after_another"),)

    def __str__(self) -> str:
        return f"{self.name} {self.serial}"
