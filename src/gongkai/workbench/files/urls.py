"""Addresses of files at the desk."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "files"
urlpatterns = [
    path("<uuid:file_id>/", views.file, name="file"),
    path("<uuid:file_id>/download/", views.download, name="download"),
    path("<uuid:file_id>/pages/<int:number>/", views.picture, name="picture"),
]
