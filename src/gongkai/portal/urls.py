"""Addresses of the public portal."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from .crawlers import views as crawlers
from .deadline import views as deadline
from .disclosure import compilations
from .disclosure import views as disclosure
from .help import views as help_pages
from .home import views as home
from .library import indexes
from .organs import views as organs
from .search import feeds as search_feeds
from .search import views as search
from .verify import views as verify

own = [
    path("", home.home, name="home"),
    path("disclosure/", disclosure.landing, name="disclosure"),
    path("disclosure/guide/", disclosure.guide, name="guide"),
    path("disclosure/guide/english/", disclosure.guide_english, name="guide-english"),
    path("disclosure/rules/", disclosure.rules, name="rules"),
    path("disclosure/contents/", disclosure.contents, name="contents"),
    path("disclosure/contents/<slug:item_id>/", disclosure.item, name="item"),
    path("disclosure/promoted/", disclosure.promoted, name="promoted"),
    path("disclosure/class-changes/", indexes.class_changes, name="class-changes"),
    path("disclosure/index/", indexes.index, name="index"),
    path("disclosure/index.csv", indexes.index_csv, name="index-csv"),
    path("disclosure/index.xlsx", indexes.index_xlsx, name="index-xlsx"),
    path("disclosure/cases/", compilations.compilations, name="compilations"),
    path("disclosure/cases/<slug:organ>/<int:year>/", compilations.compilation, name="compilation"),
    path("disclosure/cases/<slug:organ>/<int:year>.docx", compilations.compilation_file, name="compilation-file"),
    path("disclosure/apply/", disclosure.apply, name="apply"),
    path("deadline/", deadline.deadline, name="deadline"),
    path("verify/", verify.start, name="verify"),
    path("verify/<slug:code>/", verify.paper, name="verify-paper"),
    path("organs/", organs.organ_list, name="organs"),
    path("organs/<slug:code>/", organs.organ, name="organ"),
    path("search/", search.search, name="search"),
    re_path(r"^search/feed\.(?P<form>rss|atom)$", search_feeds.feed, name="search-feed"),
    path("sitemap/", help_pages.sitemap, name="sitemap"),
    path("accessibility/", help_pages.accessibility, name="accessibility"),
    path("contact/", help_pages.contact, name="contact"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.index, name="sitemap-index"),
    path("sitemap-pages.xml", crawlers.pages, name="sitemap-pages"),
    path("sitemap-library-<int:number>.xml", crawlers.items, name="sitemap-library"),
    path("sitemap-reports-<int:number>.xml", crawlers.reports, name="sitemap-reports"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own, "portal"))),
    path("", include("gongkai.ui.urls")),
    path("library/", include("gongkai.portal.library.urls")),
    path("feeds/", include("gongkai.portal.library.feed_urls")),
    path("gazette/", include("gongkai.portal.gazette.urls")),
    path("catalogues/", include("gongkai.portal.standards.urls")),
    path("reports/", include("gongkai.portal.reports.urls")),
    path("screens/", include("gongkai.portal.screens.urls")),
    path("apply/", include("gongkai.portal.applications.urls")),
]
