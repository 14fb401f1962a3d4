"""Addresses of old cases, at the desk."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "retention"
urlpatterns = [
    path("", views.overview, name="list"),
    path("propose/", views.propose, name="propose"),
    path("cases/<str:number>/", views.case, name="case"),
    path("lists/<int:pk>/", views.disposal, name="disposal"),
    path("lists/<int:pk>/do/<slug:act>/", views.act, name="act"),
]
