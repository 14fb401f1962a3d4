"""A form's field for uploads. What was uploaded stays when another field is wrong: nothing is chosen twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.renderers import BaseRenderer
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.audit.rules import VISITOR, Actor

from . import selectors, services
from .models import File
from .rules import BY_EXTENSION, Refused

SALT = "gongkai.files.drafts"
TOKEN_AGE = 24 * 60 * 60  # seconds a form may stand open
MOST_FILES = 10


@dataclass(frozen=True)
class Sent:
    """What came with the form: new uploads, the token of those kept before, and which of them are to go."""

    uploads: Sequence[UploadedFile[Any]]
    token: str
    removed: frozenset[str]


def token_of(files: Sequence[File]) -> str:
    """Names drafts in a form, so that nobody can name another's."""
    return signing.dumps([str(file.pk) for file in files], salt=SALT)


def drafts_of(token: str) -> list[File]:
    """The drafts that a token names; none for a token that is not ours or too old."""
    try:
        return selectors.drafts(UUID(pk) for pk in signing.loads(token, salt=SALT, max_age=TOKEN_AGE))
    except signing.BadSignature:
        return []


def sentence_of(refused: Refused) -> str:
    """Why a file was refused, in the reader's language."""
    values = {key: _(value) if isinstance(value, str) and value else value for key, value in refused.values.items()}
    sentence = _(refused.sentence)
    return sentence % values if values else sentence


class UploadInput(forms.FileInput):
    """The uploads kept so far, each with a box to take it away, and a place for more."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """What came, as `Sent`."""
        uploads = files.getlist(name) if isinstance(files, MultiValueDict) else []
        removed = data.getlist(f"{name}-remove") if isinstance(data, MultiValueDict) else []
        return Sent(uploads, str(data.get(f"{name}-kept", "")), frozenset(removed))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the form did not have this field."""
        return name not in files and f"{name}-kept" not in data

    def use_required_attribute(self, initial: Any) -> bool:
        """Never by the browser: it does not know what was kept."""
        return False

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """The list and the input; `value` is the files kept."""
        kept: list[File] = value if isinstance(value, list) else []
        accept = ",".join(f".{extension}" for extension in BY_EXTENSION)
        context = {
            "name": name,
            "kept": kept,
            "token": token_of(kept) if kept else "",
            "accept": accept,
            "attrs": self.build_attrs(self.attrs, attrs),
        }
        return render_to_string("components/_uploads.html", context)


class UploadField(forms.FileField):
    """Cleans to a list of kept drafts (`files.models.File`); give them away with `services.claim`.

    The form must be `multipart/form-data`. Set `actor` on the form's own field before it is cleaned.
    """

    widget = UploadInput
    default_error_messages = {
        "required": gettext_lazy("请选择要上传的文件。"),
        "too_many": gettext_lazy("最多上传 %(most)d 个文件，请减少后再传。"),
    }

    def __init__(self, *, most_files: int = MOST_FILES, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most_files = most_files
        self.actor: Actor = VISITOR
        self.kept: list[File] = []

    def clean(self, data: Any, initial: Any = None) -> list[File]:
        """Keep what came; raise ValidationError with a sentence for each file refused, the good ones staying kept."""
        if not isinstance(data, Sent):
            data = Sent([], "", frozenset())
        self.kept = [file for file in drafts_of(data.token) if str(file.pk) not in data.removed]
        if len(self.kept) + len(data.uploads) > self.most_files:
            raise ValidationError(self.error_messages["too_many"], code="too_many", params={"most": self.most_files})
        refusals = [refusal for upload in data.uploads if (refusal := self._keep(upload))]
        if refusals:
            raise ValidationError(refusals)
        if self.required and not self.kept:
            raise ValidationError(self.error_messages["required"], code="required")
        return self.kept

    def _keep(self, upload: UploadedFile[Any]) -> ValidationError | None:
        name = upload.name or ""
        try:
            file = services.keep(stream=upload, name=name, owner_kind=selectors.DRAFT, actor=self.actor)
        except Refused as refused:
            return ValidationError(sentence_of(refused), code="refused")
        self.kept.append(file)
        return None

    def bound_data(self, data: Any, initial: Any) -> list[File]:
        """What the page shows again: the files kept so far."""
        return self.kept

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether anything came."""
        return isinstance(data, Sent) and bool(data.uploads or data.token)
