"""Wiring of the tries context."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TriesConfig(AppConfig):
    name = "gongkai.tries"
    label = "tries"
    verbose_name = _("尝试计数")
    default_auto_field = "django.db.models.BigAutoField"
