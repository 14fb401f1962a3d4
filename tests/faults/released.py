"""What does not agree in the library after a run: nothing released without its gates, by half, twice, or untold."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping

from gongkai.audit import selectors as audit
from gongkai.catalogue.flow import binding
from gongkai.catalogue.models import Attachment, IndexCounter, Item
from gongkai.catalogue.selectors import OWNER, courses
from gongkai.files import selectors as files
from gongkai.files.enums import Visibility
from gongkai.gazette.models import Article
from gongkai.workflow.models import Performed

from .releases import ITEMS, RECEIVED, ROWS
from .workload import Work

WANTED = {"announcement": {"secrecy"}, "normative_document": {"secrecy", "legality", "coordination"}}


def released(work: Work) -> Iterator[str]:
    """All of it."""
    drafted, received = work.wanted.get(ITEMS, {}), work.wanted.get(RECEIVED, {})
    keys = Counter(Item.objects.values_list("key", flat=True))
    if keys != Counter([*(f"desk-{key}" for key in drafted), *received]):
        yield f"{len(drafted)} drafts and {len(received)} rows were answered, and {keys.total()} items are there"
    for item in Item.objects.select_related("organ").order_by("pk"):
        key = str(item.key).removeprefix("desk-")
        yield from (f"{item.key}: {found}" for found in _told(item))
        if key in drafted:
            yield from (f"{item.key}: {found}" for found in _made(item, drafted[key]))
            yield from (f"{item.key}: {found}" for found in _gates(item))
            yield from (f"{item.key}: {found}" for found in _files(item))
    yield from _numbers()
    yield from _record(received)


def _made(item: Item, wanted: list[str]) -> Iterator[str]:
    """Its acts, its version, its state and its record tell the same."""
    flow, kind = binding().flow, binding().kind
    performed = Performed.objects.filter(flow=flow.name, object_id=str(item.pk)).order_by("version")
    acts = [done.act for done in performed]
    if acts != wanted:
        yield f"done was {acts}, and wanted {wanted}"
    if [done.version for done in performed] != list(range(1, item.version + 1)):
        yield f"version is {item.version} after {len(acts)} acts"
    state = flow.initial
    for act in acts:
        rule = flow.rule(state, act)
        state = rule.target if rule else f"nowhere by {act}"
    if item.state != state:
        yield f"state is {item.state}, and the acts lead to {state}"
    told = [entry.act for entry in audit.entries_about(object_kind=kind, object_id=item.pk)]
    if told != [f"{flow.name}.{act}" for act in ("draft", *acts)]:
        yield f"the record tells {told}, acts {acts}"


def _gates(item: Item) -> Iterator[str]:
    """What is public has every pass that its kind wants, for its very words, and was released by somebody else."""
    course = courses.course_of(item)
    if not item.public:
        if course.released_at or course.released_by_id:
            yield "is not public, and was released"
        return
    passed = {one.review for one in courses.passes(item)}
    if passed != WANTED[item.kind]:
        yield f"is public with {sorted(passed)}"
    if item.kind == "normative_document" and course.exempt_by_id is None:
        yield "is public without an interpretation"
    if course.approved_by_id is None or course.released_by_id in {None, item.drafted_by_id}:
        yield f"was approved by {course.approved_by_id} and released by {course.released_by_id}"
    if item.published_on is None or courses.missing(item, on=item.published_on, by=course.released_by_id):
        yield "lacks a gate"
    if course.scheduled_at or course.scheduled_by_id:
        yield "is public, and waits for its minute"
    if item.passes.count() != len(passed):
        yield f"has {item.passes.count()} passes, and {len(passed)} reviews"


def _told(item: Item) -> Iterator[str]:
    """A release is told once: in the history, as a revision, with a number, and in the gazette if it belongs there."""
    told = list(item.changes.values_list("kind", flat=True))
    public = item.revisions.filter(public=True).count()
    articles = Article.objects.filter(item=item).count()
    number = item.index_number is not None and item.published_on is not None
    found = (told, public, articles, number)
    belongs = int(item.public and item.kind == "normative_document")
    if found != ((["released"], 1, belongs, True) if item.public else ([], 0, 0, False)):
        yield f"is {item.state}, and was told as {found}"


def _files(item: Item) -> Iterator[str]:
    """Each file has one public copy if the item is public, and none if it is not; each copy is whole."""
    copies = {file.pk: file for file in files.of_owner(OWNER, item.pk) if file.visibility == Visibility.PUBLIC.value}
    of_item = [one.released for one in Attachment.objects.filter(item=item, file__isnull=False)]
    if Counter(list(copies)) != Counter(of_item if item.public else ()):
        yield f"is {item.state} with {len(of_item)} files and {len(copies)} public copies"
    for file in copies.values():
        with files.content(file) as stream:
            if hashlib.sha256(stream.read()).hexdigest() != file.sha256:
                yield f"{file.name} is not what was released"


def _numbers() -> Iterator[str]:
    """Numbers have no gap and no double."""
    for counter in IndexCounter.objects.all():
        start = f"{counter.organ}/{counter.year}-"
        given = Item.objects.filter(index_number__startswith=start).values_list("index_number", flat=True)
        if sorted(filter(None, given)) != [f"{start}{number:05}" for number in range(1, counter.last + 1)]:
            yield f"{start}: the last number is {counter.last}, given were {len(given)}"


def _record(received: Mapping[str, object]) -> Iterator[str]:
    """What was taken in is on record once, a pile at a time."""
    facts = [json.loads(entry.facts) for entry in audit.entries(act="items.receive")]
    made = Counter(pk for told in facts for pk in told["made"])
    if made != Counter(Item.objects.filter(key__in=received).values_list("pk", flat=True)):
        yield f"{len(received)} rows were taken in, and {made.total()} are on record"
    if odd := [told for told in facts if told["changed"] or len(told["made"]) != ROWS]:
        yield f"a pile was taken in by half: {odd}"
