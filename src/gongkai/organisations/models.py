"""Tables of this context: organs and their further names. Private: come in by selectors and services."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .enums import NameKind, OrganKind


class Organ(models.Model):
    """行政机关：a government, a department, a sub-district office, or another body we cite."""

    code = models.SlugField(_("代码"), max_length=60, unique=True)
    name = models.CharField(_("全称"), max_length=100, unique=True)
    short_name = models.CharField(_("简称"), max_length=40)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    kind = models.CharField(_("类别"), max_length=24, choices=OrganKind.choices())
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级机关"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    order = models.PositiveIntegerField(_("排序"), default=0)
    document_word = models.CharField(_("发文代字"), max_length=20, blank=True)
    address = models.CharField(_("办公地址"), max_length=160, blank=True)
    phone = models.CharField(_("联系电话"), max_length=60, blank=True)
    hours = models.CharField(_("办公时间"), max_length=120, blank=True)
    website = models.URLField(_("网址"), blank=True)
    recording_days = models.PositiveSmallIntegerField(
        _("录入、登记申请的工作日"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    valid_from = models.DateField(_("设立日期"), null=True, blank=True)
    valid_until = models.DateField(_("撤销日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("机关")
        verbose_name_plural = _("机关")
        ordering = ("order", "code")
        constraints = (
            models.CheckConstraint(
                name="organ_days_in_order",
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="organ_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name_for_reader(self) -> str:
        """The short name, or the English one where the page is in English and there is one."""
        english = (get_language() or "").startswith("en")
        return self.name_en if english and self.name_en else self.short_name

    @property
    def kind_label(self) -> str:
        return OrganKind(self.kind).label

    @property
    def letter_word(self) -> str:
        """What the numbers of its letters begin with: its own word, else its short name."""
        return self.document_word or self.short_name

    @property
    def has_contact(self) -> bool:
        return bool(self.address or self.phone)


class FurtherName(models.Model):
    """曾用名与别称：former names and other spellings under which an organ is found."""

    organ = models.ForeignKey(Organ, verbose_name=_("机关"), on_delete=models.CASCADE, related_name="further_names")
    name = models.CharField(_("名称"), max_length=100, db_index=True)
    kind = models.CharField(_("名称类别"), max_length=8, choices=NameKind.choices())
    valid_until = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("其他名称")
        verbose_name_plural = _("其他名称")
        ordering = ("kind", "name")
        constraints = (models.UniqueConstraint(fields=("organ", "name"), name="further_name_once_per_organ"),)

    def __str__(self) -> str:
        return self.name
