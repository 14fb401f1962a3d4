"""Gathers what the readers of files find: passages of text with their places, and what the eye does not see."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.files.rules import marked as _
from gongkai.screening.enums import FindingKind, Severity
from gongkai.screening.rules.findings import Finding, Place, Teller, merged
from gongkai.screening.rules.personal import find

APART = "\n\n\n\n"  # no number, address or plate reaches across it
TOGETHER = "\n"
MOST = 500  # findings of one kind that are listed one by one
_CHUNK = 500_000  # characters searched at once
MORE = _("另有 %(count)s 处，没有逐一列出")


@dataclass
class Collector:
    """What was found so far; `findings()` tells it, once the passages are searched."""

    teller: Teller
    facts: dict[str, object] = field(default_factory=dict)
    _passages: list[tuple[str, Place, str]] = field(default_factory=list)
    _waiting: int = 0
    _found: list[Finding] = field(default_factory=list)
    _counts: Counter[FindingKind] = field(default_factory=Counter)
    _rest: dict[FindingKind, Severity] = field(default_factory=dict)

    def read(self, text: str, place: Place, before: str = APART) -> None:
        """Take a passage in; `before` says whether a number may run on from the passage before it."""
        if text and not text.isspace():
            if self._waiting > _CHUNK and before == APART:
                self._search()
            self._passages.append((text, place, before))
            self._waiting += len(text)

    def tell(self, kind: FindingKind, place: Place, severity: Severity = Severity.BLOCK, excerpt: str = "") -> None:
        """Something that is no passage: a hidden sheet, a comment, a property."""
        self._keep(self.teller.other(kind, place, severity, excerpt))

    def _keep(self, finding: Finding) -> None:
        self._counts[finding.kind] += 1
        if self._counts[finding.kind] <= MOST:
            self._found.append(finding)
        elif self._rest.get(finding.kind) is not Severity.BLOCK:
            self._rest[finding.kind] = finding.severity

    def _search(self) -> None:
        text, starts = "", []
        parts: list[str] = []
        length = 0
        for passage, _place, before in self._passages:
            parts += [before, passage]
            starts.append(length + len(before))
            length += len(before) + len(passage)
        text = "".join(parts)
        for span in find(text, allowed=self.teller.allowed):
            place = self._passages[max(0, bisect_right(starts, span.start) - 1)][1]
            self._keep(self.teller.of_span(span, place))
        self._passages, self._waiting = [], 0

    def findings(self) -> tuple[Finding, ...]:
        """Everything found, each thing once; what is too much to list stands as one finding of its kind."""
        self._search()
        return merged([*self._found, *self._more()])

    def _more(self) -> Iterator[Finding]:
        for kind, severity in self._rest.items():
            count = self._counts[kind] - MOST
            yield self.teller.other(kind, Place(MORE, {"count": count}), severity, str(count))
