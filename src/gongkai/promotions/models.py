"""Tables of this context. Private: come in by selectors and services."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .enums import LIVE, State


class Promotion(models.Model):
    """转主动公开 (art. 44)：what the answer to one application gave, for everybody. Nothing in it tells who applied."""

    application = models.ForeignKey(
        "applications.Application", verbose_name=_("申请"), on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(_("提交标识"), max_length=64, unique=True)
    title = models.CharField(_("信息名称"), max_length=200)
    summary = models.TextField(_("内容概述"))
    reason = models.TextField(_("转为主动公开的理由"))
    proposed_by = models.ForeignKey(
        "accounts.User", verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+"
    )
    proposed_on = models.DateField(_("提出之日"))
    state = models.CharField(_("状态"), max_length=12, choices=State.choices(), default=State.PROPOSED.value)
    version = models.PositiveIntegerField(_("版本"), default=0)
    decided_by = models.ForeignKey(
        "accounts.User", verbose_name=_("审查人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(_("审查之日"), null=True, blank=True)
    opinion = models.CharField(_("审查意见"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("转主动公开")
        verbose_name_plural = _("转主动公开")
        ordering = ("-proposed_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("application",), condition=Q(state__in=LIVE), name="promotion_one_live_a_case"
            ),
        )

    def __str__(self) -> str:
        return self.title
