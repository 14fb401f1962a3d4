"""Addresses of the workbench: the desk at /workbench/, and one sub-room per context below it."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from .home import views as home
from .people import own as own_page

own = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("keys/", home.shortcuts, name="keys"),
    path("profile/", own_page.profile, name="profile"),
    path("profile/absences/add/", own_page.my_absence, name="my-absence"),
    path("profile/absences/<int:absence_id>/end/", own_page.end_my_absence, name="my-absence-end"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own, "workbench"))),
    path("administration/", include("gongkai.workbench.administration.urls")),
    path("applications/", include("gongkai.workbench.applications.urls")),
    path("analysis/", include("gongkai.workbench.analysis.urls")),
    path("disputes/", include("gongkai.workbench.disputes.urls")),
    path("compilations/", include("gongkai.workbench.promotions.compiling_urls")),
    path("library/", include("gongkai.workbench.library.urls")),
    path("promotions/", include("gongkai.workbench.promotions.urls")),
    path("readership/", include("gongkai.workbench.readership.urls")),
    path("gazette/", include("gongkai.workbench.gazette.urls")),
    path("catalogues/", include("gongkai.workbench.standards.urls")),
    path("calendar/", include("gongkai.workbench.calendar.urls")),
    path("reports/", include("gongkai.workbench.filings.urls")),
    path("channels/", include("gongkai.workbench.channels.urls")),
    path("clients/", include("gongkai.workbench.clients.urls")),
    path("drafts/", include("gongkai.workbench.drafts.urls")),
    path("opinions/", include("gongkai.workbench.opinions.urls")),
    path("people/", include("gongkai.workbench.people.urls")),
    path("rectifications/", include("gongkai.workbench.rectifications.urls")),
    path("retention/", include("gongkai.workbench.retention.urls")),
    path("trail/", include("gongkai.workbench.trail.urls")),
    path("inbox/", include("gongkai.workbench.inbox.urls")),
    path("files/", include("gongkai.workbench.files.urls")),
    path("", include("gongkai.workbench.signin.urls")),
]
