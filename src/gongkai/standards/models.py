"""Tables of this context. Private: come in by selectors and services."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .enums import Proof


class Catalogue(models.Model):
    """标准目录：what one organ publishes in one area."""

    organ = models.ForeignKey("organisations.Organ", verbose_name=_("机关"), on_delete=models.PROTECT, related_name="+")
    area = models.CharField(_("领域"), max_length=40)
    adopted_on = models.DateField(_("编制之日"))

    class Meta:
        verbose_name = _("标准目录")
        verbose_name_plural = _("标准目录")
        ordering = ("area", "organ__order", "pk")
        constraints = (models.UniqueConstraint(fields=("organ", "area"), name="catalogue_one_an_area"),)

    def __str__(self) -> str:
        return f"{self.organ_id} {self.area}"


class Row(models.Model):
    """目录中的一行：one matter. Its proof follows from what is published; nobody writes it."""

    catalogue = models.ForeignKey(Catalogue, verbose_name=_("目录"), on_delete=models.PROTECT, related_name="rows")
    position = models.PositiveSmallIntegerField(_("序号"))
    matter = models.CharField(_("一级事项"), max_length=100)
    sub_matter = models.CharField(_("二级事项"), max_length=200, blank=True)
    contents = models.TextField(_("公开内容（要素）"))
    basis = models.TextField(_("公开依据"), blank=True)
    time_limit = models.CharField(_("公开时限"), max_length=500)
    organ = models.CharField(_("公开主体"), max_length=200, blank=True)
    carriers = models.JSONField(_("公开渠道和载体"), default=list, blank=True)
    audience = models.JSONField(_("公开对象"), default=list, blank=True)
    ways = models.JSONField(_("公开方式"), default=list)
    tiers = models.JSONField(_("公开层级"), default=list, blank=True)
    months = models.PositiveSmallIntegerField(_("更新周期（月）"), null=True, blank=True)
    proof = models.CharField(_("状态"), max_length=12, choices=Proof.choices(), default=Proof.RED.value)
    why = models.CharField(_("状态的理由"), max_length=400, blank=True)
    last_on = models.DateField(_("最近公开之日"), null=True, blank=True)
    next_on = models.DateField(_("下次更新之日"), null=True, blank=True)
    ended_on = models.DateField(_("移出目录之日"), null=True, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=0)

    class Meta:
        verbose_name = _("目录中的一行")
        verbose_name_plural = _("目录中的一行")
        ordering = ("catalogue", "position", "pk")
        indexes = (models.Index(fields=("catalogue", "ended_on", "proof"), name="standards_row_proof"),)
        constraints = (
            models.UniqueConstraint(fields=("catalogue", "matter", "sub_matter"), name="standards_row_once"),
        )

    def __str__(self) -> str:
        return self.sub_matter or self.matter


class Evidence(models.Model):
    """挂接：an item of the library that somebody put forward for a row."""

    row = models.ForeignKey(Row, verbose_name=_("目录中的一行"), on_delete=models.PROTECT, related_name="evidence")
    item = models.ForeignKey("catalogue.Item", verbose_name=_("条目"), on_delete=models.PROTECT, related_name="+")
    linked_on = models.DateField(_("挂接之日"))

    class Meta:
        verbose_name = _("挂接")
        verbose_name_plural = _("挂接")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("row", "item"), name="evidence_once"),)

    def __str__(self) -> str:
        return f"{self.row_id} {self.item_id}"
