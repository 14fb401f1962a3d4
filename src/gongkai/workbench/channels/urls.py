"""Addresses of the channels at the desk."""

from __future__ import annotations

from django.urls import path

from . import receivers, views

app_name = "channels"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("counts.csv", views.counts_csv, name="counts-csv"),
    path("sendings/", views.rows, name="rows"),
    path("sendings.csv", views.rows_csv, name="rows-csv"),
    path("receivers/", receivers.listed, name="receivers"),
    path("receivers/new/", receivers.add, name="add"),
    path("receivers/<int:pk>/", receivers.receiver, name="receiver"),
    path("receivers/<int:pk>/do/<slug:act>/", receivers.act, name="act"),
]
