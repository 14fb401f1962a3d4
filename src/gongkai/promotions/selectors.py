"""Reads of this context: promotions that somebody may see, and those that are for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.applications import selectors as applications
from gongkai.applications.selectors import HANDLERS, Application

from .enums import Compiling, State
from .models import Compilation, Example, Promotion
from .rules.compiling import Told

__all__ = ["Compilation", "Example", "Promotion"]
COMPILING = (Role.OFFICER, Role.DISCLOSURE_OFFICE, Role.COMPETENT_DEPARTMENT)


@dataclass(frozen=True)
class Item:
    """What is public of a promotion: nothing tells of the application behind it."""

    title: str
    summary: str
    organ: str
    organ_code: str
    on: date
    slug: str = ""  # of its page in the library, once it is released there


def visible_to(standing: Standing) -> QuerySet[Promotion]:
    """The promotions of cases of organs for which the reader handles, reviews or audits them."""
    found = Promotion.objects.filter(application__organ__code__in=standing.organs_where(*HANDLERS))
    return found.select_related("application__organ", "proposed_by", "decided_by", "item")


def promotion(standing: Standing, pk: int) -> Promotion | None:
    """One promotion, if the reader may see it."""
    return visible_to(standing).filter(pk=pk).first()


def of_item(standing: Standing, item: int) -> Promotion | None:
    """The promotion that an item of the library came from, if the reader may see it. For the desk alone."""
    return visible_to(standing).filter(item_id=item).first()


@dataclass(frozen=True)
class Enclosed:
    """A file that was given with the reply: why it stays back, "" when it goes along to the library."""

    file: Any
    stays: str


def enclosed(row: Promotion) -> list[Enclosed]:
    """The files of the case, with what becomes of each. For who may see the promotion."""
    known = {(one["file"], one["sha256"]): one["stays"] for one in row.files}
    given = applications.given_files(row.application)
    return [Enclosed(file, known[str(file.pk), file.sha256]) for file in given if (str(file.pk), file.sha256) in known]


def listed(standing: Standing, *, state: State | None = None) -> QuerySet[Promotion]:
    """Those the reader may see, in a state or in any, the newest first."""
    found = visible_to(standing)
    return found.filter(state=state.value) if state else found


def of_application(application: Application) -> list[Promotion]:
    """The promotions of a case, the newest first. For who may see the case."""
    return list(Promotion.objects.filter(application=application))


def promoted() -> QuerySet[Promotion]:
    """What is for everybody, the newest first."""
    found = Promotion.objects.filter(state=State.ACCEPTED.value).select_related("application__organ", "item")
    return found.order_by("-decided_on", "-pk")


def item(row: Promotion) -> Item:
    """What is public of it."""
    organ = row.application.organ
    slug = row.item.slug or "" if row.item is not None and row.item.public else ""
    return Item(row.title, row.summary, organ.short_name, organ.code, row.decided_on or row.proposed_on, slug)


def compilations(standing: Standing) -> QuerySet[Compilation]:
    """The compilations of the organs for which the reader compiles, the latest year first."""
    found = Compilation.objects.filter(organ__code__in=standing.organs_where(*COMPILING))
    return found.select_related("organ", "submitted_by", "published_by")


def compilation(standing: Standing, pk: int) -> Compilation | None:
    """One compilation, if the reader may see it."""
    return compilations(standing).filter(pk=pk).first()


def published_compilations() -> QuerySet[Compilation]:
    """The compilations that everybody may read, the latest year first."""
    return Compilation.objects.filter(state=Compiling.PUBLISHED.value).select_related("organ")


def published_compilation(organ: str, year: int) -> Compilation | None:
    """One of them, by the organ's code and the year."""
    return published_compilations().filter(organ__code=organ, year=year).first()


def examples(found: Compilation) -> list[Example]:
    """Its cases in the order they were taken in, with the applications behind them: for the desk."""
    return list(found.examples.select_related("application"))


def told(found: Compilation) -> list[Told]:
    """Its cases as everybody may read them: nothing tells of the applications behind them."""
    return [Told(row.question, row.outcome, row.articles, row.lesson) for row in found.examples.all()]
