"""Find pages of the portal: organs, fixed sections, items that must be public, annual reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.kernel.labelled import Labelled
from gongkai.organisations import selectors
from gongkai.portal import documents
from gongkai.portal.reports_door import likely_reports

MAX_QUERY = 80
MOST_REPORTS = 200


class HitKind(Labelled):
    """What a hit is."""

    ORGAN = "organ", "机关"
    SECTION = "section", "公开栏目"
    ITEM = "item", "法定主动公开内容"
    REPORT = "report", "年度报告"


@dataclass(frozen=True)
class Candidate:
    """A page that a search may find."""

    kind: HitKind
    title: str
    url: str
    text: str
    meta: tuple[str, ...] = ()
    weight: int = 0
    words: str = ""  # searched like the text, but not shown


@dataclass(frozen=True)
class Hit:
    """A page that was found, and why."""

    kind: HitKind
    title: tuple[tuple[str, bool], ...]
    url: str
    text: str
    meta: tuple[str, ...]
    why: str
    weight: int


def terms_of(query: str) -> list[str]:
    """The words of a query, each once; punctuation separates like a space."""
    return list(dict.fromkeys(re.findall(r"\w+", query[:MAX_QUERY].lower())))


def find(query: str) -> list[Hit]:
    """Pages in which every word stands, the closest first."""
    terms = terms_of(query)
    if not terms:
        return []
    hits = (match(candidate, terms) for candidate in candidates(terms))
    return sorted((hit for hit in hits if hit), key=lambda hit: -hit.weight)


def match(candidate: Candidate, terms: list[str]) -> Hit | None:
    """The candidate as a hit when it holds every word; words in the title weigh most."""
    title, text = candidate.title.lower(), f"{candidate.text} {candidate.words}".lower()
    in_title = [term for term in terms if term in title]
    in_text = [term for term in terms if term not in title and term in text]
    if len(in_title) + len(in_text) < len(terms):
        return None
    reasons = []
    if in_title:
        reasons.append(_("标题含“%(words)s”") % {"words": "”“".join(in_title)})
    if in_text:
        reasons.append(_("正文含“%(words)s”") % {"words": "”“".join(in_text)})
    weight = candidate.weight + 10 * len(in_title) + (20 if title == " ".join(terms) else 0)
    return Hit(
        kind=candidate.kind,
        title=tuple(_marked(candidate.title, terms)),
        url=candidate.url,
        text=_excerpt(candidate.text, in_text or in_title),
        meta=candidate.meta,
        why=_("为什么匹配：%(reasons)s。") % {"reasons": _("，").join(reasons)},
        weight=weight,
    )


def candidates(terms: list[str]) -> Iterator[Candidate]:
    yield from _sections()
    yield from _items()
    yield from _organs()
    yield from _reports(terms)


def _sections() -> Iterator[Candidate]:
    for name, to in (("guide", "guide"), ("apply", "apply"), ("rules", "rules"), ("contact.zh", "contact")):
        document, base = documents.document(name), reverse(f"portal:{to}")
        date = f"{document.published:%Y-%m-%d}"
        page = Candidate(HitKind.SECTION, document.title, base, document.lede, (document.source, date), 6)
        yield page
        for section in document.sections:
            yield replace(
                page,
                title=f"{section.title} · {document.title}",
                url=f"{base}#{section.id}",
                text="　".join(section.words()),
                weight=0,
            )


def _items() -> Iterator[Candidate]:
    for item in documents.contents().items:
        where = _("条例第%(article)s条第%(number)s项") % {"article": item.article, "number": item.ordinal}
        url = reverse("portal:item", args=[item.id])
        yield Candidate(HitKind.ITEM, item.name, url, item.scope, (where,), 4, item.name_en)


def _organs() -> Iterator[Candidate]:
    for organ in selectors.organs().prefetch_related("further_names"):
        names = (organ.name_en, *(row.name for row in organ.further_names.all()))
        url = reverse("portal:organ", args=[organ.code])
        yield Candidate(HitKind.ORGAN, organ.name, url, organ.short_name, (_(organ.kind_label),), 5, "　".join(names))


def _reports(terms: list[str]) -> Iterator[Candidate]:
    for report in likely_reports(terms, MOST_REPORTS):
        organ, year = report.organ, report.year
        spoken = f"{organ}{year}年年报　{organ}{year}年报　{organ}年报　{organ}{year}年政府信息公开年度报告"
        yield Candidate(
            HitKind.REPORT,
            report.title,
            report.url,
            f"{organ} {year}",
            (organ,),
            3,
            f"annual report {spoken}",
        )


def _marked(title: str, terms: Iterable[str]) -> Iterator[tuple[str, bool]]:
    pattern = re.compile("(" + "|".join(map(re.escape, terms)) + ")", re.IGNORECASE)
    for place, part in enumerate(pattern.split(title)):
        if part:
            yield part, place % 2 == 1


def _excerpt(text: str, terms: list[str], around: int = 40) -> str:
    """The words near the first hit; the beginning when the hit is in the title."""
    at = next((text.lower().find(term) for term in terms if term in text.lower()), 0)
    start, end = max(at - around, 0), at + 2 * around
    return ("……" if start else "") + text[start:end] + ("……" if end < len(text) else "")
