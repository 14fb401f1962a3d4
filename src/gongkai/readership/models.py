"""Tables of this context. Private: come in by selectors and services."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PageCount(models.Model):
    """How often one page was opened on a day, and how often a visit began with it."""

    day = models.DateField(_("日期"))
    page = models.CharField(_("页面"), max_length=60)
    key = models.CharField(_("对象"), max_length=90, blank=True)
    opened = models.PositiveIntegerField(_("阅读次数"), default=0)
    begun = models.PositiveIntegerField(_("访问次数"), default=0)

    class Meta:
        verbose_name = _("页面阅读")
        verbose_name_plural = _("页面阅读")
        ordering = ("-day", "page", "key")
        constraints = (models.UniqueConstraint(fields=("day", "page", "key"), name="page_count_one_a_day"),)

    def __str__(self) -> str:
        return f"{self.day} {self.page} {self.key}"


class TermCount(models.Model):
    """How often a term was asked for on a day, and how often nothing was found."""

    day = models.DateField(_("日期"))
    term = models.CharField(_("搜索词"), max_length=60)
    asked = models.PositiveIntegerField(_("搜索次数"), default=0)
    empty = models.PositiveIntegerField(_("无结果次数"), default=0)

    class Meta:
        verbose_name = _("搜索词")
        verbose_name_plural = _("搜索词")
        ordering = ("-day", "term")
        constraints = (models.UniqueConstraint(fields=("day", "term"), name="term_count_one_a_day"),)

    def __str__(self) -> str:
        return f"{self.day} {self.term}"
