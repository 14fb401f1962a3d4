"""Wiring of the privacy context."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    """Sees to it that every database has its secret of the blind digests."""

    name = "gongkai.privacy"
    label = "privacy"
    verbose_name = _("个人信息保护")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_make_digest_key, sender=self)


def _make_digest_key(*, using: str, **kwargs: Any) -> None:
    from gongkai.privacy import digests  # noqa: PLC0415 - tables are loaded after the applications

    # The table is not there when the context is migrated back to nothing.
    if digests.TABLE in connections[using].introspection.table_names():
        digests.make_key()
