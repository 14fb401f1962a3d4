"""Tables of this context. Private: come in by selectors and services."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .enums import IssueState, Movement


class Issue(models.Model):
    """一期公报. Once published it is printed from `frozen`, whatever becomes of the documents."""

    year = models.PositiveSmallIntegerField(_("年"))
    number = models.PositiveSmallIntegerField(_("期"))
    total = models.PositiveSmallIntegerField(_("总第几期"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=IssueState.choices(), default=IssueState.COMPILING.value)
    published_on = models.DateField(_("出版日期"), null=True, blank=True)
    frozen = models.JSONField(_("成稿"), default=dict, blank=True)
    digests = models.JSONField(_("成品摘要"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=0)

    class Meta:
        verbose_name = _("公报")
        verbose_name_plural = _("公报")
        ordering = ("-year", "-number")
        constraints = (
            models.UniqueConstraint(fields=("year", "number"), name="gazette_issue_once"),
            models.UniqueConstraint(
                fields=("total",), condition=Q(total__isnull=False), name="gazette_total_number_once"
            ),
            models.CheckConstraint(
                name="gazette_published_has_day",
                condition=Q(state=IssueState.COMPILING.value) | Q(published_on__isnull=False, total__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.year}年第{self.number}期"

    @property
    def slug(self) -> str:
        """2025-2."""
        return f"{self.year}-{self.number}"

    @property
    def published(self) -> bool:
        """Whether everybody may read it."""
        return self.state == IssueState.PUBLISHED.value


class Article(models.Model):
    """公报文章：a released document of the positive list, readable at once, in a numbered issue later."""

    item = models.OneToOneField(
        "catalogue.Item", verbose_name=_("公文库条目"), on_delete=models.PROTECT, related_name="+"
    )
    column = models.CharField(_("栏目"), max_length=30)
    released_on = models.DateField(_("签发公布之日"))
    issue = models.ForeignKey(
        Issue, verbose_name=_("所在期"), null=True, blank=True, on_delete=models.PROTECT, related_name="articles"
    )
    place = models.PositiveSmallIntegerField(_("期内序号"), null=True, blank=True)

    class Meta:
        verbose_name = _("公报文章")
        verbose_name_plural = _("公报文章")
        ordering = ("-released_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("issue", "place"), condition=Q(place__isnull=False), name="gazette_place_once_an_issue"
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.column}"


class Point(models.Model):
    """发放点：where printed copies are had."""

    name = models.CharField(_("名称"), max_length=100, unique=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    active = models.BooleanField(_("仍在发放"), default=True)

    class Meta:
        verbose_name = _("发放点")
        verbose_name_plural = _("发放点")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """台账的一笔. Never changed: a mistake is made good by another."""

    issue = models.ForeignKey(Issue, verbose_name=_("公报"), on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(_("事由"), max_length=10, choices=Movement.choices())
    point = models.ForeignKey(
        Point, verbose_name=_("发放点"), null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    count = models.PositiveIntegerField(_("册数"))
    on = models.DateField(_("日期"))
    note = models.CharField(_("说明"), max_length=200, blank=True)
    by = models.ForeignKey("accounts.User", verbose_name=_("登记人"), on_delete=models.PROTECT, related_name="+")
    key = models.CharField(_("提交标识"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("台账")
        verbose_name_plural = _("台账")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(name="gazette_entry_counts", condition=Q(count__gt=0)),
            models.CheckConstraint(
                name="gazette_printed_has_no_point",
                condition=Q(kind=Movement.PRINTED.value, point__isnull=True)
                | ~Q(kind=Movement.PRINTED.value) & Q(point__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.count}"
