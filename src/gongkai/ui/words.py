"""Labels of the domain's words, and articles of the law, in the language of the page."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language, gettext_lazy

from gongkai.kernel.labelled import Labelled
from gongkai.statutes import law


def choices(words: type[Labelled]) -> list[tuple[str, Any]]:
    """(value, label) for a form; the label is looked up when it is shown."""
    return [(word.value, gettext_lazy(word.label)) for word in words]


def article(place: str) -> str:
    """An article of the Regulations in a few words: 条例第二十九条, or Regulations, art. 29."""
    found = law().cite(place)
    english = (get_language() or "").startswith("en")
    return f"Regulations, art. {found.article}" if english else f"条例{found.place}"


def _fill(sentence: Any, place: str) -> str:
    return str(sentence).format(law=article(place))


def by_law(sentence: Any, place: str) -> Any:
    """A sentence with {law} in it, which an article takes the place of when it is shown."""
    filled: Any = lazy(_fill, str)
    return filled(sentence, place)
