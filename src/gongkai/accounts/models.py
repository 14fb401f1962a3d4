"""Tables of this context: people and their duties. Private: come in by selectors and services."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .enums import Role


class UserManager(BaseUserManager["User"]):
    """Finds people by their sign-in name."""


class User(AbstractBaseUser):
    """工作人员：a person who signs in. What the person may do stands in duties, not here."""

    username = models.CharField(_("登录名"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=60)
    email = models.EmailField(_("电子邮箱"), blank=True)
    is_active = models.BooleanField(_("在用"), default=True)
    language = models.CharField(_("界面语言"), max_length=10, default="zh-hans")
    created_at = models.DateTimeField(auto_now_add=True)
    left_on = models.DateField(_("离岗日期"), null=True, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("工作人员")
        verbose_name_plural = _("工作人员")
        ordering = ("username",)

    def __str__(self) -> str:
        return self.name


class Duty(models.Model):
    """职责：a person holds a role for an organ (and, with `subtree`, for all organs below it) from a day to a day."""

    user = models.ForeignKey(User, verbose_name=_("工作人员"), on_delete=models.PROTECT, related_name="duties")
    organ = models.ForeignKey("organisations.Organ", verbose_name=_("机关"), on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("角色"), max_length=24, choices=Role.choices())
    subtree = models.BooleanField(_("含下级机关"), default=False)
    valid_from = models.DateField(_("起始日期"))
    valid_until = models.DateField(_("截止日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("职责")
        verbose_name_plural = _("职责")
        ordering = ("user", "organ", "role", "valid_from")
        constraints = (
            models.UniqueConstraint(fields=("user", "organ", "role", "valid_from"), name="duty_once"),
            models.CheckConstraint(
                name="duty_days_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.organ_id}"
