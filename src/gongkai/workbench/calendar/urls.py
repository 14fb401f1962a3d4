"""Addresses of the work calendar."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "calendar"
urlpatterns = [
    path("", views.year, name="year"),
    path("<int:year>.<str:form>", views.export, name="export"),
    path("notices/", views.notices, name="notices"),
    path("notices/add/", views.propose, name="propose"),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("notices/<int:pk>/apply/", views.apply, name="apply"),
    path("notices/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
