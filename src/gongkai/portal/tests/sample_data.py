"""What the public pages show: the organs and the published reports. The desk's samples are loaded where they matter."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command

PUBLIC = {"organs", "reports"}


def load_public() -> None:
    """The public part of what `seed_demo` loads."""
    for name, *words in settings.DEMO:
        if name in PUBLIC:
            call_command(name, *words, verbosity=0)
