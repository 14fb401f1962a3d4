"""Addresses of the statistics of reading and searching."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "readership"
urlpatterns = [path("", views.overview, name="overview"), path("figures.csv", views.figures, name="figures")]
