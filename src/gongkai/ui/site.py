"""Who runs the site: read from data, so another district changes one file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language

from gongkai.kernel.written import from_yaml

DEFAULT = Path(__file__).parent / "data" / "site.yaml"


@dataclass(frozen=True)
class Site:
    """网站身份，in the language of the page."""

    sample: bool
    seal: tuple[str, ...]
    name: str
    subtitle: str
    official: str
    host: str
    operator: str
    address: str
    phone: str
    domain: str
    id_code: str
    icp: str
    police: str

    @property
    def phone_uri(self) -> str:
        return "tel:" + self.phone.replace("-", "")


@lru_cache(maxsize=8)
def _read(path: Path, language: str) -> Site:
    content: dict[str, Any] = from_yaml(path.read_text(encoding="utf-8"))
    values = {key: value[language] if isinstance(value, dict) else value for key, value in content.items()}
    values["seal"] = tuple(values["seal"])
    return Site(**values)


def check_site() -> None:
    """Read the site file in both languages at the start; ImproperlyConfigured when a page could not be drawn from it."""
    path = Path(getattr(settings, "GONGKAI_SITE_FILE", DEFAULT))
    try:
        for language in ("zh", "en"):
            _read(path, language)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError, KeyError, TypeError) as error:
        raise ImproperlyConfigured(
            f"GONGKAI_SITE_FILE: {path} does not say whose site this is ({str(error).splitlines()[0]}). "
            "Copy src/gongkai/ui/data/site.yaml and change the words only."
        ) from error


def site() -> Site:
    """The site in the language that is active now."""
    path = Path(getattr(settings, "GONGKAI_SITE_FILE", DEFAULT))
    return _read(path, "en" if (get_language() or "").startswith("en") else "zh")
