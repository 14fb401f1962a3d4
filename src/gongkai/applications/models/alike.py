"""What finds applications that want the same. Private: come in by selectors and services."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .cases import Application


class Band(models.Model):
    """相似检索：one band of what an application wants; alike applications share one. It tells nothing of the text."""

    application = models.ForeignKey(Application, verbose_name=_("申请"), on_delete=models.CASCADE, related_name="bands")
    place = models.PositiveSmallIntegerField(_("位次"))
    value = models.IntegerField(_("值"))

    class Meta:
        verbose_name = _("相似检索")
        verbose_name_plural = _("相似检索")
        indexes = (models.Index(fields=("value", "place", "application"), name="band_lookup"),)
        constraints = (models.UniqueConstraint(fields=("application", "place"), name="band_once"),)

    def __str__(self) -> str:
        return f"{self.application_id} {self.place}"
