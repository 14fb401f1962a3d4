"""Addresses of compilations at the desk."""

from __future__ import annotations

from django.urls import path

from . import compiling

app_name = "compilations"
urlpatterns = [
    path("", compiling.listing, name="list"),
    path("<int:pk>/", compiling.compilation, name="compilation"),
    path("<int:pk>/do/<slug:act>/", compiling.act, name="act"),
]
