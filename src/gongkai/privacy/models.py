"""The one table of this context: secrets of the program's own, sealed like personal data. It holds no people."""

from __future__ import annotations

from django.db import models

from .fields import EncryptedTextField


class Secret(models.Model):
    """A random secret that must outlive every key: it is sealed under the ring and sealed again by rotation."""

    name = models.CharField(max_length=40, unique=True)
    value = EncryptedTextField()

    def __str__(self) -> str:
        return self.name
