"""Which letters have to reach somebody before a term begins, and which have reached the applicant at once. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.applications.enums import Delivery

# The kind of letter and the act that it was written for, whose term runs from the day on which it arrived.
BEGINS: Mapping[str, str] = {
    "supplement_notice": "ask_supplement",
    "reasons_request": "ask_reasons",
    "third_party_request": "ask_third_party",
    "co_producer_request": "ask_co_producer",
    "fee_notice": "charge",
}
# Who chose to be answered on this platform or by mail has a notice there on the day of its issue.
AT_ONCE = frozenset({Delivery.ONLINE.value, Delivery.E_MAIL.value})


def must_be_served(delivery: str) -> bool:
    """Whether the day on which a notice reached the applicant has to be proved, by the way that he or she chose."""
    return delivery not in AT_ONCE


def term_words(due: str, days: object) -> dict[str, str]:
    """How a letter says by when: a day where it is known, else so many working days after it arrived."""
    if due:
        return {"term": f"{due}前", "until": f"（{due}前）"}
    return {"term": f"收到本告知书次日起{days}个工作日内", "until": ""}
