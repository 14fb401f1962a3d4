"""Addresses of what other organs ask this one (art. 34), at the desk."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "opinions"
urlpatterns = [
    path("", views.asked, name="list"),
    path("<int:pk>/", views.one, name="one"),
]
