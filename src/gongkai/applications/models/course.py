"""What comes up in the course of a case: its papers, who is asked, reviews, the fee. Private: come in by selectors and services."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.applications.enums import Consulted, Objection, Opinion, Review, Scale, Weighed
from gongkai.applications.rules.deciding import objection
from gongkai.privacy.fields import EncryptedTextField

from .cases import Application


class Letter(models.Model):
    """文书：one paper of a case, numbered and dated. What was sent never changes; a correction is a new row that names it."""

    application = models.ForeignKey(
        Application, verbose_name=_("申请"), on_delete=models.PROTECT, related_name="letters"
    )
    kind = models.CharField(_("文书"), max_length=40)
    number = models.CharField(_("文号"), max_length=60, unique=True)
    issued_on = models.DateField(_("日期"))
    contents = models.JSONField(_("内容"), default=dict, blank=True)
    addressee = EncryptedTextField(_("致"), max_length=200)
    consultation = models.ForeignKey(
        "Consultation",
        verbose_name=_("征求意见"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="letters",
    )
    version = models.PositiveSmallIntegerField(_("版本"), default=1)
    replaces = models.OneToOneField(
        "self", verbose_name=_("更正"), null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    verify_code = models.CharField(_("核验码"), max_length=40, blank=True)
    kept = models.BooleanField(_("已留存"), default=False)
    delivered_on = models.DateField(_("送达日期"), null=True, blank=True)
    proof = models.CharField(_("送达凭证"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("文书")
        verbose_name_plural = _("文书")
        ordering = ("pk",)
        indexes = (models.Index(fields=("id",), name="letter_not_kept", condition=Q(kept=False)),)

    def __str__(self) -> str:
        return self.number


class Consultation(models.Model):
    """征求意见 (art. 32, 34)：who is asked, and what came of it."""

    application = models.ForeignKey(
        Application, verbose_name=_("申请"), on_delete=models.PROTECT, related_name="consultations"
    )
    kind = models.CharField(_("对象"), max_length=16, choices=Consulted.choices())
    organ = models.ForeignKey(
        "organisations.Organ", verbose_name=_("机关"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    party = EncryptedTextField(_("第三方"), max_length=200, blank=True)
    contact = EncryptedTextField(_("联系方式"), max_length=200, blank=True)
    question = models.TextField(_("征求意见的内容"))
    code_digest = models.CharField(_("查询码摘要"), max_length=64, blank=True, db_index=True)
    code = EncryptedTextField(_("答复码"), max_length=40, blank=True)  # printed in the letter that asks
    asked_on = models.DateField(_("发出之日"))
    taken_on = models.DateField(_("收到征求意见书之日"), null=True, blank=True)
    due_on = models.DateField(_("答复截止日"), null=True, blank=True)  # none until the letter was served
    answered_on = models.DateField(_("收到意见之日"), null=True, blank=True)
    opinion = models.CharField(_("意见"), max_length=10, choices=Opinion.choices(), blank=True)
    reason = EncryptedTextField(_("理由"), max_length=2000, blank=True)
    weighed = models.CharField(_("理由的认定"), max_length=12, choices=Weighed.choices(), blank=True)
    weighed_why = EncryptedTextField(_("认定的依据"), max_length=2000, blank=True)
    late_on = models.DateField(_("逾期意见收到之日"), null=True, blank=True)
    late_opinion = models.CharField(_("逾期的意见"), max_length=10, choices=Opinion.choices(), blank=True)
    late_decided = models.BooleanField(_("逾期意见收到时已经作出决定"), default=False)

    class Meta:
        verbose_name = _("征求意见")
        verbose_name_plural = _("征求意见")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="consultation_answered_or_not",
                condition=Q(opinion="", answered_on__isnull=True)
                | Q(opinion=Opinion.SILENT.value)
                | (~Q(opinion="") & Q(answered_on__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind} {self.asked_on}"

    @property
    def objection(self) -> Objection | None:
        """Art. 32: what is behind the refusal of a third party; None for anything else."""
        if self.kind != Consulted.THIRD_PARTY.value:
            return None
        return objection(self.said, self.reason, self.weighed)

    @property
    def said(self) -> str:
        """What the organ weighs: the opinion, or that which a third party gave late; an organ's silence is consent (art. 34)."""
        late = self.late_opinion if self.kind == Consulted.THIRD_PARTY.value else ""
        return late or self.opinion


class Reviewed(models.Model):
    """审查：one review of a proposed reply that was passed; it counts for that version of the proposal alone."""

    application = models.ForeignKey(
        Application, verbose_name=_("申请"), on_delete=models.PROTECT, related_name="reviews"
    )
    review = models.CharField(_("审查"), max_length=10, choices=Review.choices())
    proposal = models.PositiveIntegerField(_("所审查的拟稿"))
    opinion = models.CharField(_("意见"), max_length=1000, blank=True)
    by = models.ForeignKey("accounts.User", verbose_name=_("审查人"), on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("日期"))

    class Meta:
        verbose_name = _("审查")
        verbose_name_plural = _("审查")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("application", "review", "proposal"), name="reviewed_once_a_proposal"),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.review}"


class Fee(models.Model):
    """信息处理费 (fee rules)：one notice an application, on one scale."""

    application = models.OneToOneField(
        Application, verbose_name=_("申请"), on_delete=models.PROTECT, related_name="fee"
    )
    scale = models.CharField(_("标准"), max_length=10, choices=Scale.choices())
    quantity = models.PositiveIntegerField(_("件数或者页数"))
    yuan = models.PositiveIntegerField(_("金额（元）"))
    noticed_on = models.DateField(_("通知之日"))
    due_on = models.DateField(_("缴费截止日"), null=True, blank=True)  # none until the notice was served
    paid_on = models.DateField(_("缴费之日"), null=True, blank=True)
    receipt = models.CharField(_("票据号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("信息处理费")
        verbose_name_plural = _("信息处理费")
        constraints = (models.CheckConstraint(name="fee_is_above_nought", condition=Q(yuan__gt=0)),)

    def __str__(self) -> str:
        return f"{self.application_id} {self.yuan}"
