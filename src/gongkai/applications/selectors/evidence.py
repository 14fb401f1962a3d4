"""All that the house holds of one case, as files: what its evidence consists of.

What a redacted copy took the place of is left out: it never leaves the house.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.timezone import localdate

from gongkai.applications.models import Application, Fee, Letter
from gongkai.applications.rules.evidence import KEPT_AS, Held, canonical
from gongkai.files import selectors as files

from .cases import clocks, consultations, steps
from .papers import BROUGHT, GIVEN, LETTER, label_of, letters_of

LEFT_OUT = frozenset(
    {"code_digest", "identity_digest", "email_digest", "key"}
)  # digests made to look people up by, and keys of forms
FOLDERS = {BROUGHT: "files/brought", GIVEN: "files/given"}
_parts: dict[str, Callable[[int], object]] = {}


def register_evidence(name: str, read: Callable[[int], object]) -> None:
    """Have a context above give what it holds of a case, as plain values under `name`. Called when the program starts."""
    _parts[name] = read


def evidence_files(application: Application) -> dict[str, Held]:
    """The case as files: what was written down, what was brought and given, every letter as it was issued."""
    told = {
        "case": plain(application),
        "steps": [plain(row) for row in steps(application)],
        "clocks": _clocks(application),
        "letters": [{**plain(row), "label": label_of(row)} for row in letters_of(application)],
        "consultations": [plain(row) for row in consultations(application)],
        "reviews": [plain(row) for row in application.reviews.all()],
        "released": [plain(row) for row in application.let_pass.all()],
        "redactions": [plain(row) for row in application.redactions.all()],
        "fee": [plain(row) for row in Fee.objects.filter(application=application)],
        **{name: read(application.pk) for name, read in sorted(_parts.items())},
    }
    found = {f"{name}.json": Held(canonical(value)) for name, value in told.items()}
    for owner, folder in FOLDERS.items():
        for place, file in enumerate(files.of_owner(owner, application.pk), 1):
            found[f"{folder}/{place:02}-{file.name}"] = _held(file)
    return found


def evidence_objects(application: Application) -> list[tuple[str, str]]:
    """What the audit chain tells of the case: the case itself, its files, its letters, as (kind, key)."""
    letters = [str(row.pk) for row in letters_of(application)]
    of_files = [file.pk for owner in FOLDERS for file in files.of_owner(owner, application.pk)]
    of_files += [file.pk for pk in letters for file in files.of_owner(LETTER, pk)]
    label = Application._meta.label_lower  # noqa: SLF001 - Django's documented name
    return [
        (label, str(application.pk)),
        *((KEPT_AS, str(pk)) for pk in of_files),
        *((Letter._meta.label_lower, pk) for pk in letters),  # noqa: SLF001
        *((LETTER, pk) for pk in letters),
    ]


def plain(row: Model) -> dict[str, Any]:
    """A row as plain values, under the names of its columns."""
    fields = row._meta.concrete_fields  # noqa: SLF001 - Django's documented name
    return {field.attname: _value(getattr(row, field.attname)) for field in fields if field.name not in LEFT_OUT}


def _value(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _clocks(application: Application) -> list[dict[str, Any]]:
    """Each clock with its working, as it stood when the case was closed, or stands now."""
    found = clocks(application, application.closed_on or localdate())
    return [_clock(clock.name, clock.label, clock.state.value, clock.due or clock.latest) for clock in found]


def _clock(name: str, label: str, state: str, due: Any) -> dict[str, Any]:
    return {"name": name, "label": label, "state": state, **(due.plain if due else {})}


def _held(file: files.File) -> Held:
    with files.content(file) as stream:
        return Held(stream.read(), str(file.pk))


def letter_files(letter: Letter, made: Mapping[str, bytes]) -> Iterable[tuple[str, Held]]:
    """The files of a letter, each with the key under which it is kept."""
    kept = {file.sha256: str(file.pk) for file in files.of_owner(LETTER, letter.pk)}
    for kind, content in made.items():
        held = Held(content)
        key = kept.get(held.sha256, "")
        yield f"letters/{letter.pk:06}-{label_of(letter)}.{kind}", Held(content, key)
