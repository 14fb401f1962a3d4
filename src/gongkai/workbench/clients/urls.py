"""Addresses of clients at the desk."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "clients"
urlpatterns = [
    path("", views.listed, name="list"),
    path("new/", views.add, name="add"),
    path("<int:pk>/", views.client, name="client"),
    path("<int:pk>/renew/", views.renew, name="renew"),
    path("<int:pk>/resume/", views.resume, name="resume"),
    path("<int:pk>/end/", views.end, name="end"),
]
