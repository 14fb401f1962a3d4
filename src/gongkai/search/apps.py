"""Wiring of the search context."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Registers the sources of the rooms below, and listens to them."""

    name = "gongkai.search"
    label = "search"
    verbose_name = _("搜索")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongkai.search import receivers, registry  # noqa: PLC0415 - tables are there once the apps are
        from gongkai.search.sources import catalogue, organs  # noqa: PLC0415 - as above

        source = organs.OrganSource()
        registry.register(organs.NAME, source, source.labels)
        registry.register(catalogue.NAME, catalogue.CatalogueSource(), catalogue.labels)
        receivers.subscribe()
