"""Addresses of the annual reports."""

from __future__ import annotations

from django.urls import path

from . import downloads, views

app_name = "reports"
urlpatterns = [
    path("", views.shelf, name="shelf"),
    path("compare/", views.compare, name="compare"),
    path("method/", views.method, name="method"),
    path("figures.csv", downloads.all_csv, name="all-csv"),
    path("<slug:slug>/", views.report, name="report"),
    path("<slug:slug>/text/", views.text, name="text"),
    path("<slug:slug>/figures.csv", downloads.report_csv, name="report-csv"),
    path("<slug:slug>/report.json", downloads.report_json, name="report-json"),
]
