"""Addresses of applications, for the public."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "apply"
urlpatterns = [
    path("", views.new, name="new"),
    path("status/", views.status, name="status"),
    path("status/withdraw/", views.withdraw, name="withdraw"),
    path("status/letter/", views.letter, name="letter"),
]
