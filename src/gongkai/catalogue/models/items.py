"""An item with what hangs on it: relations, attachments, tags, and the numbers given."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.catalogue.enums import PUBLIC, DisclosureClass, Language, Level, RelationKind, State, Validity


class IndexCounter(models.Model):
    """索引号流水：the last serial given for an organ and year; its row is the lock."""

    organ = models.CharField(_("机关"), max_length=60)
    year = models.PositiveSmallIntegerField(_("年度"))
    last = models.PositiveIntegerField(_("末号"), default=0)

    class Meta:
        verbose_name = _("索引号流水")
        verbose_name_plural = _("索引号流水")
        constraints = (models.UniqueConstraint(fields=("organ", "year"), name="index_counter_one_row"),)

    def __str__(self) -> str:
        return f"{self.organ} {self.year} {self.last}"


class Item(models.Model):
    """公文库条目：one piece of government information with its metadata (art. 12, 20, 24)."""

    index_number = models.CharField(_("索引号"), max_length=60, unique=True, null=True, blank=True)
    slug = models.CharField(_("地址"), max_length=70, unique=True, null=True, blank=True)
    key = models.CharField(_("来源标识"), max_length=120, unique=True, null=True, blank=True)
    kind = models.CharField(_("信息类别"), max_length=40)
    title = models.CharField(_("标题"), max_length=300)
    document_number = models.CharField(_("发文字号"), max_length=80, blank=True)
    number_key = models.CharField(_("发文字号（比较用）"), max_length=80, blank=True, db_index=True)
    organ = models.ForeignKey(
        "organisations.Organ", verbose_name=_("发文机关"), on_delete=models.PROTECT, related_name="+"
    )
    joint_organs = models.JSONField(_("联合发文机关"), default=list, blank=True)
    joint_party = models.BooleanField(_("党政联合发文"), default=False)
    theme = models.CharField(_("主题分类"), max_length=40)
    genre = models.CharField(_("体裁"), max_length=40)
    signed_on = models.DateField(_("成文日期"), null=True, blank=True)
    published_on = models.DateField(_("发布日期"), null=True, blank=True)
    effective_on = models.DateField(_("施行日期"), null=True, blank=True)
    expires_on = models.DateField(_("有效期至"), null=True, blank=True)
    summary = models.TextField(_("内容概述"), blank=True)
    keywords = models.JSONField(_("关键词"), default=list, blank=True)
    level = models.CharField(_("层级"), max_length=12, choices=Level.choices(), default=Level.DISTRICT.value)
    audience = models.JSONField(_("面向对象"), default=list, blank=True)
    language = models.CharField(_("语种"), max_length=8, choices=Language.choices(), default=Language.CHINESE.value)
    translation_of = models.ForeignKey(
        "self", verbose_name=_("原文"), null=True, blank=True, on_delete=models.PROTECT, related_name="translations"
    )
    disclosure_class = models.CharField(
        _("公开属性"),
        max_length=16,
        blank=True,
        choices=DisclosureClass.choices(),
        default=DisclosureClass.PROACTIVE.value,
    )
    class_reason = models.CharField(_("公开属性的理由"), max_length=1000, blank=True)
    facts = models.JSONField(_("专用栏目"), default=dict, blank=True)
    # The text of the item as the public reads it, or as it is being drafted; anchors belong to its blocks, in order.
    body = models.TextField(_("正文"), blank=True)
    anchors = models.JSONField(_("段落锚点"), default=list, blank=True)

    state = models.CharField(_("状态"), max_length=16, choices=State.choices(), default=State.DRAFTING.value)
    version = models.PositiveIntegerField(_("版本"), default=0)
    public = models.BooleanField(_("公开可见"), default=False)
    year = models.PositiveSmallIntegerField(_("发布年度"), null=True, blank=True)
    validity = models.CharField(
        _("效力"), max_length=20, choices=Validity.choices(), default=Validity.NOT_APPLICABLE.value
    )
    validity_since = models.DateField(_("效力起始之日"), null=True, blank=True)
    validity_next = models.DateField(_("效力下次变更之日"), null=True, blank=True)
    last_day = models.DateField(_("有效期届满之日"), null=True, blank=True)
    evaluate_from = models.DateField(_("应当评估之日"), null=True, blank=True)
    reason = models.CharField(_("退出的理由"), max_length=1000, blank=True)
    redirect_to = models.ForeignKey(
        "self", verbose_name=_("转到"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revision = models.PositiveIntegerField(_("末次修订"), default=0)
    reassess_on = models.DateField(_("应当评估审查之日"), null=True, blank=True)
    digest = models.CharField(_("导入内容摘要"), max_length=64, blank=True)
    drafted_by = models.ForeignKey(
        "accounts.User", verbose_name=_("起草人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    changed_at = models.DateTimeField(_("变更时间"), auto_now=True)

    class Meta:
        verbose_name = _("公文库条目")
        verbose_name_plural = _("公文库条目")
        ordering = ("-published_on", "-pk")
        indexes = (
            # One index answers the list and its counts: the wide rows are read for one page alone.
            models.Index(fields=("public", "kind", "organ", "theme", "year", "validity", "level"), name="item_facets"),
            # In their order, with what they are narrowed by: a page of a narrowed list reads no row that it does not show.
            models.Index(
                fields=("public", "published_on", "id", "kind", "organ", "theme", "year", "validity", "level"),
                name="item_newest",
            ),
            models.Index(fields=("public", "organ", "published_on"), name="item_of_organ"),
            models.Index(fields=("public", "changed_at"), name="item_changed"),
            models.Index(fields=("public", "title", "number_key"), name="item_named"),
            models.Index(fields=("organ", "state"), name="item_desk"),
            models.Index(
                fields=("validity_next",), name="item_validity_next", condition=Q(validity_next__isnull=False)
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="item_public_by_state",
                condition=Q(public=True, state__in=PUBLIC, disclosure_class=DisclosureClass.PROACTIVE.value)
                | Q(public=False) & ~Q(state__in=PUBLIC),
            ),
            models.CheckConstraint(
                name="item_public_has_number",
                condition=Q(public=False)
                | Q(index_number__isnull=False, slug__isnull=False, published_on__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What follows from its state and day is derived, whoever saves it."""
        self.follow()
        super().save(*args, **kwargs)

    def follow(self) -> None:
        """Whether everybody may see it, and the year it counts in, follow from its state and day."""
        self.public = self.state in PUBLIC
        self.year = self.published_on.year if self.published_on else None


class Tag(models.Model):
    """特色标签 of an item: one row each, so that a list can ask for them."""

    item = models.ForeignKey(Item, verbose_name=_("条目"), on_delete=models.CASCADE, related_name="tags")
    code = models.CharField(_("标签"), max_length=40)

    class Meta:
        verbose_name = _("特色标签")
        verbose_name_plural = _("特色标签")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("code", "item"), name="tag_once_an_item"),)

    def __str__(self) -> str:
        return self.code


class Relation(models.Model):
    """What an item does to another: named in words, and joined to it as soon as it is in the library."""

    source = models.ForeignKey(Item, verbose_name=_("本条"), on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("关联"), max_length=12, choices=RelationKind.choices())
    named = models.CharField(_("对方"), max_length=300)
    named_key = models.CharField(_("对方（比较用）"), max_length=300, db_index=True)
    target = models.ForeignKey(
        Item, verbose_name=_("对方条目"), null=True, blank=True, on_delete=models.SET_NULL, related_name="related"
    )

    class Meta:
        verbose_name = _("关联")
        verbose_name_plural = _("关联")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("source", "kind", "named_key"), name="relation_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.named}"


class Attachment(models.Model):
    """附件：a text that stands in the library, or a file; of a file the public gets the cleaned copy."""

    item = models.ForeignKey(Item, verbose_name=_("条目"), on_delete=models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    name = models.CharField(_("名称"), max_length=200)
    text = models.TextField(_("文字"), blank=True)
    file = models.UUIDField(_("文件"), null=True, blank=True)
    released = models.UUIDField(_("公开的文件"), null=True, blank=True)
    findings = models.JSONField(_("疑点"), default=list, blank=True)
    words = models.TextField(_("文件中的文字"), blank=True)
    words_read = models.BooleanField(_("文字已读出"), default=False)

    class Meta:
        verbose_name = _("附件")
        verbose_name_plural = _("附件")
        ordering = ("position", "pk")
        indexes = (
            models.Index(
                fields=("id",), name="attachment_unread", condition=Q(released__isnull=False, words_read=False)
            ),
        )

    def __str__(self) -> str:
        return self.name
