"""Addresses of disputes at the desk."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "disputes"
urlpatterns = [
    path("", views.listing, name="list"),
    path("bulletin/", views.bulletin_now, name="bulletin-now"),
    path("bulletin/<int:year>/<int:quarter>/", views.bulletin, name="bulletin"),
    path("bulletin/<int:year>/<int:quarter>.docx", views.bulletin_file, name="bulletin-file"),
    path("of/<str:number>/open/", views.open_dispute, name="open"),
    path("<int:pk>/", views.dispute, name="dispute"),
    path("<int:pk>/do/<slug:act>/", views.act, name="act"),
]
