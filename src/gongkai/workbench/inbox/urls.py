"""Addresses of the inbox."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "inbox"
urlpatterns = [
    path("", views.inbox, name="list"),
    path("read/", views.read, name="read"),
    path("preferences/", views.preferences, name="preferences"),
    path("deliveries/", views.deliveries, name="deliveries"),
    path("deliveries/<uuid:notice_id>/", views.settle, name="settle"),
]
