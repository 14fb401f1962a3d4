"""Wiring of the workflow context."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    name = "gongkai.workflow"
    label = "workflow"
    verbose_name = _("流程")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.accounts.enums import Role  # noqa: PLC0415 - once all apps are there
        from gongkai.workflow import checks, rules  # noqa: F401, PLC0415 - registers the check

        rules.ROLE_LABELS.update({role.value: role.label for role in Role})
