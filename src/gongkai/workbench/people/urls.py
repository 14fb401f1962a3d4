"""Addresses of people and duties."""

from __future__ import annotations

from django.urls import path

from . import duties, views

app_name = "people"
urlpatterns = [
    path("", views.people, name="list"),
    path("add/", views.add, name="add"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/duties/add/", duties.give, name="give"),
    path("<int:pk>/duties/<int:duty_id>/end/", duties.end, name="end"),
    path("<int:pk>/absences/add/", duties.deputy, name="deputy"),
    path("<int:pk>/absences/<int:absence_id>/end/", duties.end_absence, name="end-absence"),
    path("<int:pk>/leave/", views.leave, name="leave"),
    path("<int:pk>/suspend/", views.act, {"act": "suspend"}, name="suspend"),
    path("<int:pk>/resume/", views.act, {"act": "resume"}, name="resume"),
    path("<int:pk>/unlock/", views.act, {"act": "unlock"}, name="unlock"),
    path("<int:pk>/reset-factor/", views.reset_factor, name="reset-factor"),
    path("<int:pk>/new-password/", views.new_password, name="new-password"),
]
