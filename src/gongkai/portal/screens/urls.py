"""Addresses of the public screens."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "screens"
urlpatterns = [path("<slug:code>/", views.screen, name="screen")]
