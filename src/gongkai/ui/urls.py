"""Addresses of the design system."""

from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("display/", views.display, name="display"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
