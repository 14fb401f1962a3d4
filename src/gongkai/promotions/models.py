"""Tables of this context. Private: come in by selectors and services."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .enums import LIVE, Compiling, State


class Promotion(models.Model):
    """转主动公开 (art. 44)：what the answer to one application gave, for everybody. Nothing in it tells who applied."""

    application = models.ForeignKey(
        "applications.Application", verbose_name=_("申请"), on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(_("提交标识"), max_length=64, unique=True)
    title = models.CharField(_("信息名称"), max_length=200)
    summary = models.TextField(_("内容概述"))
    kind = models.CharField(_("信息类别"), max_length=40, default="other")
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
    # Of each file that was given with the reply: its key, its digest, and why it stays back ("" when it goes along).
    files = models.JSONField(_("随答复提供的文件"), default=list, blank=True)
    # What became of it in the library. The library does not know the way back: no page of it tells of a case.
    item = models.OneToOneField(
        "catalogue.Item",
        verbose_name=_("公文库条目"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

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


class Compilation(models.Model):
    """年度案例选编：what an organ tells everybody of the cases of a year."""

    organ = models.ForeignKey(
        "organisations.Organ", verbose_name=_("编写机关"), on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    state = models.CharField(_("状态"), max_length=12, choices=Compiling.choices(), default=Compiling.DRAFT.value)
    version = models.PositiveIntegerField(_("版本"), default=0)
    submitted_by = models.ForeignKey(
        "accounts.User", verbose_name=_("送审人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_by = models.ForeignKey(
        "accounts.User", verbose_name=_("发布人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_on = models.DateField(_("发布之日"), null=True, blank=True)

    class Meta:
        verbose_name = _("年度案例选编")
        verbose_name_plural = _("年度案例选编")
        ordering = ("-year", "organ__order", "pk")
        constraints = (models.UniqueConstraint(fields=("organ", "year"), name="compilation_one_a_year"),)

    def __str__(self) -> str:
        return f"{self.organ_id} {self.year}"


class Example(models.Model):
    """案例：one case in a compilation, told without anybody in it."""

    compilation = models.ForeignKey(
        Compilation, verbose_name=_("选编"), on_delete=models.CASCADE, related_name="examples"
    )
    application = models.ForeignKey(
        "applications.Application", verbose_name=_("申请"), on_delete=models.PROTECT, related_name="+"
    )
    question = models.TextField(_("申请了什么，难在哪里"))
    outcome = models.CharField(_("办理结果"), max_length=200)
    articles = models.CharField(_("依据"), max_length=500)
    lesson = models.TextField(_("怎样办理，启示"))

    class Meta:
        verbose_name = _("案例")
        verbose_name_plural = _("案例")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("compilation", "application"), name="example_once_a_compilation"),
        )

    def __str__(self) -> str:
        return self.question[:40]
