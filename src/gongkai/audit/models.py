"""Tables of this context: the chain and its head. Private: written by `services.record` alone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .enums import ActorKind


class Head(models.Model):
    """The last link of a chain; its row is the lock that puts writers in a line."""

    chain = models.CharField(_("链"), max_length=60, primary_key=True)
    seq = models.PositiveBigIntegerField(_("序号"), default=0)
    digest = models.CharField(_("摘要"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("链首")
        verbose_name_plural = _("链首")

    def __str__(self) -> str:
        return f"{self.chain} {self.seq}"


class Entry(models.Model):
    """One link: who did what to what, when, for what purpose. Triggers of the database refuse change and removal."""

    chain = models.CharField(_("链"), max_length=60)
    seq = models.PositiveBigIntegerField(_("序号"))
    at = models.DateTimeField(_("时间"))
    actor_kind = models.CharField(_("行为人类别"), max_length=12, choices=ActorKind.choices())
    actor = models.CharField(_("行为人"), max_length=60, blank=True)
    acting_for = models.CharField(_("代行"), max_length=60, blank=True)
    act = models.CharField(_("行为"), max_length=80)
    organ = models.CharField(_("机关"), max_length=60, blank=True)
    object_kind = models.CharField(_("对象类别"), max_length=60, blank=True)
    object_id = models.CharField(_("对象"), max_length=80, blank=True)
    purpose = models.CharField(_("目的"), max_length=200, blank=True)
    facts = models.TextField(_("事实"), default="{}")  # canonical JSON, kept as text that it is read as it was written
    previous = models.CharField(_("前一摘要"), max_length=64, blank=True)
    digest = models.CharField(_("摘要"), max_length=64)

    class Meta:
        verbose_name = _("留痕")
        verbose_name_plural = _("留痕")
        ordering = ("chain", "seq")
        constraints = (models.UniqueConstraint(fields=("chain", "seq"), name="audit_one_row_per_place"),)
        indexes = (
            models.Index(fields=("object_kind", "object_id"), name="audit_by_object"),
            models.Index(fields=("actor", "at"), name="audit_by_actor"),
        )

    def __str__(self) -> str:
        return f"{self.chain} {self.seq} {self.act}"
