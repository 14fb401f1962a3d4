"""Art. 30 to 36: which outcomes the course of a case allows, and which reviews a proposal must pass. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai.applications.enums import Opinion, Review
from gongkai.statutes import in_force, law

from .reply import Kind

GRANTING = frozenset({"G2", "P"})


class WrongOutcome(Exception):
    """An outcome that the course of the case does not bear; the text says why, by which article, and what to do."""


@dataclass(frozen=True)
class Course:
    """What has happened that decides about outcomes.

    `reasons`: "" not asked for, "asked", "given". `third_parties`: the opinions, in the order of asking. `fixed`: the
    code that a correction must keep.
    """

    supplemented: bool = False
    reasons: str = ""
    third_parties: Sequence[Opinion] = field(default_factory=tuple)
    fixed: str = ""

    @property
    def refused(self) -> bool:
        """Whether a third party does not agree to the disclosure."""
        return Opinion.REFUSE in self.third_parties


def check(kind: Kind, course: Course, *, public_interest: str = "") -> None:
    """Raise `WrongOutcome` where the law wants something to have happened before such a reply."""
    if course.fixed and kind.code != course.fixed:
        raise WrongOutcome("更正答复书不改变办理结果。结果有变的，应当依法撤销原答复，重新处理。")
    if kind.code == "D4" and not course.third_parties:
        raise WrongOutcome(f"以保护第三方合法权益为由不予公开的，应当先书面征求第三方意见{_by('32')}。请先发出征询书。")
    if kind.code == "D4" and set(course.third_parties) == {Opinion.CONSENT}:
        raise WrongOutcome(
            f"被征求意见的第三方都同意公开，不能再以保护其合法权益为由不予公开{_by('15')}。请改选答复的种类。"
        )
    if kind.code == "N3" and not course.supplemented:
        raise WrongOutcome(f"“补正后申请内容仍不明确”以申请人补正过为前提{_by('30')}。请先一次性告知补正。")
    if kind.code == "X4" and not course.reasons:
        raise WrongOutcome(f"“大量反复申请”不予处理前，应当要求申请人说明理由{_by('35')}。请先要求说明理由。")
    if (
        kind.code == "G2" and course.refused and not public_interest.strip()
    ):  # in part, what is theirs may stay withheld
        raise WrongOutcome(
            f"第三方不同意公开。仍决定公开的，须写明不公开将对公共利益造成的重大影响{_by('32')}，并书面告知第三方。"
        )


def reviews_of(code: str, day: date) -> tuple[Review, ...]:
    """The reviews that a reply with this outcome must pass before it is signed, as this house has set them."""
    table = in_force("reviews_before_signing", day).table
    return tuple(review for review in Review if code in table.get(review.value, ()))


def _by(article: str) -> str:
    return f"（{law().cite(f'disclosure_regulation {article}').text}）"
