"""One environment variable: its name, its default, its meaning, and how its text is understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


@dataclass(frozen=True)
class Setting:
    """One environment variable; `default` is the text used when it is absent or empty."""

    name: str
    default: str
    meaning: str

    def text(self, environ: Mapping[str, str]) -> str:
        """What the environment says, without blanks around it."""
        return environ.get(self.name, "").strip() or self.default

    def flag(self, environ: Mapping[str, str], default: str | None = None) -> bool:
        """On or off; ImproperlyConfigured for anything else."""
        text = (environ.get(self.name, "").strip() or (default if default is not None else self.default)).lower()
        if text in TRUE:
            return True
        if text in FALSE:
            return False
        raise ImproperlyConfigured(f"{self.name} is {text!r}. Write on or off.")

    def number(self, environ: Mapping[str, str], *, least: int = 0) -> int:
        """A whole number from `least` on; ImproperlyConfigured for anything else."""
        text = self.text(environ)
        if not text.isascii() or not text.isdigit() or int(text) < least:
            raise ImproperlyConfigured(
                f"{self.name} is {text!r}. Write a whole number from {least} on, for example {self.default}."
            )
        return int(text)
