"""A draft is approved, reviewed for secrets, law and coordination, or returned with a remark. Nobody passes the own draft."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from gongkai.catalogue.enums import Review
from gongkai.catalogue.models import Item, Pass
from gongkai.catalogue.selectors import courses
from gongkai.workflow.rules import Doer, Refused, Rule

from .acting import LONGEST, act, course, other, wanted


def approve(*, pk: int, by: Doer, version: int, key: str, user_id: int) -> Item:
    """The chief agrees, having seen the difference."""

    def change(item: Item, rule: Rule) -> dict[str, object]:
        other(item, user_id, "审核")
        mine = course(item)
        mine.approved_by_id = user_id
        mine.save()
        return {"digest": courses.digest(item)}

    return act(pk, "approve", by, version, key, change)


def send_back(*, pk: int, by: Doer, version: int, key: str, remark: str) -> Item:
    """Back to the drafter, with what is wrong; the reviews of what does not change stay good."""

    def change(item: Item, rule: Rule) -> dict[str, object]:
        mine = course(item)
        mine.remark = wanted(remark, "退回的意见")
        mine.approved_by, mine.overridden = None, []
        mine.save()
        return {"remark": mine.remark[:200]}

    return act(pk, "return", by, version, key, change)


def secrecy_pass(*, pk: int, by: Doer, version: int, key: str, user_id: int, opinion: str, today: date) -> Item:
    """Art. 17: it has been looked at for secrets, and for everything that may not be public."""
    return _pass(Review.SECRECY, pk, by, version, key, user_id, opinion, today)


def legality_pass(*, pk: int, by: Doer, version: int, key: str, user_id: int, opinion: str, today: date) -> Item:
    """A rule for everybody has been looked at by those who know the law."""
    return _pass(Review.LEGALITY, pk, by, version, key, user_id, opinion, today)


def coordination_pass(*, pk: int, by: Doer, version: int, key: str, user_id: int, opinion: str, today: date) -> Item:
    """What a draft lays down about disclosure fits the rules of disclosure."""
    return _pass(Review.COORDINATION, pk, by, version, key, user_id, opinion, today)


def _pass(review: Review, pk: int, by: Doer, version: int, key: str, user_id: int, opinion: str, today: date) -> Item:
    def change(item: Item, rule: Rule) -> dict[str, object]:
        other(item, user_id, review.label)
        found = courses.digest(item)
        Pass.objects.create(
            item=item, review=review.value, opinion=opinion.strip()[:LONGEST], digest=found, by_id=user_id, on=today
        )
        return {"digest": found}

    return act(pk, f"{review.value}_pass", by, version, key, change)


def override(
    *, pk: int, by: Doer, version: int, key: str, user_id: int, findings: Collection[str], reason: str
) -> Item:
    """Let findings pass by name, with a reason: a number that the organ publishes itself, a public figure's office."""

    def change(item: Item, rule: Rule) -> dict[str, object]:
        other(item, user_id, "放行")
        why = wanted(reason, "放行的理由")
        mine = course(item)
        known = {one.key for one in courses.open_findings(item, mine)}
        if not findings or not set(findings) <= known:
            raise Refused("请勾选要放行的疑点。页面打开之后内容有变动的，请刷新页面再选。")
        mine.overridden = [*mine.overridden, *({"key": one, "by": user_id, "why": why} for one in sorted(findings))]
        mine.save()
        return {"findings": sorted(findings), "reason": why[:200]}

    return act(pk, "override", by, version, key, change)


def exempt(*, pk: int, by: Doer, version: int, key: str, user_id: int, reason: str) -> Item:
    """The document needs no interpretation of its own; whoever says so signs for it."""

    def change(item: Item, rule: Rule) -> dict[str, object]:
        other(item, user_id, "签署免于解读")
        mine = course(item)
        mine.exempt_by_id, mine.exempt_reason = user_id, wanted(reason, "免于同步解读的理由")
        mine.save()
        return {"reason": mine.exempt_reason[:200]}

    return act(pk, "exempt", by, version, key, change)
