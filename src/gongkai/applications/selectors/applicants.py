"""What an applicant may see of his or her own case: the papers addressed to the applicant, what was given, the ways on."""

from __future__ import annotations

import hmac
import unicodedata
from datetime import date
from typing import Any
from uuid import UUID

from gongkai.applications.enums import ENDED, Closing
from gongkai.applications.models import Application, Consultation, Fee, Letter
from gongkai.applications.rules import codes, notices, reply
from gongkai.applications.rules import remedies as ways
from gongkai.applications.rules.deciding import GRANTING
from gongkai.applications.rules.notices import Addressee
from gongkai.deadlines import selectors as deadlines
from gongkai.files import selectors as files
from gongkai.files.enums import Scan
from gongkai.privacy.digests import blind

from .papers import BROUGHT, GIVEN, forum_of

BRACKETS = str.maketrans("[]【】()（）{}", "〔〕" * 5)  # as people type the brackets of a number
READABLE = frozenset({Scan.OFF.value, Scan.CLEAN.value})


def letters_to_applicant(application: Application) -> list[Letter]:
    """Every paper that was addressed to the applicant, the first first; a reply once it has been sent."""
    found = application.letters.select_related("application__organ__parent", "replaced_by")
    return [letter for letter in found if _is_to_applicant(application, letter)]


def _is_to_applicant(application: Application, letter: Letter) -> bool:
    if letter.kind in reply.kinds():
        return letter.delivered_on is not None or application.state in ENDED
    return notices.notices()[letter.kind].to is Addressee.APPLICANT


def letters_to_party(consultation: Consultation) -> list[Letter]:
    """Every paper that was addressed to a third party in its consultation, the first first. None tells who applied."""
    found = consultation.letters.select_related("application__organ__parent", "consultation").order_by("pk")
    return [letter for letter in found if notices.notices()[letter.kind].to is Addressee.THIRD_PARTY]


def consultation_by_code(number: str, code: str) -> Consultation | None:
    """The consultation of who holds the number of the letter that asks and the code printed in it."""
    wanted = "".join(unicodedata.normalize("NFKC", number).split()).translate(BRACKETS)
    letters = Letter.objects.select_related("consultation__application__organ__parent")
    letter = letters.filter(number=wanted, kind="third_party_request").first()
    found: Consultation | None = letter.consultation if letter else None
    if found is None or not hmac.compare_digest(found.code_digest, blind(codes.cleaned(code))):
        return None
    return found


def answered(application: Application) -> bool:
    """Whether it has ended: also while a slip in the letter is put right, for the reply stands meanwhile."""
    return application.state in ENDED or application.correcting


def given_files(application: Application) -> list[Any]:
    """The files given with the reply, once it has been sent and they have been looked at.

    What was attached to a proposal that came to nothing, or to another outcome, was never given.
    """
    if application.state not in ENDED or application.code not in GRANTING:
        return []
    return [file for file in files.of_owner(GIVEN, application.pk) if file.blob.scan in READABLE]


def brought_files(application: Application) -> list[Any]:
    """The files that came with the application and its supplements, once they have been looked at."""
    return [file for file in files.of_owner(BROUGHT, application.pk) if file.blob.scan in READABLE]


def given_file(application: Application, pk: UUID) -> Any | None:
    """One of them."""
    return next((file for file in given_files(application) if file.pk == pk), None)


def remedies_of(application: Application) -> ways.Remedies | None:
    """The ways open against how a case ended; none while it runs, and none against one's own withdrawal."""
    if not answered(application) or application.closed_on is None or _withdrawn(application):
        return None
    day: date = application.closed_on
    return ways.remedies(application.code, day, deadlines.calendar(), forum_of(application, day))


def _withdrawn(application: Application) -> bool:
    """Guidance counts in the same row of the national table, but is answered by a letter."""
    return application.code == Closing.WITHDRAWN.value and not application.letter_number


def fee_of(application: Application) -> tuple[Fee, str] | None:
    """What is to be paid, and how, as the notice says; None where no notice was sent."""
    fee = Fee.objects.filter(application=application).first()
    if fee is None:
        return None
    notice = application.letters.filter(kind="fee_notice").order_by("-pk").first()
    return fee, notice.contents.get("how", "") if notice else ""
