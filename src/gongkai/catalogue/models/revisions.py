"""What an item was, and what the public was told of its changes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.catalogue.enums import ChangeKind, Size

from .items import Item


class Revision(models.Model):
    """修订：the whole item at one moment. The public reads the public ones; the chief compares with the last."""

    item = models.ForeignKey(Item, verbose_name=_("条目"), on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("序号"))
    public = models.BooleanField(_("公开"), default=False)
    size = models.CharField(_("大小"), max_length=8, choices=Size.choices(), default=Size.MAJOR.value)
    note = models.CharField(_("修订说明"), max_length=1000, blank=True)
    snapshot = models.JSONField(_("内容"))
    anchors = models.JSONField(_("段落锚点"), default=list, blank=True)
    made_on = models.DateField(_("日期"))
    made_by = models.ForeignKey(
        "accounts.User", verbose_name=_("办理人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("修订")
        verbose_name_plural = _("修订")
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("item", "number"), name="revision_once"),)

    def __str__(self) -> str:
        return f"{self.item_id} {self.number}"


class Change(models.Model):
    """变更记录：one line of the public history; never changed, never taken away."""

    item = models.ForeignKey(Item, verbose_name=_("条目"), on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(_("种类"), max_length=16, choices=ChangeKind.choices())
    on = models.DateField(_("日期"))
    text = models.CharField(_("说明"), max_length=1200)
    before = models.CharField(_("此前"), max_length=20, blank=True)
    after = models.CharField(_("此后"), max_length=20, blank=True)
    revision = models.PositiveIntegerField(_("修订序号"), null=True, blank=True)
    since = models.DateField(_("变更之日"), null=True, blank=True)
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("变更记录")
        verbose_name_plural = _("变更记录")
        ordering = ("-on", "-pk")
        indexes = (models.Index(fields=("kind", "on"), name="change_of_kind"),)

    def __str__(self) -> str:
        return self.text
