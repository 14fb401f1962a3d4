"""Addresses of the standard catalogues."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "standards"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("rows/", views.rows, name="rows"),
    path("<slug:area>/", views.area, name="area"),
    path("<slug:area>/<slug:organ>.xlsx", views.workbook, name="workbook"),
]
