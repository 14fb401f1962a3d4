"""Tables of this context: published reports, the texts they were read from, their findings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.reports.codec import from_data
from gongkai.reports.enums import FilingState, Form, Relation, Scope, Severity
from gongkai.reports.reading.model import Reading


class SourceText(models.Model):
    """A document that was read in, kept with its text so that findings can be shown in their place."""

    digest = models.CharField(_("SHA-256"), max_length=64, unique=True)
    name = models.CharField(_("文件名"), max_length=255)
    media = models.CharField(_("类型"), max_length=16)
    encoding = models.CharField(_("编码"), max_length=32, blank=True)
    text = models.TextField(_("文本"))
    read_at = models.DateTimeField(_("读取时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("来源文本")
        verbose_name_plural = _("来源文本")

    def __str__(self) -> str:
        return self.name


class Report(models.Model):
    """政府信息公开工作年度报告：one organ's figures of one year, as published."""

    slug = models.SlugField(_("地址"), max_length=90, unique=True)
    organ_key = models.CharField(_("机关（比对用）"), max_length=100)
    organ_name = models.CharField(_("机关"), max_length=100)
    organ_code = models.SlugField(_("机关代码"), max_length=60, blank=True, db_index=True)
    year = models.PositiveSmallIntegerField(_("年度"), db_index=True)
    form = models.CharField(_("格式"), max_length=12, choices=Form.choices())
    scope = models.CharField(_("范围"), max_length=8, choices=Scope.choices())
    title = models.CharField(_("标题"), max_length=200, blank=True)
    version = models.PositiveIntegerField(_("版次"), default=1)
    source = models.ForeignKey(
        SourceText, verbose_name=_("来源文本"), null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    source_note = models.CharField(_("来源说明"), max_length=300, blank=True)
    reading = models.JSONField(_("读取结果"))
    new_received = models.PositiveIntegerField(_("本年新收"), null=True, blank=True)
    carried_in = models.PositiveIntegerField(_("上年结转"), null=True, blank=True)
    handled_total = models.PositiveIntegerField(_("办理结果总计"), null=True, blank=True)
    carried_over = models.PositiveIntegerField(_("结转下年度"), null=True, blank=True)
    checked = models.PositiveIntegerField(_("核对处数"), default=0)
    errors = models.PositiveIntegerField(_("错误"), default=0)
    warnings = models.PositiveIntegerField(_("提醒"), default=0)
    notes = models.PositiveIntegerField(_("说明"), default=0)
    published_at = models.DateTimeField(_("公布时间"))
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        verbose_name = _("年度报告")
        verbose_name_plural = _("年度报告")
        ordering = ("-year", "organ_name")
        constraints = (
            models.UniqueConstraint(fields=("organ_key", "scope", "year"), name="report_one_a_year"),
            models.CheckConstraint(condition=Q(year__gte=1990) & Q(year__lte=2200), name="report_year_plausible"),
        )

    def __str__(self) -> str:
        return f"{self.organ_name} {self.year}"

    @property
    def figures(self) -> Reading:
        """What was read."""
        return from_data(self.reading)


class ReportFinding(models.Model):
    """One comparison of a report, holding or not."""

    report = models.ForeignKey(Report, verbose_name=_("年度报告"), on_delete=models.CASCADE, related_name="findings")
    order = models.PositiveIntegerField(_("次序"))
    relation = models.CharField(_("关系"), max_length=16, choices=Relation.choices())
    where = models.JSONField(_("位置"))
    left = models.CharField(_("左边"), max_length=100, blank=True)
    right = models.CharField(_("右边"), max_length=100, blank=True)
    holds = models.BooleanField(_("相符"))
    severity = models.CharField(_("程度"), max_length=12, choices=Severity.choices(), blank=True)
    text = models.TextField(_("说明"))
    cause = models.TextField(_("可能原因"), blank=True)
    start = models.PositiveIntegerField(_("起"), null=True, blank=True)
    end = models.PositiveIntegerField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("核对结果")
        verbose_name_plural = _("核对结果")
        ordering = ("report", "order")
        constraints = (models.UniqueConstraint(fields=("report", "order"), name="finding_order"),)
        indexes = (models.Index(fields=("report", "holds"), name="finding_open"),)

    def __str__(self) -> str:
        return self.text


class DraftFigure(models.Model):
    """A figure entered for a report in the making; figures that cases count are never entered."""

    organ_code = models.SlugField(_("机关代码"), max_length=60)
    year = models.PositiveSmallIntegerField(_("年度"))
    row = models.CharField(_("行"), max_length=60)
    column = models.CharField(_("列"), max_length=40)
    value = models.DecimalField(_("数值"), max_digits=16, decimal_places=4)
    entered_at = models.DateTimeField(_("填写时间"), auto_now=True)

    class Meta:
        verbose_name = _("草稿数据")
        verbose_name_plural = _("草稿数据")
        constraints = (
            models.UniqueConstraint(fields=("organ_code", "year", "row", "column"), name="draft_figure_once"),
        )

    def __str__(self) -> str:
        return f"{self.organ_code} {self.year} {self.row} {self.column}"


class Filing(models.Model):
    """送公布的年度报告：one report read from an uploaded file, reviewed beside its source before it is published."""

    organ = models.CharField(_("机关代码"), max_length=60)
    source = models.ForeignKey(SourceText, verbose_name=_("来源文本"), on_delete=models.PROTECT, related_name="+")
    file_id = models.UUIDField(_("原文件"))
    original = models.JSONField(_("读出时的结果"))
    reading = models.JSONField(_("现在的结果"))
    state = models.CharField(
        _("状态"), max_length=12, choices=FilingState.choices(), default=FilingState.RECEIVED.value
    )
    version = models.PositiveIntegerField(_("版本"), default=0)
    filed_by = models.CharField(_("上传人"), max_length=60)
    submitted_by = models.CharField(_("送审人"), max_length=60, blank=True)
    filed_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    slug = models.SlugField(_("公布地址"), max_length=90, blank=True)

    class Meta:
        verbose_name = _("送公布的年度报告")
        verbose_name_plural = _("送公布的年度报告")
        ordering = ("-filed_at", "-pk")
        indexes = (models.Index(fields=("organ", "state"), name="filing_queue"),)

    def __str__(self) -> str:
        return f"{self.organ} {self.filed_at}"

    @property
    def figures(self) -> Reading:
        """What was read, as corrected so far."""
        return from_data(self.reading)


class Correction(models.Model):
    """更正：one figure that the reader took wrongly, or could not take, set right by a person with a reason."""

    filing = models.ForeignKey(Filing, verbose_name=_("年度报告"), on_delete=models.PROTECT, related_name="corrections")
    table = models.CharField(_("表"), max_length=8)
    row = models.CharField(_("行"), max_length=60)
    column = models.CharField(_("列"), max_length=40)
    before = models.CharField(_("原值"), max_length=40, blank=True)
    after = models.CharField(_("更正为"), max_length=40)
    reason = models.CharField(_("理由"), max_length=300)
    by = models.CharField(_("更正人"), max_length=60)
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("更正")
        verbose_name_plural = _("更正")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.column}"
