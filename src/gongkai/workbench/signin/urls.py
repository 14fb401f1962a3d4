"""Addresses of sign-in. Those without a namespace are names that allauth itself looks up."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from . import views

own = [
    path("sign-out/", views.sign_out, name="sign-out"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("", include((own, "signin"))),
]
