"""Wiring of the assistant context."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssistantConfig(AppConfig):
    name = "gongkai.assistant"
    label = "assistant"
    verbose_name = _("起草建议")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.applications import selectors as applications  # noqa: PLC0415 - tables are there once the apps are
        from gongkai.assistant import services  # noqa: PLC0415 - as above

        applications.register_retention("assistant", erase=services.forget_case)
