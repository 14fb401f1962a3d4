"""Labels of the domain's words, in the language of the page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from gongkai.kernel.labelled import Labelled


def choices(words: type[Labelled]) -> list[tuple[str, Any]]:
    """(value, label) for a form; the label is looked up when it is shown."""
    return [(word.value, gettext_lazy(word.label)) for word in words]
