"""Addresses of the analysis."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "analysis"
urlpatterns = [
    path("", views.page, name="page"),
    path("cases/", views.cases, name="cases"),
    path("figures.<str:kind>", views.file, name="file"),
]
