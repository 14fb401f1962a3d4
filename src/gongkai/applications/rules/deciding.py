"""Art. 30 to 36: which outcomes the course of a case allows, and which reviews a proposal must pass. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai.applications.enums import Objection, Opinion, Review, Weighed
from gongkai.statutes import in_force, law

from .reply import Kind

GRANTING = frozenset({"G2", "P"})
STANDING = frozenset({Objection.REASONABLE, Objection.NOT_WEIGHED})  # what only a great public interest outweighs


class WrongOutcome(Exception):
    """An outcome that the course of the case does not bear; the text says why, by which article, and what to do."""


@dataclass(frozen=True)
class Course:
    """What has happened that decides about outcomes.

    `reasons`: "" not asked for, "asked", "given". `third_parties`: the opinions, in the order of asking. `fixed`: the
    code that a correction must keep. `objections`: what is behind each refusal of a third party.
    """

    supplemented: bool = False
    reasons: str = ""
    third_parties: Sequence[Opinion] = field(default_factory=tuple)
    fixed: str = ""
    objections: Sequence[Objection] = field(default_factory=tuple)

    @property
    def refused(self) -> bool:
        """Whether a third party does not agree to the disclosure."""
        return Opinion.REFUSE in self.third_parties

    @property
    def reasons_given(self) -> bool:
        """Whether a third party that does not agree said why, reasonable or not."""
        return any(found is not Objection.NO_REASON for found in self.objections)

    @property
    def outweighed_only(self) -> bool:
        """Whether a third party has, or may have, reasonable reasons: then only a great public interest discloses."""
        return bool(STANDING & set(self.objections))


def objection(opinion: str, reason: str, weighed: str) -> Objection | None:
    """Art. 32: what is behind an opinion; None where it is no refusal. Reasons not weighed yet count as if reasonable."""
    if opinion != Opinion.REFUSE.value:
        return None
    if not reason.strip():
        return Objection.NO_REASON
    found = {Weighed.REASONABLE.value: Objection.REASONABLE, Weighed.UNREASONABLE.value: Objection.UNREASONABLE}
    return found.get(weighed, Objection.NOT_WEIGHED)


def check(kind: Kind, course: Course, *, public_interest: str = "", anyway: bool = False) -> None:
    """Raise `WrongOutcome` where the law wants something to have happened before such a reply.

    `anyway`: what is disclosed in part holds what a third party did not agree to; else that may stay withheld.
    """
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
    discloses = kind.code == "G2" or (kind.code == "P" and anyway)
    if discloses and course.outweighed_only and not public_interest.strip():
        raise WrongOutcome(
            f"第三方不同意公开并说明了理由。理由合理而仍决定公开的，须写明不公开将对公共利益造成的重大影响{_by('32')}，"
            "并书面告知第三方；认为理由不合理的，请先认定并写明依据。"
        )


def reviews_of(code: str, day: date) -> tuple[Review, ...]:
    """The reviews that a reply with this outcome must pass before it is signed, as this house has set them."""
    table = in_force("reviews_before_signing", day).table
    return tuple(review for review in Review if code in table.get(review.value, ()))


def _by(article: str) -> str:
    return f"（{law().cite(f'disclosure_regulation {article}').text}）"
