"""Acts on what was typed when a session ran out: keep, discard."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.models import KeptForm
from gongkai.accounts.rules.words import is_local_path

KEPT_FOR = timedelta(hours=1)
MOST = 200_000  # bytes of what was typed; more is not kept
MOST_FORMS = 5  # of one person at once
SECRET = ("password", "csrfmiddlewaretoken", "secret", "otp")


def is_secret(name: str) -> bool:
    """Whether a field's content must never be kept."""
    return any(word in name.lower() for word in SECRET)


@transaction.atomic
def keep_form(*, user_id: int, path: str, fields: Mapping[str, Sequence[str]]) -> KeptForm | None:
    """Keep the typed fields of a form for an hour; None when there is nothing to keep or too much."""
    typed = {name: list(values) for name, values in fields.items() if not is_secret(name)}
    text = json.dumps(typed, ensure_ascii=False)
    if not any(value.strip() for values in typed.values() for value in values):
        return None
    if len(text.encode("utf-8", "surrogatepass")) > MOST or not is_local_path(path):
        return None
    older = KeptForm.objects.filter(user_id=user_id).order_by("-kept_until").values_list("pk", flat=True)
    KeptForm.objects.filter(pk__in=list(older[MOST_FORMS - 1 :])).delete()
    return KeptForm.objects.create(user_id=user_id, path=path, fields=text, kept_until=timezone.now() + KEPT_FOR)


def discard_form(*, user_id: int, pk: UUID) -> None:
    """Throw away what was kept."""
    KeptForm.objects.filter(user_id=user_id, pk=pk).delete()
