"""Addresses of applications at the desk."""

from __future__ import annotations

from django.urls import path

from . import evidence, importing, intake, leaving, suggesting, views

app_name = "cases"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("new/", intake.record, name="record"),
    path("import/", importing.bring, name="import"),
    path("import/template.<slug:kind>", importing.template, name="import-template"),
    path("<str:number>/", views.case, name="case"),
    path("<str:number>/steps/", views.steps, name="steps"),
    path("<str:number>/suggestion/", suggesting.suggestion, name="suggestion"),
    path("<str:number>/contact/", views.contact, name="contact"),
    path("<str:number>/letter.<str:kind>", views.letter, name="letter"),
    path("<str:number>/papers/<int:pk>.<str:kind>", views.paper, name="paper"),
    path("<str:number>/files/<uuid:pk>/take-back/", views.take_back, name="take-back"),
    path("<str:number>/check/", leaving.check, name="check"),
    path("<str:number>/files/<uuid:pk>/redact/", leaving.redact, name="redact"),
    path("<str:number>/evidence/", evidence.export, name="evidence"),
    path("<str:number>/do/<slug:act>/", views.act, name="act"),
]
