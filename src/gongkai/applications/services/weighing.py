"""Art. 32: whether the reasons of a third party that does not agree are reasonable; without, nothing stands against it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gongkai.applications import selectors
from gongkai.applications.enums import Objection, Opinion, Weighed
from gongkai.applications.models import Application, Consultation
from gongkai.applications.rules.deciding import STANDING
from gongkai.statutes import law
from gongkai.workflow.rules import Refused

from .letters import issue

LONGEST = 2000
ANYWAY = "disclosed_anyway"  # a disclosure in part holds what a third party did not agree to


def weigh(found: Consultation, weighed: str, why: str) -> None:
    """Write down what was found about the reasons given. Call it inside an act. Raises `Refused`."""
    if weighed not in set(Weighed):
        raise Refused("请选择第三方的理由合理还是不合理。")
    if weighed == Weighed.UNREASONABLE.value and not why.strip():
        cite = law().cite("disclosure_regulation 32").text
        raise Refused(f"认定第三方的理由不合理的，请写明依据（{cite}），将书面告知第三方。")
    if named := selectors.names_applicant(found.application, why):
        raise Refused(f"认定的依据里有申请人的{named}。不得向第三方透露谁在申请。请删去。")
    if number := selectors.numbers_in(why):
        raise Refused(f"认定的依据里有{number}，将随告知书送给第三方。请删去号码。")
    found.weighed, found.weighed_why = weighed, why.strip()[:LONGEST]
    found.save(update_fields=["weighed", "weighed_why"])


def weigh_all(row: Application, contents: Mapping[str, str]) -> dict[str, str]:
    """The same for every refusal with reasons of a case: `weighed_<pk>` and `why_<pk>` of what was written.

    Gives what is written in the trail.
    """
    done = {}
    for found in selectors.to_weigh(row):
        if weighed := str(contents.get(f"weighed_{found.pk}", "")):
            weigh(found, weighed, str(contents.get(f"why_{found.pk}", "")))
            done[f"weighed_{found.pk}"] = weighed
    return done


def tell_third_parties(row: Application, today: date) -> None:
    """Art. 32: who did not agree to a disclosure that is made all the same is told so in writing, with the reasons."""
    interest = row.contents.get("public_interest", "")
    discloses = row.code == "G2" or bool(row.contents.get(ANYWAY))
    for found in [one for one in selectors.heard(row) if one.said == Opinion.REFUSE.value]:
        said = Opinion.REFUSE.label
        if found.objection not in STANDING:
            if discloses or interest:
                issue(row, "third_party_overruled", {"why": _why(found)}, on=today, consultation=found, opinion=said)
        elif interest:
            issue(row, "third_party_decided", {"why": interest}, on=today, consultation=found, opinion=said)


def _why(found: Consultation) -> str:
    """What is disclosed, and why what was said does not stand against it."""
    what = found.question.rstrip("。")
    if found.objection is Objection.NO_REASON:
        return f"{what}。您（单位）不同意公开，没有说明理由。"
    return f"{what}。您（单位）说明的理由，本机关审查后认为不合理：{found.weighed_why}"
