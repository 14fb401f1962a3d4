"""Root addresses: the public portal at /, the workbench, and three for those who run the service."""

from django.urls import include, path

from gongkai.config import health
from gongkai.config.metrics import metrics

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("api/v1/", include("gongkai.api.urls")),
    path("workbench/", include("gongkai.workbench.urls")),
    path("", include("gongkai.portal.urls")),
]
handler400 = "gongkai.config.errors.bad_request"
