"""Sending a file that people uploaded: always as a download, never as a page of ours, in parts when asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header, parse_etags

CHUNK = 1 << 16
# A file that a browser shows in spite of all may neither run nor reach anything.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@dataclass(frozen=True)
class Content:
    """What is sent: `digest` changes with the bytes; `opened` gives them, and is called only when they are sent."""

    name: str
    media_type: str
    size: int
    digest: str
    opened: Callable[[], BinaryIO]
    inline: bool = False  # a picture that we made ourselves may stand in a page


class NotSatisfiable(Exception):
    """A range outside the content."""


def send(request: HttpRequest, content: Content) -> HttpResponseBase:
    """200, 206 for one range, 304 when the reader has it, 416 for a range outside. HEAD has the headers alone."""
    etag = f'"{content.digest}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _with_headers(HttpResponse(status=304), content, etag)
    try:
        part = _part(request, content.size, etag)
    except NotSatisfiable:
        response = HttpResponse(status=416)
        response.headers["Content-Range"] = f"bytes */{content.size}"
        return _with_headers(response, content, etag)
    first, last = part or (0, content.size - 1)
    if request.method == "HEAD":
        answer: HttpResponseBase = HttpResponse(status=206 if part else 200)
    else:
        answer = StreamingHttpResponse(_bytes(content.opened(), first, last), status=206 if part else 200)
    answer.headers["Content-Type"] = content.media_type
    answer.headers["Content-Length"] = str(last - first + 1)
    if part:
        answer.headers["Content-Range"] = f"bytes {first}-{last}/{content.size}"
    return _with_headers(answer, content, etag)


def first_sent(request: HttpRequest, content: Content) -> int | None:
    """Where what the reader is given begins; None where nothing is: HEAD, what they have, a range outside."""
    if request.method == "HEAD" or f'"{content.digest}"' in parse_etags(request.headers.get("If-None-Match", "")):
        return None
    try:
        part = _part(request, content.size, f'"{content.digest}"')
    except NotSatisfiable:
        return None
    return part[0] if part else 0


def _part(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """The one range that is asked for, first and last byte; None for all. Several ranges get all."""
    asked = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if asked is None or request.headers.get("If-Range", etag) != etag or not (asked[1] or asked[2]):
        return None
    if not asked[1]:  # the last so many bytes
        length = min(int(asked[2]), size)
        if not length:
            raise NotSatisfiable
        return size - length, size - 1
    first, last = int(asked[1]), min(int(asked[2] or size - 1), size - 1)
    if first >= size:
        raise NotSatisfiable
    return (first, last) if first <= last else None


def _bytes(file: BinaryIO, first: int, last: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        left = last - first + 1
        while left and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk


def _with_headers(response: HttpResponseBase, content: Content, etag: str) -> HttpResponseBase:
    disposition = content_disposition_header(not content.inline, content.name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return response
