"""What screening tells: findings with their places, and what the file is. Values only; the caller stores them."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from gongkai.files.rules import marked as _
from gongkai.privacy import masking
from gongkai.screening.enums import FindingKind, Severity

from .personal import Span, comparable, find

FILE_NAME = _("文件名")
PAGE = _("第 %(page)s 页")
PARAGRAPH = _("第 %(paragraph)s 段")
LINE = _("第 %(line)s 行")
CELL = _("工作表“%(sheet)s”的 %(cell)s")
SHEET = _("工作表“%(sheet)s”")
WHOLE_FILE = _("整个文件")
_LONGEST = 60  # characters of an excerpt


@dataclass(frozen=True)
class Place:
    """Where in a file: `sentence` with `values` in it, so that it can be told in the reader's language."""

    sentence: str = WHOLE_FILE
    values: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """In Chinese."""
        return self.sentence % self.values if self.values else self.sentence


@dataclass(frozen=True)
class Finding:
    """One thing found. `excerpt` never shows a personal value plainly; equal values have equal digests.

    The digest is keyed: it says nothing to whoever lacks the key it was made with.
    """

    kind: FindingKind
    place: Place
    severity: Severity
    excerpt: str
    digest: str

    @property
    def key(self) -> str:
        """Names the finding within its file: the same kind and value at the same place is one finding."""
        return hashlib.sha256(f"{self.kind.value}|{self.place.text}|{self.digest}".encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Screening:
    """What one content holds: bound to its bytes by their digest, and good for no other."""

    sha256: str
    findings: tuple[Finding, ...]
    facts: Mapping[str, Any]

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that keep it here."""
        return tuple(found for found in self.findings if found.severity is Severity.BLOCK)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that are only shown."""
        return tuple(found for found in self.findings if found.severity is Severity.WARN)

    def as_json(self) -> dict[str, Any]:
        """Plain values, for a column or for the way between processes."""
        return {"sha256": self.sha256, "findings": [asdict(found) for found in self.findings], "facts": {**self.facts}}


def from_json(data: Mapping[str, Any]) -> Screening:
    """What `as_json` made."""
    findings = tuple(
        Finding(
            FindingKind(found["kind"]),
            Place(found["place"]["sentence"], found["place"]["values"]),
            Severity(found["severity"]),
            found["excerpt"],
            found["digest"],
        )
        for found in data["findings"]
    )
    return Screening(data["sha256"], findings, data["facts"])


@dataclass(frozen=True)
class Teller:
    """Makes findings: keeps the key of the digests and what the house publishes itself."""

    key: bytes
    allowed: Collection[str] = ()

    def personal(self, text: str, place: Place) -> Iterator[Finding]:
        """The personal data in a text that stands at one place."""
        for span in find(text, allowed=self.allowed):
            yield self.of_span(span, place)

    def of_span(self, span: Span, place: Place) -> Finding:
        """A piece of personal data as a finding."""
        return Finding(span.kind, place, span.severity, masked(span.kind, span.value), self.digest(span))

    def digest(self, span: Span) -> str:
        """Equal for equal values in whatever spelling."""
        return self._digest(span.kind, comparable(span.value))

    def other(self, kind: FindingKind, place: Place, severity: Severity, excerpt: str = "") -> Finding:
        """Something else that the file gives away; what is shown of it has its personal data masked."""
        shown = " ".join(masking.mask_text(_masked_spans(excerpt)).split())[:_LONGEST]
        return Finding(kind, place, severity, shown, self._digest(kind, excerpt))

    def _digest(self, kind: FindingKind, value: str) -> str:
        text = f"{kind.value}|{value}".encode("utf-8", "surrogatepass")
        return hmac.new(self.key, text, hashlib.sha256).hexdigest()


def masked(kind: FindingKind, value: str) -> str:
    """A value as it may be shown: enough to find it again, too little to use it."""
    if kind in {FindingKind.MOBILE, FindingKind.FIXED_PHONE}:
        return masking.mask_phone(value.replace(")", "-").replace("\n", ""))
    if kind is FindingKind.EMAIL:
        return masking.mask_email(value)
    if kind is FindingKind.ADDRESS:
        return f"{value[:3]}****"
    if kind is FindingKind.PLATE:
        return f"{value[:2]}***{value[-2:]}"
    if kind is FindingKind.BANK_CARD:
        return masking.mask_card("".join(char for char in value if char.isdigit()))
    return masking.mask_identity("".join(char for char in value if char.isalnum()))


def _masked_spans(text: str) -> str:
    for span in reversed(find(text)):
        text = f"{text[: span.start]}{masked(span.kind, span.value)}{text[span.end :]}"
    return text


def merged(findings: Collection[Finding]) -> tuple[Finding, ...]:
    """Each finding once, in the order found."""
    return tuple({found.key: found for found in reversed(list(findings))}.values())[::-1]


def at(found: Finding, place: Place) -> Finding:
    """The same finding told at another place, as for what stands in a file within a file."""
    return replace(found, place=place)
