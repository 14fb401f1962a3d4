"""Wiring of this context."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Annual reports: read, checked, published."""

    name = "gongkai.reports"
    verbose_name = "年度报告"
