"""The papers of a case as papers: what was issued, and what a reply would say."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.timezone import localdate

from gongkai.accounts.rules import Standing
from gongkai.applications.enums import ENDED, Consulted, Delivery, Opinion, Review, State
from gongkai.applications.models import Application, Consultation, Letter
from gongkai.applications.rules import clock, codes, deciding, notices, reply
from gongkai.applications.rules.notices import Addressee
from gongkai.applications.rules.remedies import Forum, forum
from gongkai.applications.rules.serving import BEGINS, must_be_served, term_words
from gongkai.organisations.enums import OrganKind
from gongkai.papers.rules import Paper
from gongkai.statutes import decision, in_force
from gongkai.ui.navigation import address_of

from .cases import once, visible_to

# Whose files they are: brought by the applicant or scanned at the counter; given with the reply; letters.
BROUGHT, GIVEN, LETTER = "applications.attachment", "applications.answer", "applications.letter"
SEALED_REPLY = "applications.reply"  # what is sealed: the versions of a reply are those of one object
REDACTED = "applications.redacted"  # what a redacted copy took the place of; it never leaves
OPINION = "apply:opinion"  # the page on which a third party answers
NOT_PROVED = frozenset({"receipt", "withdrawn"})  # they answer what the applicant did, and begin nothing
WAITS_IN = {
    "supplement_notice": State.SUPPLEMENTING.value,
    "reasons_request": State.EXPLAINING.value,
    "fee_notice": State.PAYING.value,
}
NOT_NUMBERED = "（草稿，未编号）"


def letters_of(application: Application) -> list[Letter]:
    """Every paper issued in a case, the first first."""
    return list(once(application, "letters", "replaces", "consultation"))


def servable(application: Application) -> list[tuple[Letter, str]]:
    """The papers whose service is entered by itself, those that wait for it first; a reply is served by its own act."""
    kinds = notices.notices().keys() - NOT_PROVED
    found = [letter for letter in letters_of(application) if letter.kind in kinds]
    found.sort(key=lambda letter: (not unserved(application, letter), letter.pk))
    return [(letter, f"{label_of(letter)}（{letter.number}）{letter.addressee}") for letter in found]


def unserved(application: Application, letter: Letter) -> bool:
    """Whether a term waits for the day on which this letter arrived."""
    if letter.delivered_on or letter.kind not in BEGINS or application.state in ENDED:
        return False
    if letter.consultation is not None:
        return letter.consultation.due_on is None and not letter.consultation.opinion
    return must_be_served(application.delivery) and application.state == WAITS_IN[letter.kind]


def letters_visible_to(standing: Standing) -> QuerySet[Letter]:
    """The papers of the cases that a reader may see."""
    return Letter.objects.filter(application__in=visible_to(standing))


def letter_of(application: Application, pk: int) -> Letter | None:
    """One paper of a case."""
    return application.letters.select_related("application__organ__parent").filter(pk=pk).first()


def reply_letter(pk: int) -> Letter:
    """The reply of a case as it now stands, the last version. Raises `Letter.DoesNotExist` when none was signed."""
    rows = Letter.objects.filter(application_id=pk, kind__in=reply.kinds())
    found = rows.select_related("application__organ__parent").order_by("-pk").first()
    if found is None:
        raise Letter.DoesNotExist(f"Case {pk} has no reply.")
    return found


def label_of(letter: Letter) -> str:
    """What kind of paper it is, in words."""
    kind: str = letter.kind
    notice = notices.notices().get(kind)
    if notice is None:
        return f"答复书：{reply.kinds()[kind].label}"
    return notice.label


def addressee(application: Application, to: Addressee, consultation: Consultation | None) -> str:
    """Whom a paper is written to, by name."""
    if to is Addressee.APPLICANT or consultation is None:
        applicant: str = application.applicant_name
        return applicant
    party: str = consultation.organ.name if consultation.organ else consultation.party
    return party


def paper_of(letter: Letter) -> Paper:
    """What was issued, as a paper."""
    application = letter.application
    notice = notices.notices().get(letter.kind)
    if notice is None:
        return _reply(application, letter.kind, letter.contents, letter.number, letter.issued_on, letter.addressee)
    return notices.paper(
        notice,
        {
            **term_words(letter.contents.get("due", ""), letter.contents.get("days", "")),
            **letter.contents,
            **online(letter),
            "post": post_of(application),
        },
        organ=application.organ.name,
        number=letter.number,
        addressee=letter.addressee,
        on=letter.issued_on,
        where=forum_of(application, letter.issued_on),
    )


def online(letter: Letter) -> dict[str, str]:
    """Where and with which code a third party may answer on the portal; nothing for any other paper."""
    code = letter.consultation.code if letter.consultation and letter.kind == "third_party_request" else ""
    address = address_of(OPINION)
    if not code or address is None:
        return {}
    site = str(settings.PUBLIC_URL)
    return {"code": codes.shown(code), "place": f"{site}{address}" if site else "本区政务公开平台“征求意见答复”页面"}


def post_of(application: Application) -> str:
    """Where what is answered on paper is sent: the organ, its address and its telephone, as far as they are known."""
    organ = application.organ
    ways = [f"地址：{organ.address}" if organ.address else "", f"联系电话：{organ.phone}" if organ.phone else ""]
    known = "，".join(way for way in ways if way)
    return f"{organ.name}（{known}）" if known else str(organ.name)


def draft(application: Application) -> Paper:
    """The proposed reply as a paper of today, without a number."""
    kind = application.contents["kind"]
    return _reply(application, kind, application.contents, NOT_NUMBERED, localdate(), application.applicant_name)


def forum_of(application: Application, day: date) -> Forum:
    """Before whom a reply of that day in this case is challenged."""
    by_internet = application.delivery in {Delivery.ONLINE, Delivery.E_MAIL}
    return forum_against(application.organ, day, by_internet=by_internet)


def forum_against(organ: Any, day: date, *, by_internet: bool = False) -> Forum:
    """Before whom what an organ answers on a day is challenged."""
    above = organ.parent.name if organ.parent else organ.name
    return forum(day, organ=organ.code, kind=OrganKind(organ.kind), above=above, by_internet=by_internet)


def _reply(
    application: Application, kind: str, contents: dict[str, str], number: str, on: date, applicant: str
) -> Paper:
    asked = reply.Asked(
        organ=application.organ.name,
        applicant=applicant,
        received_on=application.received_on or clock.local_day(application.submitted_at),
        wanted=contents.get("wanted") or application.description,
        number=application.number,
        supplemented_on=_supplemented_on(application),
    )
    return reply.letter(
        reply.kinds()[kind], contents, asked, number=number, signed_on=on, where=forum_of(application, on)
    )


def _supplemented_on(application: Application) -> date | None:
    found: date | None = application.steps.filter(act="supplement").order_by("-pk").values_list("on", flat=True).first()
    return found


def course_of(application: Application) -> deciding.Course:
    """What has happened that decides about outcomes."""
    steps = list(application.steps.values_list("act", flat=True))
    acts = set(steps)
    again = max((place for place, act in enumerate(steps) if act == "reopen"), default=-1)
    since = set(steps[again + 1 :])  # who was asked for reasons before it was reopened was asked about another reply
    asked = heard(application)
    objections = tuple(found.objection for found in asked if found.objection)
    reasons = "given" if "give_reasons" in since else "asked" if "ask_reasons" in since else ""
    fixed = decision_of(reply_letter(application.pk)) if application.correcting else ""
    return deciding.Course(
        "supplement" in acts, reasons, tuple(Opinion(found.said) for found in asked), fixed, objections
    )


def to_weigh(application: Application) -> list[Consultation]:
    """The refusals of third parties that gave reasons: the organ finds whether they are reasonable (art. 32)."""
    return [found for found in heard(application) if found.said == Opinion.REFUSE.value and found.reason.strip()]


def heard(application: Application) -> list[Consultation]:
    """The third parties whose term is over or who said something, as the organ weighs it in the decision to be made.

    What came after the decision is not weighed when only its letter is put right; when all is decided anew, it is.
    """
    asked = application.consultations.filter(kind=Consulted.THIRD_PARTY.value).exclude(opinion="")
    return [found for found in asked if not (application.correcting and found.late_decided)]


def stands_against(application: Application, kind: reply.Kind) -> str:
    """Why the course of the case does not bear a kind of reply yet; empty when it does."""
    try:
        deciding.check(kind, course_of(application), public_interest="-")
    except deciding.WrongOutcome as error:
        return str(error)
    return ""


def decision_of(letter: Letter) -> str:
    """The code of a reply's outcome."""
    return reply.kinds()[letter.kind].code


def reviews_missing(application: Application, today: date) -> list[Review]:
    """The reviews that this proposal still has to pass before it is signed."""
    passed = set(application.reviews.filter(proposal=application.proposal).values_list("review", flat=True))
    return [review for review in deciding.reviews_of(application.code, today) if review.value not in passed]


def reviews_basis(day: date) -> str:
    """Where it stands that a reply is reviewed before it is signed."""
    return in_force("reviews_before_signing", day).basis


def outcome_label(application: Application) -> str:
    """The outcome in the words of the national table, as it stood on the day of closing; empty while there is none."""
    if not application.code:
        return ""
    return decision(application.code, application.closed_on or localdate()).label
