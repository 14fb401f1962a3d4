"""Tables of this context: notices on their way, tries to send them, the inbox, and who wants what. Private."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.privacy.fields import EncryptedTextField

from .enums import Channel, Outcome, State


class Outgoing(models.Model):
    """待发通知：a notice to one person by mail or SMS, written in the transaction of what it tells of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.CharField(_("事件"), max_length=60)
    key = models.CharField(_("对象"), max_length=120)
    recipient = models.CharField(_("收件人标识"), max_length=80)  # `user:7`, or a blind digest: nobody can read it
    user = models.ForeignKey(
        "accounts.User", verbose_name=_("工作人员"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organ = models.CharField(_("机关"), max_length=60, blank=True)  # whose administrators look after it
    channel = models.CharField(_("方式"), max_length=8, choices=Channel.choices())
    address = EncryptedTextField(_("地址"))
    language = models.CharField(_("语言"), max_length=10)
    subject = EncryptedTextField(_("标题"), blank=True)
    body = EncryptedTextField(_("正文"))
    urgent = models.BooleanField(_("紧急"), default=False)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices(), default=State.WAITING.value)
    tries = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    due_at = models.DateTimeField(_("应发时间"))
    claimed_at = models.DateTimeField(_("开始发送"), null=True, blank=True)
    settled_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    created_at = models.DateTimeField(_("写入时间"), default=timezone.now)

    class Meta:
        verbose_name = _("待发通知")
        verbose_name_plural = _("待发通知")
        ordering = ("-created_at", "id")
        constraints = (models.UniqueConstraint(fields=("event", "key", "recipient", "channel"), name="notice_once"),)
        indexes = (
            models.Index(fields=("due_at",), name="notice_due", condition=models.Q(state=State.WAITING.value)),
            models.Index(fields=("claimed_at",), name="notice_sending", condition=models.Q(state=State.SENDING.value)),
            models.Index(fields=("state", "-created_at"), name="notice_log"),
            models.Index(fields=("recipient",), name="notice_by_recipient"),
        )

    def __str__(self) -> str:
        return f"{self.event} {self.key} {self.channel}"


class Try(models.Model):
    """投递记录：one try to send a notice, and what came of it."""

    notice = models.ForeignKey(Outgoing, verbose_name=_("通知"), on_delete=models.CASCADE, related_name="log")
    at = models.DateTimeField(_("时间"), default=timezone.now)
    outcome = models.CharField(_("结果"), max_length=8, choices=Outcome.choices())
    answer = models.CharField(_("答复"), max_length=200, blank=True)  # of the other side, masked

    class Meta:
        verbose_name = _("投递记录")
        verbose_name_plural = _("投递记录")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.outcome}"


class Message(models.Model):
    """站内信：a notice that a person reads at the desk."""

    user = models.ForeignKey("accounts.User", verbose_name=_("收件人"), on_delete=models.CASCADE, related_name="+")
    event = models.CharField(_("事件"), max_length=60)
    key = models.CharField(_("对象"), max_length=120)
    body = EncryptedTextField(_("正文"))
    url = models.CharField(_("链接"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("时间"), default=timezone.now)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("站内信")
        verbose_name_plural = _("站内信")
        ordering = ("-created_at", "-pk")
        constraints = (models.UniqueConstraint(fields=("event", "key", "user"), name="message_once"),)
        indexes = (
            models.Index(fields=("user", "-created_at", "-id"), name="message_of_user"),
            models.Index(fields=("user",), name="message_unread", condition=models.Q(read_at__isnull=True)),
        )

    def __str__(self) -> str:
        return f"{self.event} {self.key}"


class Preference(models.Model):
    """接收设置：a person wants an event by a channel, or does not. Without a row, a person does."""

    user = models.ForeignKey("accounts.User", verbose_name=_("工作人员"), on_delete=models.CASCADE, related_name="+")
    event = models.CharField(_("事件"), max_length=60)
    channel = models.CharField(_("方式"), max_length=8, choices=Channel.choices())
    wanted = models.BooleanField(_("接收"))

    class Meta:
        verbose_name = _("接收设置")
        verbose_name_plural = _("接收设置")
        constraints = (models.UniqueConstraint(fields=("user", "event", "channel"), name="preference_once"),)

    def __str__(self) -> str:
        return f"{self.event} {self.channel} {self.wanted}"


class Wording(models.Model):
    """本机关的通知用语：words of one notice, in one language and channel, in the place of the program's own."""

    event = models.CharField(_("事件"), max_length=60)
    language = models.CharField(_("语言"), max_length=10)
    channel = models.CharField(_("方式"), max_length=8, choices=Channel.choices())
    subject = models.CharField(_("标题"), max_length=200, blank=True)
    body = models.TextField(_("正文"))
    changed_at = models.DateTimeField(_("更改时间"), auto_now=True)

    class Meta:
        verbose_name = _("通知用语")
        verbose_name_plural = _("通知用语")
        constraints = (models.UniqueConstraint(fields=("event", "language", "channel"), name="wording_once"),)

    def __str__(self) -> str:
        return f"{self.event} {self.language} {self.channel}"
