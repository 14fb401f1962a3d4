"""Addresses of the standard catalogues at the desk."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "catalogues"
urlpatterns = [
    path("", views.overview, name="list"),
    path("import/", views.bring, name="import"),
    path("import/template.xlsx", views.template, name="template"),
    path("rows/<int:pk>/", views.row, name="row"),
    path("rows/<int:pk>/edit/", views.edit, name="edit"),
    path("rows/<int:pk>/link/", views.link, name="link"),
    path("<slug:organ>/<slug:area>/", views.catalogue, name="catalogue"),
]
