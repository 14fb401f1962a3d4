"""Wiring of the organisations context."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "gongkai.organisations"
    label = "organisations"
    verbose_name = _("组织机构")
    default_auto_field = "django.db.models.BigAutoField"
