"""Wiring of the applications context."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ApplicationsConfig(AppConfig):
    name = "gongkai.applications"
    label = "applications"
    verbose_name = _("依申请公开")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.applications import attachments, flow, receivers, subjects, words_index  # noqa: PLC0415 - its table is there once the apps are
        from gongkai.workflow import services as workflow  # noqa: PLC0415

        workflow.bind(flow.binding())
        workflow.bind(flow.rectification_binding())
        workflow.bind(flow.disposal_binding())
        receivers.subscribe()
        subjects.registered()
        post_migrate.connect(words_index.ensure, sender=self)
        attachments.registered()
