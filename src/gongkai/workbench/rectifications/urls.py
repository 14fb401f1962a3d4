"""Addresses of requests to put records right, at the desk."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "rectifications"
urlpatterns = [
    path("", views.queue, name="list"),
    path("<str:number>/", views.one, name="one"),
    path("<str:number>/letter.<str:kind>", views.letter, name="letter"),
    path("<str:number>/do/<slug:act>/", views.act, name="act"),
]
