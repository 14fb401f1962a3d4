"""Tables of this context. Private: come in by selectors and services."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.privacy.fields import EncryptedTextField

from .enums import GOING, Kind, State


class Receiver(models.Model):
    """接收单位：a library or archives that gets the releases of an organ and of those below it (art. 25)."""

    channel = models.CharField(_("渠道"), max_length=40)
    name = models.CharField(_("名称"), max_length=100)
    organ = models.ForeignKey("organisations.Organ", verbose_name=_("机关"), on_delete=models.PROTECT, related_name="+")
    url = models.CharField(_("接收地址"), max_length=500)
    secret = EncryptedTextField(_("签名密钥"), max_length=100)
    secret_at = models.DateTimeField(_("密钥更换时间"))
    created_at = models.DateTimeField(_("设置时间"), auto_now_add=True)
    paused_at = models.DateTimeField(_("暂停时间"), null=True, blank=True)
    ended_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("接收单位")
        verbose_name_plural = _("接收单位")
        ordering = ("channel", "name", "pk")

    def __str__(self) -> str:
        return self.name


class Telling(models.Model):
    """发布记录：one thing told of an item, written in the transaction in which it happened."""

    item = models.ForeignKey("catalogue.Item", verbose_name=_("条目"), on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("种类"), max_length=12, choices=Kind.choices())
    organ = models.ForeignKey("organisations.Organ", verbose_name=_("机关"), on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("日期"))
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    digest = models.CharField(_("内容摘要"), max_length=64)
    body = models.TextField(_("内容"), blank=True)

    class Meta:
        verbose_name = _("发布记录")
        verbose_name_plural = _("发布记录")
        ordering = ("-pk",)
        indexes = (models.Index(fields=("organ", "on"), name="telling_of_organ"),)

    def __str__(self) -> str:
        return f"{self.item_id} {self.kind}"


class Stock(models.Model):
    """存量推送：everything public of the organs that a receiver takes is queued for it once, page by page."""

    receiver = models.ForeignKey(Receiver, verbose_name=_("接收单位"), on_delete=models.PROTECT, related_name="stocks")
    total = models.PositiveIntegerField(_("开始时应推送"))
    queued = models.PositiveIntegerField(_("已排入"), default=0)
    past = models.BigIntegerField(_("已看到的条目"), default=0)
    started_at = models.DateTimeField(_("开始时间"), auto_now_add=True)
    finished_at = models.DateTimeField(_("排完时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("存量推送")
        verbose_name_plural = _("存量推送")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("receiver",), name="stock_one_at_a_time", condition=Q(finished_at__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return f"{self.receiver_id} {self.queued}/{self.total}"


class Sending(models.Model):
    """投送：one telling by one channel. To a receiver it is sent at least once, under this id."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    telling = models.ForeignKey(Telling, verbose_name=_("发布记录"), on_delete=models.CASCADE, related_name="sendings")
    channel = models.CharField(_("渠道"), max_length=40)
    receiver = models.ForeignKey(
        Receiver, verbose_name=_("接收单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="sendings"
    )
    stock = models.ForeignKey(
        Stock, verbose_name=_("存量推送"), null=True, blank=True, on_delete=models.PROTECT, related_name="sendings"
    )
    state = models.CharField(_("状态"), max_length=10, choices=State.choices(), default=State.WAITING.value)
    tries = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    due_at = models.DateTimeField(_("下次尝试"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("取走时间"), null=True, blank=True)
    settled_at = models.DateTimeField(_("了结时间"), null=True, blank=True)
    answer = models.CharField(_("最近的应答"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("投送")
        verbose_name_plural = _("投送")
        ordering = ("-telling", "channel", "receiver", "id")
        constraints = (
            models.UniqueConstraint(fields=("telling", "channel", "receiver"), name="sending_once_a_receiver"),
            models.UniqueConstraint(
                fields=("telling", "channel"), name="sending_once_a_channel", condition=Q(receiver__isnull=True)
            ),
        )
        indexes = (models.Index(fields=("due_at",), name="sending_due", condition=Q(state__in=GOING)),)

    def __str__(self) -> str:
        return f"{self.telling_id} {self.channel}"
