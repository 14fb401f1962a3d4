"""Tables of this context. Private: come in by selectors and services."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.privacy.fields import EncryptedTextField

from .enums import Delivery, News
from .rules import PER_MINUTE


class Client(models.Model):
    """接口客户端：a program of somebody else. Its secret and its tokens are kept, as digests, by the OAuth server."""

    key = models.CharField(_("客户端标识"), max_length=100, unique=True)
    name = models.CharField(_("名称"), max_length=100)
    organ = models.ForeignKey("organisations.Organ", verbose_name=_("机关"), on_delete=models.PROTECT, related_name="+")
    scopes = models.JSONField(_("权限范围"), default=list)
    officer = models.ForeignKey(
        "accounts.User",
        verbose_name=_("以谁的名义办理"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    per_minute = models.PositiveIntegerField(_("每分钟请求数"), default=PER_MINUTE)
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    secret_at = models.DateTimeField(_("密钥更换时间"))
    ended_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("接口客户端")
        verbose_name_plural = _("接口客户端")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class Brought(models.Model):
    """提交记录：an application that a client submitted; the key of a submission brings one application in, once."""

    client = models.ForeignKey(Client, verbose_name=_("客户端"), on_delete=models.PROTECT, related_name="brought")
    application = models.OneToOneField(
        "applications.Application", verbose_name=_("申请"), on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(_("提交标识摘要"), max_length=64)
    content = models.CharField(_("内容摘要"), max_length=64)

    class Meta:
        verbose_name = _("提交记录")
        verbose_name_plural = _("提交记录")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("client", "key"), name="brought_once_a_key"),)

    def __str__(self) -> str:
        return f"{self.client_id} {self.application_id}"


class Minute(models.Model):
    """请求计数：how many requests a client sent in one minute."""

    client = models.ForeignKey(Client, verbose_name=_("客户端"), on_delete=models.CASCADE, related_name="+")
    minute = models.DateTimeField(_("分钟"), db_index=True)
    requests = models.PositiveIntegerField(_("请求数"), default=0)

    class Meta:
        verbose_name = _("请求计数")
        verbose_name_plural = _("请求计数")
        constraints = (models.UniqueConstraint(fields=("client", "minute"), name="minute_once_a_client"),)

    def __str__(self) -> str:
        return f"{self.client_id} {self.minute} {self.requests}"


class Hook(models.Model):
    """通知地址：where a client is told of what happened, and the secret its messages are signed with."""

    client = models.OneToOneField(Client, verbose_name=_("客户端"), on_delete=models.PROTECT, related_name="hook")
    url = models.CharField(_("网址"), max_length=500)
    secret = EncryptedTextField(_("签名密钥"), max_length=100)
    set_at = models.DateTimeField(_("设置时间"))
    stopped_at = models.DateTimeField(_("停止时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("通知地址")
        verbose_name_plural = _("通知地址")

    def __str__(self) -> str:
        return self.url


class Told(models.Model):
    """事件通知：one event for one client, written in the transaction of the act; sent at least once under this id."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    client = models.ForeignKey(Client, verbose_name=_("客户端"), on_delete=models.PROTECT, related_name="told")
    news = models.CharField(_("事件"), max_length=20, choices=News.choices())
    number = models.CharField(_("申请编号"), max_length=40)
    body = models.TextField(_("内容"))
    state = models.CharField(_("状态"), max_length=10, choices=Delivery.choices(), default=Delivery.WAITING.value)
    tries = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    due_at = models.DateTimeField(_("下次尝试"))
    claimed_at = models.DateTimeField(_("取走时间"), null=True, blank=True)
    created_at = models.DateTimeField(_("发生时间"), auto_now_add=True)
    settled_at = models.DateTimeField(_("了结时间"), null=True, blank=True)
    answer = models.CharField(_("最近的应答"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("事件通知")
        verbose_name_plural = _("事件通知")
        ordering = ("-created_at", "pk")
        indexes = (
            models.Index(fields=("due_at",), name="told_waiting", condition=models.Q(state__in=("waiting", "sending"))),
        )

    def __str__(self) -> str:
        return f"{self.news} {self.number}"
