"""Addresses of sign-in. Those without a namespace are names that allauth itself looks up."""

from __future__ import annotations

from allauth.socialaccount.providers.openid_connect.views import callback, login
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_POST

from . import factors, views

own = [
    path("sign-out/", views.sign_out, name="sign-out"),
    path("password/", views.password, name="password"),
    path("sessions/", views.session_list, name="sessions"),
    path("sessions/close/", views.close_sessions, name="close-sessions"),
    path("kept/<uuid:pk>/", views.kept_form, name="kept"),
    path("kept/<uuid:pk>/discard/", views.discard, name="kept-discard"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-in/code/", factors.Authenticate.as_view(), name="mfa_authenticate"),
    path("sign-in/sso/<slug:provider_id>/", require_POST(login), name="openid_connect_login"),
    path("sign-in/sso/<slug:provider_id>/callback/", callback, name="openid_connect_callback"),
    path("sign-in/sso-cancelled/", views.cancelled, name="socialaccount_login_cancelled"),
    path("again/", views.Again.as_view(), name="account_reauthenticate"),
    path("again/code/", factors.Again.as_view(), name="mfa_reauthenticate"),
    path("second-factor/", factors.Index.as_view(), name="mfa_index"),
    path("second-factor/set-up/", factors.Activate.as_view(), name="mfa_activate_totp"),
    path("second-factor/give-up/", factors.Deactivate.as_view(), name="mfa_deactivate_totp"),
    path("second-factor/recovery-codes/", factors.Codes.as_view(), name="mfa_view_recovery_codes"),
    path("second-factor/recovery-codes/new/", factors.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("", include((own, "signin"))),
]
