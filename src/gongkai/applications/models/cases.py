"""A case, what happened to it, and the numbers given. Private: come in by selectors and services."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.applications.enums import DECIDED, ENDED, NOT_RUNNING, Delivery, Form, Identity, State
from gongkai.deadlines.enums import Channel
from gongkai.organisations.enums import ApplicantKind
from gongkai.privacy.fields import EncryptedTextField


class Serial(models.Model):
    """流水号：the last number given for an organ and year; its row is the lock."""

    organ = models.CharField(_("机关"), max_length=60)
    year = models.PositiveSmallIntegerField(_("年度"))
    purpose = models.CharField(_("用途"), max_length=12)
    last = models.PositiveIntegerField(_("末号"), default=0)

    class Meta:
        verbose_name = _("流水号")
        verbose_name_plural = _("流水号")
        constraints = (models.UniqueConstraint(fields=("organ", "year", "purpose"), name="serial_one_row"),)

    def __str__(self) -> str:
        return f"{self.organ} {self.year} {self.purpose} {self.last}"


class Application(models.Model):
    """政府信息公开申请：one applicant asks one organ for one thing (art. 27, 29)."""

    number = models.CharField(_("申请编号"), max_length=40, unique=True)
    code_digest = models.CharField(_("查询码摘要"), max_length=64)
    key = models.CharField(_("提交标识"), max_length=64, unique=True)
    organ = models.ForeignKey("organisations.Organ", verbose_name=_("机关"), on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(_("申请渠道"), max_length=20, choices=Channel.choices())
    submitted_at = models.DateTimeField(_("提交时间"))
    received_on = models.DateField(_("收到申请之日"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("录入时间"), default=timezone.now)

    applicant_kind = models.CharField(_("申请人类别"), max_length=32, choices=ApplicantKind.choices())
    applicant_name = EncryptedTextField(_("申请人姓名或者名称"), max_length=100)
    identity_kind = models.CharField(_("证件类型"), max_length=24, choices=Identity.choices())
    identity_number = EncryptedTextField(_("证件号码"), max_length=40)
    identity_digest = models.CharField(_("证件号码摘要"), max_length=64, db_index=True)
    phone = EncryptedTextField(_("联系电话"), max_length=30)
    email = EncryptedTextField(_("电子邮箱"), max_length=200, blank=True)
    email_digest = models.CharField(_("电子邮箱摘要"), max_length=64, blank=True, db_index=True)
    address = EncryptedTextField(_("联系地址"), max_length=200, blank=True)

    description = models.TextField(_("所需信息的名称、文号或者其他特征性描述"))
    form = models.CharField(_("获取信息的方式"), max_length=16, choices=Form.choices())
    delivery = models.CharField(_("获取信息的途径"), max_length=16, choices=Delivery.choices())

    state = models.CharField(_("状态"), max_length=16, choices=State.choices(), default=State.SUBMITTED.value)
    version = models.PositiveIntegerField(_("版本"), default=0)
    handler = models.ForeignKey(
        "accounts.User", verbose_name=_("承办人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(_("最迟答复日"), null=True, blank=True)
    due_provisional = models.BooleanField(_("期限暂定"), default=False)
    next_on = models.DateField(_("最近的期限"), null=True, blank=True)
    next_clock = models.CharField(_("最近的期限是"), max_length=40, blank=True)
    extended_by = models.PositiveSmallIntegerField(_("延长的工作日"), default=0)
    supplement_asked_on = models.DateField(_("告知补正之日"), null=True, blank=True)
    supplement_by = models.DateField(_("补正截止日"), null=True, blank=True)
    supplement_wanted = models.TextField(_("需要补正的事项"), blank=True)

    code = models.CharField(_("办理结果"), max_length=4, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User", verbose_name=_("拟稿人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proposal = models.PositiveSmallIntegerField(_("第几次拟稿"), default=0)
    contents = models.JSONField(_("答复内容"), default=dict, blank=True)
    letter_number = models.CharField(_("答复书文号"), max_length=60, blank=True)
    signed_on = models.DateField(_("签发日期"), null=True, blank=True)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    # What the yearly report counts: the first closing. A reply corrected later does not change a year that was reported.
    counted_on = models.DateField(_("计入年报的办结日期"), null=True, blank=True)
    counted_code = models.CharField(_("计入年报的办理结果"), max_length=4, blank=True)
    # Since when nobody can tell who applied: the years of keeping the file are over, or the person asked for it.
    forgotten_on = models.DateField(_("个人信息处置日期"), null=True, blank=True)
    correcting = models.BooleanField(_("仅更正答复书"), default=False)

    read: dict[str, Any] | None = None  # what hangs on it, read once for a page: see `selectors.read_whole`

    class Meta:
        verbose_name = _("政府信息公开申请")
        verbose_name_plural = _("政府信息公开申请")
        ordering = ("-submitted_at", "-pk")
        indexes = (
            # The desk's lists and figures of open cases, and its list of ended ones, are answered by an index alone.
            models.Index(
                fields=("organ", "state", "next_on", "submitted_at", "due_on", "handler", "decided_by", "correcting"),
                name="application_desk",
            ),
            models.Index(fields=("organ", "closed_on", "state", "due_on", "letter_number"), name="application_ended"),
            models.Index(fields=("organ", "received_on"), name="application_received"),
            models.Index(fields=("organ", "counted_on"), name="application_closed"),
        )
        constraints = (
            models.CheckConstraint(
                name="application_closed_has_outcome",
                condition=~Q(state__in=ENDED) | (Q(counted_on__isnull=False) & ~Q(counted_code="")),
            ),
            models.CheckConstraint(
                name="application_registered_has_days",
                condition=Q(state__in=[State.SUBMITTED.value, *ENDED])
                | (Q(received_on__isnull=False) & Q(due_on__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def reply_runs(self) -> bool:
        """Whether the reply's limit runs: not while it waits to run anew, nor once the reply went out (`REPLY_RUNS`)."""
        return self.state not in {*ENDED, *NOT_RUNNING} and not self.correcting

    @property
    def decided(self) -> bool:
        """Whether the organ has decided, and a letter that is put right changes nothing of it."""
        return self.state in DECIDED or self.correcting


# The same of rows, for queries. A letter that is put right went out before: the law sets no day for putting it right.
REPLY_RUNS = Q(correcting=False) & ~Q(state__in=(*ENDED, *NOT_RUNNING))


class Step(models.Model):
    """经过：what happened to an application, by the law's days; the due date is a fold over these."""

    application = models.ForeignKey(Application, verbose_name=_("申请"), on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(_("行为"), max_length=24)
    on = models.DateField(_("日期"))
    at = models.DateTimeField(_("记录时间"), auto_now_add=True)
    facts = models.JSONField(_("事实"), default=dict, blank=True)

    class Meta:
        verbose_name = _("经过")
        verbose_name_plural = _("经过")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.application_id} {self.act} {self.on}"


class Imported(models.Model):
    """导入记录：a case that an organ brought from its former books; the same number there comes in once."""

    organ = models.ForeignKey("organisations.Organ", verbose_name=_("机关"), on_delete=models.PROTECT, related_name="+")
    source = models.CharField(_("原编号"), max_length=60)
    digest = models.CharField(_("内容摘要"), max_length=64)
    application = models.OneToOneField(
        Application, verbose_name=_("申请"), on_delete=models.PROTECT, related_name="imported"
    )

    class Meta:
        verbose_name = _("导入记录")
        verbose_name_plural = _("导入记录")
        constraints = (models.UniqueConstraint(fields=("organ", "source"), name="imported_once_a_source"),)

    def __str__(self) -> str:
        return f"{self.organ_id} {self.source}"
