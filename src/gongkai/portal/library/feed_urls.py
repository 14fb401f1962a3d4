"""Addresses of the feeds."""

from __future__ import annotations

from django.urls import re_path

from . import feeds

app_name = "feeds"
urlpatterns = [
    re_path(r"^all\.(?P<form>rss|atom)$", feeds.everything, name="all"),
    re_path(r"^(?P<by>organ|theme|kind)/(?P<value>[a-z0-9_-]{1,60})\.(?P<form>rss|atom)$", feeds.some, name="some"),
]
