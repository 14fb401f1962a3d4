"""Root addresses: the public portal at /, and two for those who run the service."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from gongkai.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
if find_spec("gongkai.portal.urls" if find_spec("gongkai.portal") else "gongkai.portal"):
    urlpatterns.append(path("", include("gongkai.portal.urls")))
