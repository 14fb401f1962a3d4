"""Addresses of administration."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "administration"
urlpatterns = [
    path("organs/", views.organs, name="organs"),
    path("organs/new/", views.add, name="add"),
    path("organs/<slug:code>/", views.organ, name="organ"),
    path("wordings/", views.wordings, name="wordings"),
    path("wordings/<str:event>/<str:language>/<slug:channel>/", views.wording, name="wording"),
    path("settings/", views.settings_in_force, name="settings"),
    path("settings/<slug:name>/", views.setting, name="setting"),
    path("settings/<slug:name>/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
