"""Wiring of the workflow context."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    name = "gongkai.workflow"
    label = "workflow"
    verbose_name = _("流程")
    default_auto_field = "django.db.models.BigAutoField"
