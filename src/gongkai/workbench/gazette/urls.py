"""Addresses of the gazette at the desk."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "desk-gazette"
urlpatterns = [
    path("", views.listing, name="list"),
    path("points/", views.point, name="point"),
    path("<int:pk>/", views.issue, name="issue"),
    path("<int:pk>/arrange/", views.arrange, name="arrange"),
    path("<int:pk>/publish/", views.publish, name="publish"),
    path("<int:pk>/ledger/", views.ledger, name="ledger"),
]
