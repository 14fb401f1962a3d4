"""What an applicant has filled in survives a closed browser: kept encrypted under a code that nobody can guess."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from gongkai.applications.models import Application, SavedDraft
from gongkai.applications.rules import codes
from gongkai.privacy.digests import blind

from .intake import Receipt, code_of

CODE_LENGTH = 16  # 80 bits: whoever holds it reads a name and an identity number


@dataclass(frozen=True)
class Kept:
    """A draft as its owner holds it."""

    code: str
    contents: dict[str, str]


def new_code() -> str:
    """A fresh code."""
    return "".join(secrets.choice(codes.ALPHABET) for _sign in range(CODE_LENGTH))


def save_draft(*, code: str, contents: Mapping[str, str]) -> Kept:
    """Keep what was filled in so far, under the code; the days begin anew."""
    found = Kept(codes.cleaned(code), dict(contents))
    text = json.dumps(found.contents, ensure_ascii=False)
    SavedDraft.objects.update_or_create(code_digest=blind(found.code), defaults={"contents": text})
    return found


def open_draft(*, code: str, now: datetime) -> Kept | None:
    """What stands under a code; None for a wrong one, and for one that is too old."""
    plain = codes.cleaned(code)
    if len(plain) != CODE_LENGTH:
        return None
    found = SavedDraft.objects.filter(code_digest=blind(plain), saved_at__gte=_oldest(now)).first()
    return Kept(plain, json.loads(found.contents)) if found else None


def drop_draft(*, code: str) -> None:
    """Forget a draft: it was submitted, or its owner wants it gone."""
    SavedDraft.objects.filter(code_digest=blind(codes.cleaned(code))).delete()


def drop_drafts(*, now: datetime) -> int:
    """Swept nightly: forget what has lain too long; how many."""
    return SavedDraft.objects.filter(saved_at__lt=_oldest(now)).delete()[0]


def receipt_of(*, key: str) -> Receipt | None:
    """The receipt of a submission that has been taken already, for who sends its key again."""
    found = Application.objects.filter(key=key).first() if key else None
    return Receipt(found, code_of(key)) if found else None


def _oldest(now: datetime) -> datetime:
    return now - timedelta(days=int(settings.DRAFT_DAYS))
