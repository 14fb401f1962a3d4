"""Wiring of the design system."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from .site import check_site


class UiConfig(AppConfig):
    name = "gongkai.ui"
    label = "ui"
    verbose_name = _("界面")

    def ready(self) -> None:
        check_site()
