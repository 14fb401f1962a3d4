"""Addresses of promotions at the desk."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "promotions"
urlpatterns = [
    path("", views.listing, name="list"),
    path("of/<str:number>/", views.propose, name="propose"),
    path("<int:pk>/", views.promotion, name="promotion"),
    path("<int:pk>/do/<slug:act>/", views.act, name="act"),
]
