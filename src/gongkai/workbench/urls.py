"""Addresses of the workbench: the desk at /workbench/, and one sub-room per context below it."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from .home import views as home

own = [
    path("", home.home, name="home"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own, "workbench"))),
    path("applications/", include("gongkai.workbench.applications.urls")),
    path("drafts/", include("gongkai.workbench.drafts.urls")),
    path("", include("gongkai.workbench.signin.urls")),
]
