"""Uploads that are hashed while they come in, and neither kept in memory nor on disk."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from gongkai.files.enums import Kind
from gongkai.files.rules import ALLOWED
from gongkai.seals.forms import HashedFile

MOST = ALLOWED[Kind.PDF].most  # bytes: no greater letter is kept either
AROUND = 64 * 1024  # bytes of the form around the file


class HashingHandler(FileUploadHandler):
    """Digests each piece and lets it go; stops the upload at the limit."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.too_large = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin anew with each file."""
        super().new_file(*args, **kwargs)
        self.digest, self.size = hashlib.sha256(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece in; nothing is handed on."""
        self.size += len(raw_data)
        if self.size > MOST:
            self.too_large = True
            raise StopUpload(connection_reset=True)
        self.digest.update(raw_data)

    def file_complete(self, file_size: int) -> HashedFile:
        """What is left of the file."""
        return HashedFile(self.file_name or "", file_size, self.digest.hexdigest())


def hash_uploads(request: HttpRequest) -> HashingHandler:
    """Have the uploads of a request hashed; before anything reads its body."""
    handler = HashingHandler(request)
    request.upload_handlers = [handler]
    return handler


def announced_too_large(request: HttpRequest) -> bool:
    """Whether the request says by itself that it is too large: then its body is not even read."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return length.isascii() and length.isdigit() and int(length) > MOST + AROUND
