"""Addresses of the document library."""

from __future__ import annotations

from django.urls import path

from . import exports, views

app_name = "library"
urlpatterns = [
    path("", views.library, name="list"),
    path("export.csv", exports.export_csv, name="export-csv"),
    path("export.json", exports.export_json, name="export-json"),
    path("dcat.jsonld", exports.dcat, name="dcat"),
    path("<slug:slug>.jsonld", exports.linked, name="linked"),
    path("<slug:slug>.json", views.twin, name="json"),
    path("<slug:slug>/", views.item, name="item"),
    path("<slug:slug>/history/", views.history, name="history"),
    path("<slug:slug>/revisions/<int:number>/", views.revision, name="revision"),
    path("<slug:slug>/attachments/<int:pk>/", views.attachment, name="attachment"),
]
