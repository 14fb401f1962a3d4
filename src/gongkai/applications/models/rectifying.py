"""Requests to put right what an organ has on record about somebody (art. 41)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.applications.enums import Identity
from gongkai.privacy.fields import EncryptedTextField


class Rectification(models.Model):
    """更正要求 (art. 41)：somebody says that a record about himself or herself is wrong; encrypted but for the organ."""

    number = models.CharField(_("编号"), max_length=40, unique=True)
    code_digest = models.CharField(_("查询码摘要"), max_length=64)
    key = models.CharField(_("提交标识"), max_length=64, unique=True)
    organ = models.ForeignKey("organisations.Organ", verbose_name=_("机关"), on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField(_("收到之日"))
    name = EncryptedTextField(_("姓名或者名称"), max_length=100)
    identity_kind = models.CharField(_("证件类型"), max_length=24, choices=Identity.choices())
    identity_number = EncryptedTextField(_("证件号码"), max_length=40)
    identity_digest = models.CharField(_("证件号码摘要"), max_length=64, db_index=True)
    phone = EncryptedTextField(_("联系电话"), max_length=30)
    email = EncryptedTextField(_("电子邮箱"), max_length=200, blank=True)
    record = EncryptedTextField(_("哪一条记录"), max_length=2000)
    wrong = EncryptedTextField(_("哪里不准确、应当怎样"), max_length=2000)
    state = models.CharField(_("状态"), max_length=16, default="submitted")
    version = models.PositiveIntegerField(_("版本"), default=0)
    due_on = models.DateField(_("最迟答复日"))
    paper = models.CharField(_("答复"), max_length=40, blank=True)
    contents = EncryptedTextField(_("答复内容"), max_length=4000, blank=True)
    letter_number = models.CharField(_("文号"), max_length=60, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    forgotten_on = models.DateField(_("个人信息处置日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("更正要求")
        verbose_name_plural = _("更正要求")
        ordering = ("due_on", "pk")
        indexes = (models.Index(fields=("organ", "state", "due_on"), name="rectification_queue"),)
        constraints = (
            models.CheckConstraint(
                name="rectification_answered_has_paper",
                condition=~Q(state="answered") | (Q(answered_on__isnull=False) & ~Q(paper="")),
            ),
        )

    def __str__(self) -> str:
        return self.number
