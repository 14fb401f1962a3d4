"""Addresses of the provider."""

from allauth.account.views import LoginView, LogoutView, SignupView
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def home(request: HttpRequest) -> HttpResponse:
    """The provider is up."""
    return HttpResponse("provider")


urlpatterns = [
    path("", home),
    path("", include("allauth.idp.urls")),
    path("login/", LoginView.as_view(), name="account_login"),
    path("logout/", LogoutView.as_view(), name="account_logout"),
    path("signup/", SignupView.as_view(), name="account_signup"),
]
