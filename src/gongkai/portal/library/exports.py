"""Everything public, for programs: CSV and JSON as streams, one item in schema.org's words, the library as a DCAT catalogue."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.catalogue import selectors
from gongkai.catalogue.enums import Validity
from gongkai.catalogue.rules import declared
from gongkai.catalogue.selectors import Item, listing, pages, rows
from gongkai.ui.http import read_only
from gongkai.ui.sheets import safe_cell
from gongkai.ui.site import site

LINKED = "application/ld+json; charset=utf-8"
COLUMNS = (
    *("index_number", "kind", "kind_label", "title", "document_number", "issuing_organ", "organ_name", "joint_organs"),
    *("theme", "theme_label", "genre", "genre_label", "signed_on", "published_on", "effective_on", "expires_on"),
    *("validity", "validity_label", "validity_since", "last_day", "level", "audience", "language", "keywords", "tags"),
    *("summary", "relations", "attachments", "facts", "state", "reason", "disclosure_class", "joint_party"),
    *("translation_of", "key", "body", "changed_at"),
)
FORCE = {
    Validity.IN_FORCE.value: "InForce",
    Validity.AMENDED.value: "PartiallyInForce",
    Validity.REPEALED.value: "NotInForce",
    Validity.LAPSED.value: "NotInForce",
    Validity.NOT_YET_IN_FORCE.value: "NotInForce",
}


class Echo:
    """What a CSV writer writes to: the line itself is given back."""

    def write(self, value: str) -> str:
        return value


def asked(request: HttpRequest) -> QuerySet[Item]:
    """The items that the list would show for the same address."""
    values = {name: request.GET.getlist(name) for name in listing.FACETS}
    return listing.found(listing.asked(values, request.GET.get("q", "")))


@read_only
def export_csv(request: HttpRequest) -> StreamingHttpResponse:
    """One line an item; lists are joined, so that a spreadsheet shows them."""
    return _stream(_csv(asked(request)), "text/csv; charset=utf-8", "library.csv")


@read_only
def export_json(request: HttpRequest) -> StreamingHttpResponse:
    """One list of items in the interchange form."""
    return _stream(_json(asked(request)), "application/json; charset=utf-8", "library.json")


def _csv(found: QuerySet[Item]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield "\ufeff"
    yield str(writer.writerow(COLUMNS))
    for item, row in rows.rows(found):
        record = pages.record(item, row)
        yield str(writer.writerow([safe_cell(cell(record[name])) for name in COLUMNS]))


def cell(value: Any) -> str:
    """A value as one cell."""
    if value in (None, [], {}):
        return ""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        if "target" in value[0]:
            return "；".join(f"{one['kind']}：{one['target']}" for one in value)
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "；".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def _json(found: QuerySet[Item]) -> Iterator[str]:
    yield "["
    for place, (_item, row) in enumerate(rows.rows(found)):
        yield f"{',' if place else ''}\n{json.dumps(row.as_object, ensure_ascii=False)}"
    yield "\n]\n"


def _stream(lines: Iterator[str], media: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=media)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@read_only
def linked(request: HttpRequest, slug: str) -> HttpResponse:
    """One item in schema.org's words: legislation where it has validity, a service where it tells of one, or a document."""
    found = pages.complete(slug)
    if found is None:
        raise Http404(_("没有这一条，或者它已经不公开。"))
    record, url = pages.record(found), request.build_absolute_uri(reverse("library:item", args=[slug]))
    legal = found.validity in FORCE
    organ = {"@type": "GovernmentOrganization", "name": record["organ_name"]}
    body: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Legislation" if legal else "DigitalDocument",
        "@id": url,
        "url": url,
        "name": record["title"],
        "identifier": record["index_number"],
        "description": record["summary"],
        "inLanguage": record["language"],
        "datePublished": record["published_on"],
        "dateModified": record["changed_at"],
        "keywords": record["keywords"],
        "publisher": organ,
        "about": record["theme_label"],
    }
    kind = declared.kinds().get(found.kind)
    if legal:
        body |= _legal(record, organ, found.validity)
    elif kind and kind.service:
        body |= {
            "@type": "GovernmentService",
            "serviceType": kind.label,
            "serviceOperator": organ,
            "provider": {"@type": "GovernmentOrganization", "name": site().host},
        }
    return _linked(body)


def _legal(record: dict[str, Any], organ: dict[str, str], validity: str) -> dict[str, Any]:
    words = {
        "legislationIdentifier": record["document_number"],
        "legislationDate": record["signed_on"],
        "legislationDateVersion": record["effective_on"],
        "legislationPassedBy": organ,
        "legislationLegalForce": f"https://schema.org/{FORCE[validity]}",
        "legislationType": record["genre_label"],
    }
    return {name: value for name, value in words.items() if value}


@read_only
def dcat(request: HttpRequest) -> HttpResponse:
    """The library as a catalogue of data sets, for those who gather such catalogues."""

    def full(name: str, *arguments: str) -> str:
        return request.build_absolute_uri(reverse(name, args=arguments))

    forms = (
        ("JSON", "application/json", full("library:export-json")),
        ("CSV", "text/csv", full("library:export-csv")),
        ("Atom", "application/atom+xml", full("feeds:all", "atom")),
        ("RSS", "application/rss+xml", full("feeds:all", "rss")),
    )
    newest = next(iter(selectors.newest(selectors.public(), 1)), None)
    data = {
        "@type": "dcat:Dataset",
        "dct:title": _("公文库"),
        "dct:language": "zh-Hans",
        "dct:modified": newest.changed_at.isoformat(timespec="seconds") if newest else "",
        "dcat:landingPage": full("library:list"),
        "dcat:distribution": [
            {"@type": "dcat:Distribution", "dct:title": name, "dcat:mediaType": media, "dcat:downloadURL": url}
            for name, media, url in forms
        ],
    }
    context = {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"}
    return _linked({"@context": context, "@type": "dcat:Catalog", "dct:title": site().name, "dcat:dataset": [data]})


def _linked(body: dict[str, Any]) -> HttpResponse:
    return HttpResponse(json.dumps(body, ensure_ascii=False), content_type=LINKED)
