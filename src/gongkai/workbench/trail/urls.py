"""Address of the record of what was done, at the desk."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "trail"
urlpatterns = [path("", views.entries, name="entries")]
