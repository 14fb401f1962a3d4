"""Wiring of the scheduled work."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Checks the declared jobs when the program starts."""

    name = "gongkai.jobs"

    def ready(self) -> None:
        from gongkai.jobs import checks  # noqa: F401, PLC0415 - registers the check once settings are there
