"""What leaves with a reply: looked through, let pass, blacked out. Private: come in by selectors and services."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .cases import Application


class Screened(models.Model):
    """发出前检查：what one file given with a reply would give away. Personal values stand in it masked only."""

    application = models.ForeignKey(
        Application, verbose_name=_("申请"), on_delete=models.PROTECT, related_name="screened"
    )
    file = models.UUIDField(_("文件"))
    sha256 = models.CharField("SHA-256", max_length=64)
    result = models.JSONField(_("检查结果"))
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("发出前检查")
        verbose_name_plural = _("发出前检查")
        constraints = (models.UniqueConstraint(fields=("application", "file"), name="screened_once"),)

    def __str__(self) -> str:
        return f"{self.application_id} {self.sha256[:12]}"


class LetPass(models.Model):
    """放行：somebody lets one finding leave, for one content, with the reason."""

    application = models.ForeignKey(
        Application, verbose_name=_("申请"), on_delete=models.PROTECT, related_name="let_pass"
    )
    sha256 = models.CharField("SHA-256", max_length=64)
    finding = models.CharField(_("检查意见"), max_length=24)
    by = models.ForeignKey("accounts.User", verbose_name=_("放行人"), on_delete=models.PROTECT, related_name="+")
    why = models.CharField(_("理由"), max_length=500)
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("放行")
        verbose_name_plural = _("放行")
        constraints = (models.UniqueConstraint(fields=("application", "sha256", "finding"), name="let_pass_once"),)

    def __str__(self) -> str:
        return f"{self.application_id} {self.finding}"


class Redaction(models.Model):
    """遮盖：a copy with boxes burnt in took the place of a file; which boxes, on which ground."""

    application = models.ForeignKey(
        Application, verbose_name=_("申请"), on_delete=models.PROTECT, related_name="redactions"
    )
    source = models.UUIDField(_("原文件"))
    result = models.UUIDField(_("遮盖后的文件"), unique=True)
    boxes = models.JSONField(_("遮盖框"))
    by = models.ForeignKey("accounts.User", verbose_name=_("遮盖人"), on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("日期"))

    class Meta:
        verbose_name = _("遮盖")
        verbose_name_plural = _("遮盖")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.application_id} {self.result}"
