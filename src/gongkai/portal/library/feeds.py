"""RSS and Atom: the newest items of the library, of one organ, theme or kind."""

from __future__ import annotations

from datetime import datetime, time

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _

from gongkai.catalogue import selectors
from gongkai.catalogue.rules import declared
from gongkai.catalogue.selectors import Item, pages
from gongkai.organisations import selectors as organisations
from gongkai.ui.http import read_only

NEWEST = 50
FORMS: dict[str, type[Rss201rev2Feed] | type[Atom1Feed]] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}


@read_only
def everything(request: HttpRequest, form: str) -> HttpResponse:
    """The newest of all."""
    return _feed(request, form, selectors.public(), _("公文库最新公开"), reverse("library:list"))


@read_only
def some(request: HttpRequest, by: str, value: str, form: str) -> HttpResponse:
    """The newest of one organ, theme or kind."""
    name = _name(by, value)
    found = selectors.public().filter(**{{"organ": "organ__code"}.get(by, by): value})
    return _feed(
        request, form, found, _("%(name)s最新公开") % {"name": name}, f"{reverse('library:list')}?{by}={value}"
    )


def _name(by: str, value: str) -> str:
    if by == "organ":
        organ = organisations.by_code(value)
        name = organ.short_name if organ else ""
    elif by == "theme":
        name = declared.themes().get(value, "")
    else:
        name = declared.kinds()[value].label if value in declared.kinds() else ""
    if not name:
        raise Http404(_("没有这个订阅源。"))
    return name


def _feed(request: HttpRequest, form: str, found: QuerySet[Item], title: str, link: str) -> HttpResponse:
    items = list(selectors.newest(found, NEWEST))
    changed = max((item.changed_at for item in items), default=None)
    etag = quote_etag(f"{len(items)}-{changed.isoformat() if changed else ''}-{items[0].pk if items else 0}")
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(content_type=FORMS[form].content_type)
        _written(request, form, items, title, link).write(response, "utf-8")
    response.headers["ETag"] = etag
    if changed:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    return response


def _written(request: HttpRequest, form: str, items: list[Item], title: str, link: str) -> Rss201rev2Feed | Atom1Feed:
    feed = FORMS[form](
        title=title,
        link=request.build_absolute_uri(link),
        description=title,
        language="zh-cn",
        feed_url=request.build_absolute_uri(request.path),
    )
    for item in items:
        record = pages.brief(item)
        day = item.published_on or timezone.localdate(item.changed_at)
        feed.add_item(
            title=record["title"],
            link=request.build_absolute_uri(reverse("library:item", args=[item.slug])),
            description=record["summary"] or record["title"],
            unique_id=str(record["index_number"]),
            unique_id_is_permalink=False,
            author_name=record["organ_name"],
            pubdate=timezone.make_aware(datetime.combine(day, time(9))),
            updateddate=item.changed_at,
            categories=[record["kind_label"], record["theme_label"], record["validity_label"]],
        )
    return feed
