"""Addresses of applications, for the public."""

from __future__ import annotations

from django.urls import path

from .views import applying, mine, opinion, rectify, status

app_name = "apply"
urlpatterns = [
    path("", applying.new, name="new"),
    path("wanted/", applying.step, {"name": "wanted"}, name="wanted"),
    path("public/", applying.public, name="public"),
    path("suggest/", applying.suggest, name="suggest"),
    path("who/", applying.step, {"name": "who"}, name="who"),
    path("how/", applying.step, {"name": "how"}, name="how"),
    path("check/", applying.check, name="check"),
    path("resume/", applying.resume, name="resume"),
    path("mine/", mine.mine, name="mine"),
    path("mine/leave/", mine.leave, name="mine-leave"),
    path("mine/enter/<str:token>/", mine.enter, name="mine-enter"),
    path("mine/<str:number>/", mine.one, name="mine-one"),
    path("opinion/", opinion.opinion, name="opinion"),
    path("opinion/letter/", opinion.letter, name="opinion-letter"),
    path("rectification/", rectify.new, name="rectify"),
    path("rectification/status/", rectify.status, name="rectification"),
    path("rectification/letter/", rectify.letter, name="rectification-letter"),
    path("status/", status.status, name="status"),
    path("status/answer/", status.answer, name="answer"),
    path("status/calendar/", status.calendar, name="calendar"),
    path("status/file/", status.given, name="given"),
    path("status/letter/", status.letter, name="letter"),
    path("status/withdraw/", status.withdraw, name="withdraw"),
]
