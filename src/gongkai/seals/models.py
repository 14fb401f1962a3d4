"""Tables of this context: authorities, keys, and what was sealed. Private: come in by selectors and services."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongkai.privacy.fields import EncryptedTextField

from .enums import SignerKind
from .rules.keys import Validity


class Authority(models.Model):
    """签发机构：whose certificates are trusted; this installation's own has its key here, encrypted."""

    name = models.CharField(_("名称"), max_length=160)
    certificate = models.TextField(_("证书"))  # PEM
    own = models.BooleanField(_("本系统的"), default=False)
    secret = EncryptedTextField(_("密钥"), blank=True, default="")  # empty: somebody else's
    fingerprint = models.CharField(_("指纹"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("签发机构")
        verbose_name_plural = _("签发机构")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("own",), condition=Q(own=True), name="seals_one_own_authority"),)

    def __str__(self) -> str:
        return self.name


class SealKey(models.Model):
    """印章密钥：an organ's certificate, and its key unless a signing service keeps that. Never removed."""

    organ = models.ForeignKey("organisations.Organ", verbose_name=_("机关"), on_delete=models.PROTECT, related_name="+")
    signer = models.CharField(_("签名方式"), max_length=8, choices=SignerKind.choices())
    certificate = models.TextField(_("证书"))  # PEM
    authority = models.ForeignKey(Authority, verbose_name=_("签发机构"), on_delete=models.PROTECT, related_name="keys")
    secret = EncryptedTextField(_("密钥"), blank=True, default="")
    handle = models.CharField(_("签章服务中的名称"), max_length=120, blank=True)
    fingerprint = models.CharField(_("指纹"), max_length=64, unique=True)
    valid_since = models.DateTimeField(_("有效期起"))
    valid_until = models.DateTimeField(_("有效期至"))
    made_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    retired_at = models.DateTimeField(_("换发时间"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("吊销时间"), null=True, blank=True)
    revoked_because = models.CharField(_("吊销原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("印章密钥")
        verbose_name_plural = _("印章密钥")
        ordering = ("organ", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organ", "signer"), condition=Q(retired_at__isnull=True), name="seals_one_key_in_use"
            ),
            models.CheckConstraint(condition=Q(valid_until__gt=F("valid_since")), name="seals_key_days_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.organ_id} {self.fingerprint[:16]}"

    @property
    def validity(self) -> Validity:
        """What the rules ask of it."""
        return Validity(self.valid_since, self.valid_until, self.revoked_at, self.revoked_because, self.retired_at)


class SealedPaper(models.Model):
    """已盖章文书：one version of one paper as it was sealed. Triggers of the database refuse change and removal.

    No name and no content of a letter stands here, only what anybody who holds it may be told.
    """

    number = models.CharField(_("发文字号"), max_length=80)
    organ = models.ForeignKey("organisations.Organ", verbose_name=_("机关"), on_delete=models.PROTECT, related_name="+")
    organ_name = models.CharField(_("盖章时的机关名称"), max_length=100)
    object_kind = models.CharField(_("对象类别"), max_length=60)
    object_id = models.CharField(_("对象"), max_length=80)
    version = models.PositiveIntegerField(_("版本"), default=1)
    replaces = models.OneToOneField(
        "self", verbose_name=_("更正"), null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    reason = models.CharField(_("事由"), max_length=200)
    sha256 = models.CharField(_("文件摘要"), max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("字节数"))
    sealed_at = models.DateTimeField(_("盖章时间"))
    signer = models.CharField(_("签名方式"), max_length=8, choices=SignerKind.choices())
    fingerprint = models.CharField(_("证书指纹"), max_length=64)
    code = models.CharField(_("核验码"), max_length=16, unique=True)

    class Meta:
        verbose_name = _("已盖章文书")
        verbose_name_plural = _("已盖章文书")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("object_kind", "object_id", "version"), name="seals_version_once"),
            models.CheckConstraint(
                condition=Q(version=1, replaces__isnull=True) | Q(version__gt=1, replaces__isnull=False),
                name="seals_later_version_names_earlier",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.version}"
