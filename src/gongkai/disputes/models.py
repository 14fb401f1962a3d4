"""Tables of this context. Private: come in by selectors and services. Who represents the organ is encrypted at rest."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.privacy.fields import EncryptedTextField

from .enums import Cause, Kind, Procedure, Result, State


class Dispute(models.Model):
    """行政复议、行政诉讼案件：one attack on one reply (or on silence), before one authority or court (art. 51)."""

    application = models.ForeignKey(
        "applications.Application", verbose_name=_("申请"), on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(_("提交标识"), max_length=64, unique=True)
    kind = models.CharField(_("案件类型"), max_length=40, choices=Kind.choices())
    follows = models.ForeignKey(
        "self",
        verbose_name=_("先前的复议"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followed_by",
    )
    authority = models.CharField(_("复议机关或者法院"), max_length=100)
    cause = models.CharField(_("争议原因"), max_length=20, choices=Cause.choices())
    claim = models.TextField(_("请求事项和理由"), blank=True)
    filed_on = models.DateField(_("申请或者起诉之日"))
    opened_by = models.ForeignKey("accounts.User", verbose_name=_("登记人"), on_delete=models.PROTECT, related_name="+")

    state = models.CharField(_("状态"), max_length=12, choices=State.choices(), default=State.OPENED.value)
    version = models.PositiveIntegerField(_("版本"), default=0)
    number = models.CharField(_("案号"), max_length=80, blank=True)
    procedure = models.CharField(_("审理程序"), max_length=10, choices=Procedure.choices(), blank=True)
    accepted_on = models.DateField(_("受理之日"), null=True, blank=True)
    copy_on = models.DateField(_("收到副本之日"), null=True, blank=True)
    answer_due_on = models.DateField(_("答复（答辩）截止日"), null=True, blank=True)
    answered_on = models.DateField(_("答复（答辩）之日"), null=True, blank=True)
    representative = EncryptedTextField(_("代理人"), max_length=200, blank=True)

    result = models.CharField(_("结果"), max_length=16, choices=Result.choices(), blank=True)
    result_on = models.DateField(_("决定或者判决之日"), null=True, blank=True)
    told_on = models.DateField(_("收到决定或者判决之日"), null=True, blank=True)
    reply_within = models.PositiveSmallIntegerField(_("责令重新答复的工作日数"), null=True, blank=True)
    lesson = models.TextField(_("经验教训"), blank=True)
    redone_on = models.DateField(_("重新处理之日"), null=True, blank=True)

    class Meta:
        verbose_name = _("行政复议与行政诉讼")
        verbose_name_plural = _("行政复议与行政诉讼")
        ordering = ("-filed_on", "-pk")
        indexes = (models.Index(fields=("state", "answer_due_on"), name="dispute_queue"),)
        constraints = (
            models.CheckConstraint(
                name="dispute_concluded_has_result",
                condition=~Q(state=State.CONCLUDED.value) | (Q(result_on__isnull=False) & ~Q(result="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.number or self.pk}"


class Stage(models.Model):
    """进展：what happened in a dispute, on which day."""

    dispute = models.ForeignKey(Dispute, verbose_name=_("案件"), on_delete=models.PROTECT, related_name="stages")
    on = models.DateField(_("日期"))
    note = models.CharField(_("内容"), max_length=1000)
    by = models.ForeignKey("accounts.User", verbose_name=_("记录人"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("记录时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("进展")
        verbose_name_plural = _("进展")
        ordering = ("on", "pk")

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.on}"
