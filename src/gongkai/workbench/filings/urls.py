"""Addresses of uploaded reports."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "filings"
urlpatterns = [
    path("", views.shelf, name="shelf"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.review, name="review"),
    path("<int:pk>/correct/", views.correct, name="correct"),
    path("<int:pk>/do/<slug:act>/", views.act, name="act"),
]
