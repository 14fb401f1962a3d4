"""Acts of this context: queue an article, compile and publish an issue, seal it, write in the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max

from gongkai.accounts.rules import Standing
from gongkai.audit import services as audit
from gongkai.audit.rules import Actor
from gongkai.catalogue import selectors as library
from gongkai.seals import selectors as seals
from gongkai.seals import services as sealing
from gongkai.seals.rules import AlreadySealed
from gongkai.workflow.rules import NotNow, NotYours, Refused, Stale

from . import printing, selectors
from .enums import IssueState, Movement
from .models import Article, Entry, Issue, Point
from .permissions import may_compile, may_publish
from .rules import ledger
from .rules.declared import Admission, admission, declared
from .rules.frozen import Frozen

OBJECT = "gazette.issue"
REASON = "政府公报出版"


@transaction.atomic
def queue(*, item: int, on: date) -> Admission:
    """Make an article of a released document if the positive list has it; again changes nothing."""
    found = library.public().select_related("organ").filter(pk=item).first()
    if found is None:
        return Admission("", "这份文件没有公开。")
    answer = admission(
        kind=found.kind, organ=found.organ.code, level=found.level, language=found.language, title=found.title
    )
    if answer.column:
        Article.objects.get_or_create(item=found, defaults={"column": answer.column, "released_on": on})
    return answer


@transaction.atomic
def open_issue(*, year: int, number: int, by: Standing) -> Issue:
    """Begin an issue. Raises NotYours, Refused."""
    _may(may_compile(by))
    if not 1 <= number <= declared().issues_a_year:
        raise Refused(
            f"一年出版 {declared().issues_a_year} 期，没有第 {number} 期。请填写 1 到 {declared().issues_a_year}。"
        )
    found, made = Issue.objects.get_or_create(year=year, number=number)
    if not made:
        raise Refused(f"{found}已经建立。请在列表中打开它。")
    audit.record(act="gazette.open", actor=by.actor, object_kind=OBJECT, object_id=found.pk)
    return found


@transaction.atomic
def arrange(*, pk: int, articles: Sequence[int], version: int, by: Standing) -> Issue:
    """Put these articles into an issue, in this order, and no others. Raises NotYours, NotNow, Stale, Refused."""
    _may(may_compile(by))
    found = _held(pk, version)
    free = {row.pk: row for row in Article.objects.select_for_update().filter(pk__in=articles)}
    taken = [row for row in free.values() if row.issue_id not in {None, found.pk}]
    if taken or len(free) != len(set(articles)):
        raise Refused("有的文章已经编入别的一期，或者已经不在。请刷新后重新选择。")
    found.articles.update(issue=None, place=None)
    for place, one in enumerate(dict.fromkeys(articles), 1):
        Article.objects.filter(pk=one).update(issue=found, place=place)
    _tick(found)
    facts = {"articles": list(articles)}
    audit.record(act="gazette.arrange", actor=by.actor, object_kind=OBJECT, object_id=found.pk, facts=facts)
    return found


def publish(*, pk: int, version: int, by: Standing, today: date) -> Issue:
    """Number the issue, freeze its text and the digests of its files. Raises NotYours, NotNow, Stale, Refused.

    The files take seconds to build, so nothing is locked meanwhile; what changed in between is told by the version.
    """
    _may(may_publish(by), "由区政府办公室政府信息公开工作机构负责人出版公报。请转交有此职责的人员。")
    with transaction.atomic():
        found = _held(pk, version)
    rows = selectors.arranged(found)
    if not rows:
        raise Refused("这一期还没有文章。请先选入文章，再出版。")
    if hidden := [row for row in rows if not row.item.public]:
        raise Refused(f"第 {hidden[0].place} 篇的文件已经不公开。请先移出这一篇。")
    frozen = selectors.drafted(found, total=_next_total(), on=today)
    return _publish(pk, version, frozen, printing.digests(frozen), by)


@transaction.atomic
def _publish(pk: int, version: int, frozen: Frozen, digests: dict[str, str], by: Standing) -> Issue:
    found = _held(pk, version)
    if frozen.total != _next_total() or frozen != selectors.drafted(found, total=frozen.total, on=_day(frozen)):
        raise Stale("成品制作期间，别的一期出版了，或者文件有改动。请再出版一次。")
    found.state, found.published_on, found.total = IssueState.PUBLISHED.value, _day(frozen), frozen.total
    found.frozen, found.digests = frozen.as_object, digests
    _tick(found)
    facts = {"digests": digests, "articles": [row.pk for row in selectors.arranged(found)]}
    audit.record(act="gazette.publish", actor=by.actor, object_kind=OBJECT, object_id=found.pk, facts=facts)
    return found


def seal(*, pk: int, by: Actor) -> str:
    """Seal the printed file of a published issue; its code. Sealed already, its code is told. Raises the seals' Refused."""
    found = Issue.objects.get(pk=pk)
    if not found.published:
        raise NotNow("还没有出版。请先出版，再加盖电子印章。")
    frozen = selectors.printed(found)
    try:
        sealed = sealing.seal(
            pdf=printing.build(frozen, "pdf"),
            organ_code=declared().compiler,
            reason=REASON,
            object_kind=OBJECT,
            object_id=found.pk,
            number=frozen.number,
            by=by,
        )
    except AlreadySealed:
        paper = seals.latest(object_kind=OBJECT, object_id=found.pk)
        return paper.code if paper else ""
    return sealed.verify_code


def sealed(*, pk: int) -> bool:
    """Whether the printed file of an issue bears its seal."""
    return seals.latest(object_kind=OBJECT, object_id=pk) is not None


def file_of(*, pk: int, form: str) -> tuple[bytes, str]:
    """A file of a published issue with its digest: the printed one as it was sealed. Empty where there is none."""
    found = Issue.objects.get(pk=pk)
    if form == "pdf":
        paper = seals.latest(object_kind=OBJECT, object_id=pk)
        return (seals.content(paper), paper.sha256) if paper else (b"", "")
    if form not in found.digests:
        return b"", ""
    content = printing.build(selectors.printed(found), form)
    return content, hashlib.sha256(content).hexdigest()


@transaction.atomic
def enter(
    *, pk: int, kind: Movement, count: int, point: int | None, on: date, note: str, key: str, by: Standing
) -> Entry:
    """Write a movement of copies in the ledger; the same submission again is the same entry. Raises NotYours, Refused."""
    _may(may_compile(by))
    issue = Issue.objects.select_for_update().get(pk=pk)
    if before := Entry.objects.filter(key=key).first():
        return before
    place = Point.objects.filter(pk=point, active=True).first() if point else None
    line = ledger.Line(kind.value, count, place.name if place else "")
    if fault := ledger.fault(selectors.lines(issue), line):
        raise Refused(fault)
    entry = Entry.objects.create(
        issue=issue, kind=kind.value, point=place, count=count, on=on, note=note, by_id=by.user_id, key=key
    )
    facts = {"kind": kind.value, "count": count, "point": place.pk if place else None}
    audit.record(act="gazette.enter", actor=by.actor, object_kind=OBJECT, object_id=issue.pk, facts=facts)
    return entry


@transaction.atomic
def add_point(*, name: str, address: str, by: Standing) -> Point:
    """A new distribution point. Raises NotYours, Refused."""
    _may(may_compile(by))
    found, made = Point.objects.get_or_create(name=name.strip(), defaults={"address": address.strip()})
    if not made:
        raise Refused("已经有这个名称的发放点。请换一个名称，或者使用原来的。")
    audit.record(act="gazette.add_point", actor=by.actor, object_kind="gazette.point", object_id=found.pk)
    return found


def _next_total() -> int:
    return (Issue.objects.aggregate(last=Max("total"))["last"] or 0) + 1


def _day(frozen: Frozen) -> date:
    return date.fromisoformat(frozen.published_on)


def _may(allowed: bool, why: str = "公报由区政府办公室编辑。请转交有此职责的人员。") -> None:
    if not allowed:
        raise NotYours(why)


def _held(pk: int, version: int) -> Issue:
    found = Issue.objects.select_for_update().get(pk=pk)
    if found.published:
        raise NotNow(f"{found}已经出版，不能再改。更正请在下一期刊登。")
    if found.version != version:
        raise Stale("打开页面之后，别人已经改过这一期。请刷新后再办。")
    return found


def _tick(found: Issue) -> None:
    found.version += 1
    found.save()
