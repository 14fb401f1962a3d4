"""Tables of this context: people, their duties and absences, their sessions. Private: come in by selectors, services."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.privacy.fields import EncryptedTextField

from .enums import Counted, Role


class UserManager(BaseUserManager["User"]):
    """Finds people by their sign-in name."""


class User(AbstractBaseUser):
    """工作人员：a person who signs in. What the person may do stands in duties, not here."""

    username = models.CharField(_("登录名"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=60)
    email = models.EmailField(_("电子邮箱"), blank=True)
    organ = models.ForeignKey(
        "organisations.Organ",
        verbose_name=_("所在机关"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_active = models.BooleanField(_("在用"), default=True)
    language = models.CharField(_("界面语言"), max_length=10, default="zh-hans")
    created_at = models.DateTimeField(auto_now_add=True)
    left_on = models.DateField(_("离岗日期"), null=True, blank=True)
    password_changed_at = models.DateTimeField(_("密码修改时间"), null=True, blank=True)
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=False)

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


class Absence(models.Model):
    """离岗代理：from a day to a day a person is away, and the deputy holds the person's duties beside his or her own."""

    user = models.ForeignKey(User, verbose_name=_("工作人员"), on_delete=models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(User, verbose_name=_("代理人"), on_delete=models.PROTECT, related_name="deputies_for")
    first_day = models.DateField(_("首日"))
    last_day = models.DateField(_("末日"))

    class Meta:
        verbose_name = _("离岗代理")
        verbose_name_plural = _("离岗代理")
        ordering = ("-first_day", "pk")
        constraints = (
            models.CheckConstraint(name="absence_days_in_order", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(name="absence_deputy_is_another", condition=~Q(deputy=F("user"))),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.first_day} {self.last_day}"


class FormerPassword(models.Model):
    """曾用密码：the hashes of passwords a person has had, so that the last few are not taken again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="former_passwords")
    password = models.CharField(_("摘要"), max_length=128)
    replaced_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("曾用密码")
        verbose_name_plural = _("曾用密码")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.user_id} {self.replaced_at}"


class Tries(models.Model):
    """失败计数：failures in a row at a sign-in name, at an address of the network, or at a person's second factor.

    Names and addresses stand here as blind digests only.
    """

    kind = models.CharField(_("类别"), max_length=12, choices=Counted.choices())
    whose = models.CharField(_("对象摘要"), max_length=64)
    failures = models.PositiveIntegerField(_("连续失败次数"), default=0)
    last_at = models.DateTimeField(_("最近一次"))
    locked_until = models.DateTimeField(_("锁定至"), null=True, blank=True)

    class Meta:
        verbose_name = _("登录失败计数")
        verbose_name_plural = _("登录失败计数")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("kind", "whose"), name="tries_once_per_object"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.failures}"


class OpenSession(models.Model):
    """在用会话：one browser in which a person is signed in."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="open_sessions")
    session_key = models.CharField(_("会话"), max_length=40, unique=True)
    started_at = models.DateTimeField(_("登录时间"), auto_now_add=True)
    seen_at = models.DateTimeField(_("最近操作"))
    address = models.GenericIPAddressField(_("网络地址"), null=True, blank=True)
    browser = models.CharField(_("浏览器"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("在用会话")
        verbose_name_plural = _("在用会话")
        ordering = ("-seen_at",)

    def __str__(self) -> str:
        return f"{self.user_id} {self.started_at}"


class KeptForm(models.Model):
    """留存的填写内容：what a person had typed when the session ran out, encrypted, for that person alone, for an hour."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="kept_forms")
    path = models.CharField(_("页面"), max_length=2000)
    fields = EncryptedTextField(_("填写内容"))
    kept_until = models.DateTimeField(_("留存至"))

    class Meta:
        verbose_name = _("留存的填写内容")
        verbose_name_plural = _("留存的填写内容")
        ordering = ("kept_until",)

    def __str__(self) -> str:
        return str(self.pk)


class FactorSecret(models.Model):
    """第二验证因素密钥：what a person's authenticator was set up with, encrypted; the authenticator names it by its id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    secret = EncryptedTextField(_("密钥"))
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("第二验证因素密钥")
        verbose_name_plural = _("第二验证因素密钥")
        ordering = ("made_at",)

    def __str__(self) -> str:
        return str(self.pk)


class SpentCode(models.Model):
    """用过的验证码：a code of a second factor that was accepted, by digest, so that it is not accepted again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(_("摘要"), max_length=64)
    spent_at = models.DateTimeField(_("使用时间"))

    class Meta:
        verbose_name = _("用过的验证码")
        verbose_name_plural = _("用过的验证码")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("user", "digest"), name="code_spent_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.spent_at}"
