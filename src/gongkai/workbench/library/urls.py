"""Addresses of the document library at the desk."""

from __future__ import annotations

from django.urls import path

from . import bringing, sheet, views, watching

app_name = "desk-library"
urlpatterns = [
    path("", views.listing, name="list"),
    path("watch/", watching.watch, name="watch"),
    path("sheet/", sheet.sheet, name="sheet"),
    path("sheet.<slug:form>", sheet.file, name="sheet-file"),
    path("bring/", bringing.bring, name="bring"),
    path("bring/<int:pk>/", bringing.batch, name="batch"),
    path("bring/<int:pk>/do/<slug:act>/", bringing.settle, name="batch-settle"),
    path("bring/template/<slug:kind>.<slug:form>", bringing.blank, name="template"),
    path("new/", views.kinds, name="kinds"),
    path("new/<slug:kind>/", views.new, name="new"),
    path("<int:pk>/", views.item, name="item"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/do/<slug:act>/", views.act, name="act"),
]
