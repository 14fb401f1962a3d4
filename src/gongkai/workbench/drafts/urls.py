"""Addresses of reports in the making."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "drafts"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("<slug:organ>/<int:year>/", views.draft, name="draft"),
    path("<slug:organ>/<int:year>.docx", views.word, name="word"),
    path("<slug:organ>/<int:year>/enter/", views.enter, name="enter"),
    path("<slug:organ>/<int:year>/fees/", views.fees, name="fees"),
    path("<slug:organ>/<int:year>/four/<slug:block>/<slug:result>/", views.disputes, name="disputes"),
    path("<slug:organ>/<int:year>/<slug:row>/<slug:column>/", views.cases, name="cases"),
]
