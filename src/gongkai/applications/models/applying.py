"""What is kept while somebody applies or looks an application up. Private: come in by selectors and services."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.privacy.fields import EncryptedTextField


class WrongTry(models.Model):
    """A wrong query code: kept for a while, that guessing is slow. Neither code nor address stands here in plain."""

    subject = models.CharField(_("对象摘要"), max_length=64)
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("查询码错误")
        verbose_name_plural = _("查询码错误")
        indexes = (models.Index(fields=("subject", "at"), name="wrong_try_lately"),)

    def __str__(self) -> str:
        return f"{self.subject[:8]} {self.at}"


class SavedDraft(models.Model):
    """草稿：what somebody has filled in and not submitted, for who holds its code; away after some weeks."""

    code_digest = models.CharField(_("草稿码摘要"), max_length=64, unique=True)
    contents = EncryptedTextField(_("已填内容"), max_length=20_000)
    saved_at = models.DateTimeField(_("保存时间"), auto_now=True)

    class Meta:
        verbose_name = _("申请草稿")
        verbose_name_plural = _("申请草稿")
        indexes = (models.Index(fields=("saved_at",), name="draft_saved"),)

    def __str__(self) -> str:
        return f"{self.pk} {self.saved_at}"


class MailLink(models.Model):
    """我的申请的链接：sent to an address, used once, and then the visit of who used it. Only digests stand here."""

    email_digest = models.CharField(_("电子邮箱摘要"), max_length=64)
    secret_digest = models.CharField(_("链接摘要"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("请求时间"), db_index=True)
    used_at = models.DateTimeField(_("使用时间"), null=True, blank=True)
    visit_digest = models.CharField(_("访问摘要"), max_length=64, blank=True, db_index=True)
    left_at = models.DateTimeField(_("退出时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("我的申请的链接")
        verbose_name_plural = _("我的申请的链接")

    def __str__(self) -> str:
        return f"{self.pk} {self.made_at}"


class Suggestion(models.Model):
    """可能已经公开：that something was shown before an application was submitted, and what came of it. Nobody's data."""

    organ = models.CharField(_("机关"), max_length=60)
    on = models.DateField(_("日期"), db_index=True)
    shown = models.PositiveSmallIntegerField(_("显示的条数"))
    opened = models.PositiveSmallIntegerField(_("打开的条数"), default=0)
    submitted = models.BooleanField(_("之后仍提交"), default=False)
    enough = models.BooleanField(_("找到了，没有提交"), default=False)

    class Meta:
        verbose_name = _("已公开信息的提示")
        verbose_name_plural = _("已公开信息的提示")

    def __str__(self) -> str:
        return f"{self.on} {self.organ} {self.shown}/{self.opened}"
