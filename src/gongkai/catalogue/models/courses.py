"""The way of an item to its release: what passed, and who released it through which channel."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.catalogue.enums import Review

from .items import Item


class Pass(models.Model):
    """审查意见：one review passed in this round; a return begins a new round."""

    item = models.ForeignKey(Item, verbose_name=_("条目"), on_delete=models.CASCADE, related_name="passes")
    review = models.CharField(_("审查"), max_length=16, choices=Review.choices())
    opinion = models.CharField(_("意见"), max_length=1000, blank=True)
    digest = models.CharField(_("所审内容的摘要"), max_length=64)
    by = models.ForeignKey("accounts.User", verbose_name=_("审查人"), on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("日期"))

    class Meta:
        verbose_name = _("审查意见")
        verbose_name_plural = _("审查意见")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.item_id} {self.review}"


class Course(models.Model):
    """办理信息：what belongs to the making of one item and is nobody's business outside."""

    item = models.OneToOneField(Item, verbose_name=_("条目"), on_delete=models.CASCADE, related_name="course")
    approved_by = models.ForeignKey(
        "accounts.User", verbose_name=_("审核人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    released_by = models.ForeignKey(
        "accounts.User", verbose_name=_("发布人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    scheduled_at = models.DateTimeField(_("定时发布"), null=True, blank=True, db_index=True)
    scheduled_by = models.ForeignKey(
        "accounts.User", verbose_name=_("定时人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    remark = models.CharField(_("退回意见"), max_length=1000, blank=True)
    exempt_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("免于解读签署人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    exempt_reason = models.CharField(_("免于解读的理由"), max_length=1000, blank=True)
    overridden = models.JSONField(_("放行的疑点"), default=list, blank=True)
    forced_by = models.ForeignKey(
        "accounts.User", verbose_name=_("特批提请人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    forced_reason = models.CharField(_("特批的理由"), max_length=1000, blank=True)
    pending = models.JSONField(_("提出的修订"), default=dict, blank=True)
    pending_by = models.ForeignKey(
        "accounts.User", verbose_name=_("修订提出人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    pending_since = models.DateField(_("变更之日"), null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("办理信息")
        verbose_name_plural = _("办理信息")

    def __str__(self) -> str:
        return str(self.item_id)
