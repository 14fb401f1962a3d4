"""Feeds of a search: what was found, the newest first, for whoever wants to be told of more."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from gongkai.portal.library.feeds import FORMS, NEWEST
from gongkai.search import selectors
from gongkai.search.enums import Validity
from gongkai.search.forms import read_ask
from gongkai.search.rules import Entry, digest_of
from gongkai.search.rules.ask import Ask
from gongkai.ui.http import read_only

from .pacing import counted, too_many

AGAIN = 60  # seconds after which a feed is asked for again while the index is being made


@read_only
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """Only what has every word; one that asks for nothing is the feed of everything."""
    ask = read_ask(request.GET).ask
    if ask.empty:
        return HttpResponseRedirect(reverse("feeds:all", args=[form]))
    if refused := counted(request):
        return too_many(refused)
    entries = selectors.newest(ask, limit=NEWEST)
    if entries is None:
        return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": str(AGAIN)})
    etag = quote_etag(hashlib.sha256("".join(map(digest_of, entries)).encode()).hexdigest()[:32])
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(content_type=FORMS[form].content_type)
        _written(request, FORMS[form], ask, entries).write(response, "utf-8")
    response.headers["ETag"] = etag
    return response


def address_of_feed(ask: Ask, form: str) -> str:
    """Where the feed of a search is; its order and page are nothing to a feed."""
    pairs = [pair for pair in ask.pairs() if pair[0] not in {"sort", "page"}]
    return f"{reverse('portal:search-feed', args=[form])}?{urlencode(pairs)}"


def _written(
    request: HttpRequest, form: type[Rss201rev2Feed] | type[Atom1Feed], ask: Ask, entries: list[Entry]
) -> Rss201rev2Feed | Atom1Feed:
    title = _("“%(words)s”的搜索结果") % {"words": ask.text} if ask.text else _("搜索结果")
    made = form(
        title=title,
        link=request.build_absolute_uri(f"{reverse('portal:search')}?{urlencode(ask.pairs())}"),
        description=title,
        language="zh-cn",
        feed_url=request.build_absolute_uri(),
    )
    kinds = selectors.kind_labels()
    for entry in entries:
        day = timezone.make_aware(datetime.combine(date.fromisoformat(entry.date), time(9)))
        made.add_item(
            title=entry.title,
            link=request.build_absolute_uri(entry.url),
            description=entry.summary or entry.title,
            unique_id=entry.index_number or request.build_absolute_uri(entry.url),
            unique_id_is_permalink=False,
            author_name=entry.organ_name,
            pubdate=day,
            updateddate=day,
            categories=[
                kinds.get(entry.kind, entry.kind),
                *([] if entry.holds else [_(Validity(entry.validity).label)]),
            ],
        )
    return made
