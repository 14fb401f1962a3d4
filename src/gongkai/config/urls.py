"""Root addresses: the public portal at /, the workbench, and two for those who run the service."""

from django.urls import include, path

from gongkai.config import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("workbench/", include("gongkai.workbench.urls")),
    path("", include("gongkai.portal.urls")),
]
handler400 = "gongkai.config.errors.bad_request"
