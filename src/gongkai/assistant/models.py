"""The table of this context. Private: come in by selectors and services."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.privacy.fields import EncryptedTextField

from .enums import Ending


class Asked(models.Model):
    """起草建议：one question to the model and what came of it. `sent` and `answer` are masked, as they left and came."""

    application = models.ForeignKey(
        "applications.Application", verbose_name=_("申请"), on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey("accounts.User", verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("提出时间"))
    model = models.CharField(_("模型"), max_length=100)
    digest = models.CharField(_("所发内容的摘要"), max_length=64)
    sent = EncryptedTextField(_("所发的内容（已遮盖）"))
    ending = models.CharField(_("结果"), max_length=12, choices=Ending.choices(), default=Ending.ASKING.value)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    answer = EncryptedTextField(_("回答（已遮盖）"), blank=True)
    asked_tokens = models.PositiveIntegerField(_("提问的词元数"), default=0)
    answer_tokens = models.PositiveIntegerField(_("回答的词元数"), default=0)

    class Meta:
        verbose_name = _("起草建议")
        verbose_name_plural = _("起草建议")
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=("application", "ending"), name="asked_of_a_case"),
            models.Index(fields=("by", "at"), name="asked_by_a_person"),
            models.Index(fields=("ended_at",), name="asked_lately_ended"),
        )
        constraints = (
            models.CheckConstraint(
                name="asked_ended_or_not",
                condition=models.Q(ending=Ending.ASKING.value, ended_at__isnull=True)
                | (~models.Q(ending=Ending.ASKING.value) & models.Q(ended_at__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.ending}"
