"""What keeps an old case, and the lists of those whose people are forgotten. Private: come in by selectors and services."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.applications.enums import Disposing

from .cases import Application
from .rectifying import Rectification


class Kept(models.Model):
    """暂缓处置：somebody keeps a case whole beyond its years, with the reason, until somebody lets it go."""

    application = models.ForeignKey(Application, verbose_name=_("申请"), on_delete=models.PROTECT, related_name="kept")
    reason = models.CharField(_("理由"), max_length=500)
    by = models.ForeignKey("accounts.User", verbose_name=_("办理人"), on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("日期"))
    lifted_by = models.ForeignKey(
        "accounts.User", verbose_name=_("解除人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_on = models.DateField(_("解除日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("暂缓处置")
        verbose_name_plural = _("暂缓处置")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("application",), condition=Q(lifted_on__isnull=True), name="kept_one_live_a_case"
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.on}"


class Disposal(models.Model):
    """处置单：cases of an organ whose years are over, proposed by one person, carried out by another."""

    organ = models.ForeignKey("organisations.Organ", verbose_name=_("机关"), on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("状态"), max_length=10, choices=Disposing.choices(), default=Disposing.PROPOSED.value)
    version = models.PositiveIntegerField(_("版本"), default=0)
    proposed_by = models.ForeignKey(
        "accounts.User", verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+"
    )
    proposed_on = models.DateField(_("提出日期"))
    decided_by = models.ForeignKey(
        "accounts.User", verbose_name=_("复核人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(_("复核日期"), null=True, blank=True)
    reason = models.CharField(_("不同意的理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("处置单")
        verbose_name_plural = _("处置单")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("organ",), condition=Q(state__in=("proposed", "carrying")), name="disposal_one_open_an_organ"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organ_id} {self.proposed_on}"


class Disposed(models.Model):
    """处置单上的一件：done, or left as it was with the reason; neither while it waits."""

    disposal = models.ForeignKey(Disposal, verbose_name=_("处置单"), on_delete=models.PROTECT, related_name="cases")
    application = models.ForeignKey(Application, verbose_name=_("申请"), on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(_("处置日期"), null=True, blank=True)
    left_because = models.CharField(_("未处置的原因"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("处置单上的申请")
        verbose_name_plural = _("处置单上的申请")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("disposal", "application"), name="disposed_once_a_list"),)

    def __str__(self) -> str:
        return f"{self.disposal_id} {self.application_id}"


class DisposedRectification(models.Model):
    """处置单上的更正要求：forgotten on a day, or waiting; nothing keeps one whole beyond its years."""

    disposal = models.ForeignKey(
        Disposal, verbose_name=_("处置单"), on_delete=models.PROTECT, related_name="rectifications"
    )
    rectification = models.ForeignKey(
        Rectification, verbose_name=_("更正要求"), on_delete=models.PROTECT, related_name="+"
    )
    done_on = models.DateField(_("处置日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("处置单上的更正要求")
        verbose_name_plural = _("处置单上的更正要求")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("disposal", "rectification"), name="rectification_disposed_once_a_list"),
        )

    def __str__(self) -> str:
        return f"{self.disposal_id} {self.rectification_id}"
