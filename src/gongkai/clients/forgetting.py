"""What this context forgets of the people of an old case, and nothing else of it: messages name a case by its number."""

from __future__ import annotations

from collections.abc import Callable

from .models import Brought


def forget(application_id: int, clean: Callable[[str], str]) -> int:
    """The digest of what a client sent could be guessed from a name and a number: it goes."""
    return Brought.objects.filter(application_id=application_id).exclude(content="").update(content="")
