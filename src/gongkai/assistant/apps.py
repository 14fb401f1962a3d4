"""Wiring of the assistant context."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssistantConfig(AppConfig):
    name = "gongkai.assistant"
    label = "assistant"
    verbose_name = _("起草建议")
    default_auto_field = "django.db.models.BigAutoField"
