"""What is said of a paper that somebody holds, from what was remembered when it was sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongkai.seals.enums import Verdict


@dataclass(frozen=True)
class Remembered:
    """One sealed paper, as far as the answer depends on it."""

    sha256: str
    sealed_at: datetime
    replaced: bool
    revoked_at: datetime | None = None


def judge(by_code: Remembered | None, by_file: Remembered | None, *, code_given: bool, file_given: bool) -> Verdict:
    """The answer to a code, a file, or both.

    A file counts by its own digest; a code without a file tells only what stands under it. Both together must lead to
    the same paper. A key that was revoked before the paper was sealed makes it no paper at all.
    """
    if file_given and code_given and by_code is not None and by_file != by_code:
        return Verdict.MISMATCH
    found = by_file if file_given else by_code
    if found is None:
        return Verdict.MISMATCH if file_given else Verdict.UNKNOWN
    if found.revoked_at is not None and found.revoked_at <= found.sealed_at:
        return Verdict.WITHDRAWN_KEY
    return Verdict.REPLACED if found.replaced else Verdict.GENUINE
