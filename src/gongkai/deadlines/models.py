"""Tables of this context: the calendar by years, notices handed in, clocks. Private: come in by selectors, services."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .enums import ClockState, NoticeState, Stage
from .rules import Notice, NoticeDay, Pause


class NoticeContent(models.Model):
    """The content of one year's notice; `days` holds [day, name, off] in the order of days."""

    papers = models.JSONField(_("依据文件"))
    days = models.JSONField(_("日子"))
    official = models.BooleanField(_("已有国务院通知"))
    confirmed = models.BooleanField(_("文号已核实"), default=True)
    digest = models.CharField(_("摘要"), max_length=64)

    class Meta:
        abstract = True

    @staticmethod
    def fields_of(notice: Notice) -> dict[str, Any]:
        """The values of these fields for a notice."""
        return {
            "papers": list(notice.papers),
            "days": [[day.on.isoformat(), day.name, day.off] for day in notice.days],
            "official": notice.official,
            "confirmed": notice.confirmed,
            "digest": notice.digest,
        }

    def as_notice(self, year: int) -> Notice:
        """The value again."""
        days = tuple(NoticeDay(date.fromisoformat(on), name, off) for on, name, off in self.days)
        return Notice(year, tuple(self.papers), days, self.official, self.confirmed)


class CalendarYear(NoticeContent):
    """工作日历：the notice in force for one year."""

    year = models.PositiveSmallIntegerField(_("年份"), unique=True)
    version = models.PositiveIntegerField(_("版本"), default=1)
    changed_at = models.DateTimeField(_("更改时间"), auto_now=True)

    class Meta:
        verbose_name = _("工作日历")
        verbose_name_plural = _("工作日历")
        ordering = ("year",)

    def __str__(self) -> str:
        return str(self.year)

    @property
    def notice(self) -> Notice:
        return self.as_notice(self.year)


class CalendarNotice(NoticeContent):
    """放假通知：a notice handed in, with what became of it; the history of the calendar."""

    year = models.PositiveSmallIntegerField(_("年份"))
    state = models.CharField(
        _("状态"), max_length=10, choices=NoticeState.choices(), default=NoticeState.PROPOSED.value
    )
    proposed_at = models.DateTimeField(_("提交时间"), auto_now_add=True)
    proposed_by = models.CharField(_("提交人"), max_length=60, blank=True)
    ended_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    ended_by = models.CharField(_("处理人"), max_length=60, blank=True)
    days_changed = models.PositiveIntegerField(_("变动的日子"), default=0)
    clocks_moved = models.PositiveIntegerField(_("变动的期限"), default=0)

    class Meta:
        verbose_name = _("放假通知")
        verbose_name_plural = _("放假通知")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.year} {self.state}"

    @property
    def notice(self) -> Notice:
        return self.as_notice(self.year)

    @property
    def state_label(self) -> str:
        return NoticeState(self.state).label


class Clock(models.Model):
    """期限：a limit that runs for something of another context, with its last day by the calendar it was counted on.

    `pauses` holds [first, last, why]; `stage` is what has been told of; `alert_on` the next day on which something is to
    be told, the one question that the sweep asks.
    """

    owner_kind = models.CharField(_("所属类别"), max_length=60)
    owner_id = models.CharField(_("所属编号"), max_length=60)
    organ = models.CharField(_("机关"), max_length=60)
    name = models.CharField(_("期限名称"), max_length=40)
    starts_on = models.DateField(_("起算日"))
    working_days = models.PositiveSmallIntegerField(_("工作日数"))
    pauses = models.JSONField(_("不计入的时间"), default=list, blank=True)
    cite = models.CharField(_("依据"), max_length=300, blank=True)
    facts = models.JSONField(_("其他事实"), default=dict, blank=True)
    due_on = models.DateField(_("届满之日"))
    provisional = models.BooleanField(_("暂定"), default=False)
    calendar = models.CharField(_("所依日历"), max_length=16)
    state = models.CharField(_("状态"), max_length=10, choices=ClockState.choices(), default=ClockState.OPEN.value)
    ended_on = models.DateField(_("结束之日"), null=True, blank=True)
    stage = models.CharField(_("已提醒"), max_length=10, choices=Stage.choices(), default=Stage.CALM.value)
    alert_on = models.DateField(_("下次提醒"), null=True, blank=True)

    class Meta:
        verbose_name = _("期限")
        verbose_name_plural = _("期限")
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=("owner_kind", "owner_id", "name"), name="clock_once_per_owner_and_name"),
            models.CheckConstraint(
                condition=Q(state=ClockState.OPEN.value, ended_on__isnull=True)
                | (~Q(state=ClockState.OPEN.value) & Q(ended_on__isnull=False, alert_on__isnull=True)),
                name="clock_ends_on_a_day",
            ),
        )
        indexes = (
            models.Index(fields=("alert_on",), name="clock_alerts", condition=Q(state=ClockState.OPEN.value)),
            models.Index(
                fields=("organ", "due_on"), name="clock_open_by_organ", condition=Q(state=ClockState.OPEN.value)
            ),
        )

    def __str__(self) -> str:
        return f"{self.owner_kind} {self.owner_id} {self.name}"


class ClockMove(models.Model):
    """A changed calendar moved the last day of a clock: both days. `notice` is empty when a late clock was caught up."""

    notice = models.ForeignKey(
        CalendarNotice,
        verbose_name=_("放假通知"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="moves",
    )
    clock = models.ForeignKey(Clock, verbose_name=_("期限"), on_delete=models.CASCADE, related_name="moves")
    before = models.DateField(_("原届满之日"))
    after = models.DateField(_("现届满之日"))
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("期限变动")
        verbose_name_plural = _("期限变动")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.clock_id} {self.before} {self.after}"


def pauses_of(stored: list[list[str]]) -> tuple[Pause, ...]:
    """The pauses of a clock as values."""
    return tuple(Pause(date.fromisoformat(first), date.fromisoformat(last), why) for first, last, why in stored)
