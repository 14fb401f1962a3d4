"""Addresses of the gazette."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "gazette"
urlpatterns = [
    path("", views.shelf, name="shelf"),
    path("articles/<int:pk>/", views.article, name="article"),
    path("<int:year>-<int:number>/", views.issue, name="issue"),
    path("<int:year>-<int:number>/<int:place>/", views.place, name="place"),
    path("<int:year>-<int:number>.<slug:form>", views.file, name="file"),
]
