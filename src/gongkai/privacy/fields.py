"""A text that is encrypted in the database and plain in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import IsNull

from . import envelope
from .keys import ring

if TYPE_CHECKING:
    _TextField = models.TextField[str | None, Any]
else:
    _TextField = models.TextField


class EncryptedTextField(_TextField):
    """Personal data at rest: AES-256-GCM, bound to this table and column, under the first key of the ring.

    None stays NULL and "" stays "", because neither tells anything. The stored text is about 4/3 of the plain text's
    UTF-8 bytes and 60 characters more. It cannot be searched or sorted: look people up by a column that holds
    `privacy.digests.blind(text)`. Renaming the table or the column needs a migration that seals the values again.
    """

    description = "Encrypted text"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("db_index") or kwargs.get("unique") or kwargs.get("primary_key"):
            raise ValueError("An encrypted column cannot be indexed or unique; put a blind digest beside it.")
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    @property
    def place(self) -> str:
        """`table.column`, which every value is bound to."""
        return f"{self.model._meta.db_table}.{self.column}"  # noqa: SLF001 - Django's own public name

    def get_prep_value(self, value: Any) -> Any:
        """The sealed text; None and "" as they are."""
        value = super().get_prep_value(value)
        if value is None or value == "":
            return value
        return envelope.seal(str(value), key=ring().writing, place=self.place)

    def from_db_value(self, value: str | None, expression: object, connection: BaseDatabaseWrapper) -> str | None:
        """The plain text. Raises Undecipherable, NoSuchKey."""
        if value is None or value == "":
            return value
        return envelope.unseal(value, ring=ring(), place=self.place)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only `isnull` can be asked of an encrypted column."""
        if lookup_name == "isnull":
            return IsNull
        raise FieldError(
            f"{self.model.__name__}.{self.name} is encrypted and cannot be looked up by {lookup_name!r}. "
            "Keep privacy.digests.blind(text) in a column beside it and look that up."
        )

    def get_transform(self, lookup_name: str) -> Any:
        """No transform makes sense of sealed text."""
        return self.get_lookup(lookup_name)
