"""The one table of this context: submissions that have been acted on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Performed(models.Model):
    """An act done under a submission's key; the constraint lets a submission act once, however often it arrives."""

    key = models.CharField(_("提交标识"), max_length=64)
    flow = models.CharField(_("流程"), max_length=60)
    object_id = models.CharField(_("对象"), max_length=80)
    act = models.CharField(_("行为"), max_length=60)
    actor = models.CharField(_("行为人"), max_length=60)
    version = models.PositiveIntegerField(_("办理后的版本"))
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("已办行为")
        verbose_name_plural = _("已办行为")
        constraints = (models.UniqueConstraint(fields=("flow", "key"), name="performed_once"),)
        indexes = (models.Index(fields=("flow", "object_id"), name="performed_on_object"),)

    def __str__(self) -> str:
        return f"{self.flow} {self.object_id} {self.act}"
