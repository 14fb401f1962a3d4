"""One public item as a page shows it: every word of it from the same record that programs get."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.catalogue.enums import (
    ChangeKind,
    DisclosureClass,
    Language,
    Level,
    RelationKind,
    State,
    Validity,
)
from gongkai.catalogue.models import Attachment, Change, Item, Relation, Revision
from gongkai.catalogue.rules import body, declared
from gongkai.catalogue.rules.interchange import Row
from gongkai.files.selectors import File, visible_to

from . import public
from .rows import row_of, whole


@dataclass(frozen=True)
class Related:
    """One item beside another: what the relation is called from here, its title, and its address when it is public."""

    label: str
    title: str
    slug: str
    kind: str
    incoming: bool


@dataclass(frozen=True)
class Step:
    """One public revision."""

    number: int
    on: date
    size: str
    note: str


def brief(item: Item) -> dict[str, Any]:
    """What lists and feeds tell of an item, without its text and what hangs on it: the same words as `record`."""
    kind = declared.kinds().get(item.kind)
    return {
        "id": item.pk,
        "slug": item.slug,
        "index_number": item.index_number or "",
        "kind": item.kind,
        "kind_label": kind.label if kind else item.kind,
        "title": item.title,
        "document_number": item.document_number,
        "issuing_organ": item.organ.code,
        "organ_name": item.organ.name,
        "theme": item.theme,
        "theme_label": declared.themes().get(item.theme, item.theme),
        "genre": item.genre,
        "genre_label": declared.genres().get(item.genre, item.genre),
        "level": item.level,
        "level_label": Level(item.level).label,
        "language": item.language,
        "signed_on": _iso(item.signed_on),
        "published_on": _iso(item.published_on),
        "effective_on": _iso(item.effective_on),
        "expires_on": _iso(item.expires_on),
        "summary": item.summary,
        "disclosure_class": item.disclosure_class,
        "disclosure_class_label": DisclosureClass(item.disclosure_class).label,
        "state": item.state,
        "state_label": State(item.state).label,
        "validity": item.validity,
        "validity_label": Validity(item.validity).label,
        "validity_since": _iso(item.validity_since),
        "last_day": _iso(item.last_day),
        "changed_at": item.changed_at.isoformat(timespec="seconds"),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def record(item: Item, row: Row | None = None) -> dict[str, Any]:
    """What programs get of a public item: the interchange form, and what follows from it, in words too."""
    return {**(row or row_of(item)).as_object, **brief(item)}


def complete(slug: str) -> Item | None:
    """A public item with all that hangs on it."""
    return whole(public().filter(slug=slug)).first()


def relations(item: Item) -> list[Related]:
    """What it does to others, and what others do to it; an item that is not public is named, and not linked."""
    found = [
        Related(
            RelationKind(one.kind).label,
            one.target.title if one.target and one.target.public else one.named,
            (one.target.slug or "") if one.target and one.target.public else "",
            one.kind,
            incoming=False,
        )
        for one in item.relations.select_related("target").defer("target__body", "target__anchors")
    ]
    incoming = Relation.objects.filter(target=item, source__public=True).select_related("source")
    found += [
        Related(RelationKind(one.kind).passive, one.source.title, one.source.slug or "", one.kind, incoming=True)
        for one in incoming.defer("source__body", "source__anchors").order_by("source__published_on")
    ]
    return found


def languages(item: Item) -> list[tuple[str, str, str]]:
    """The same item in other languages: (code, name, address)."""
    original = item.translation_of or item
    others = [original, *original.translations.all()] if original.public else list(original.translations.all())
    return [
        (one.language, Language(one.language).label, one.slug)
        for one in others
        if one.pk != item.pk and one.public and one.slug
    ]


_WRITTEN = (ChangeKind.RELEASED.value, ChangeKind.CORRECTED.value, ChangeKind.RESTORED.value)


def behind(item: Item) -> tuple[Item, date] | None:
    """The text of a translation and the day it was changed last, where that was after the translation was."""
    original = item.translation_of
    if original is None or not original.public:
        return None
    changed = (ChangeKind.CORRECTED.value, ChangeKind.VALIDITY.value)
    last = original.changes.filter(kind__in=changed).order_by("-on", "-pk").first()
    own = item.changes.filter(kind__in=_WRITTEN).order_by("-on", "-pk").first()
    if last is None or (own is not None and (own.on, own.at) >= (last.on, last.at)):
        return None
    if last.kind == ChangeKind.VALIDITY.value and item.validity == original.validity:
        return None  # of this it says the same already
    return original, last.on


def paragraphs(item: Item) -> list[body.Paragraph]:
    """The text in its structure, with its anchors."""
    return body.paragraphs(item.body, item.anchors)


def facts(item: Item) -> list[tuple[str, str]]:
    """The columns of its kind that are filled in, by their labels; those of some length are told as points."""
    return [(one.label, value) for one, value in _filled(item) if one.type != "long"]


def points(item: Item) -> list[tuple[str, list[str]]]:
    """The longer columns of its kind, each with its paragraphs: what an interpretation says, point by point."""
    return [(one.label, value.splitlines()) for one, value in _filled(item) if one.type == "long"]


def _filled(item: Item) -> list[tuple[declared.Field, str]]:
    kind = declared.kinds().get(item.kind)
    columns = kind.fields if kind else ()
    return [(one, str(item.facts[one.name])) for one in columns if item.facts.get(one.name) not in (None, "")]


def attachments(item: Item) -> list[tuple[Attachment, File | None]]:
    """Each attachment, with the public copy of its file where it is one."""
    found = list(item.attachments.all())
    files = {one.pk: one for one in visible_to(None).filter(pk__in=[a.released for a in found if a.released])}
    return [(one, files.get(one.released) if one.released else None) for one in found if one.released or not one.file]


def attachment(item: Item, pk: int) -> tuple[Attachment, File | None] | None:
    """One of them."""
    return next((found for found in attachments(item) if found[0].pk == pk), None)


def history(item: Item) -> list[Change]:
    """What the public was told of its changes, the latest first."""
    return list(item.changes.all())


def steps(item: Item) -> list[Step]:
    """Its public revisions, the latest first."""
    rows = item.revisions.filter(public=True).order_by("-number")
    return [Step(one.number, one.made_on, one.get_size_display(), one.note) for one in rows]


def revision(item: Item, number: int) -> tuple[Revision, Revision | None] | None:
    """One public revision, and the public one before it."""
    rows = list(item.revisions.filter(public=True, number__lte=number).order_by("-number")[:2])
    if not rows or rows[0].number != number:
        return None
    return rows[0], rows[1] if len(rows) > 1 else None


def changed_columns(now: Revision, before: Revision) -> list[tuple[str, str, str]]:
    """The columns that differ between two revisions, the text aside: (label, before, after)."""
    found = []
    for name, label in COLUMNS.items():
        old, new = words_of(name, before.snapshot.get(name)), words_of(name, now.snapshot.get(name))
        if old != new:
            found.append((label, old, new))
    return found


COLUMNS = {
    "title": "标题",
    "document_number": "发文字号",
    "issuing_organ": "发文机关",
    "kind": "信息类别",
    "theme": "主题分类",
    "genre": "体裁",
    "signed_on": "成文日期",
    "published_on": "发布日期",
    "effective_on": "施行日期",
    "expires_on": "有效期至",
    "summary": "内容概述",
    "keywords": "关键词",
    "disclosure_class": "公开属性",
    "relations": "关联",
    "attachments": "附件",
    "facts": "专用栏目",
}


def words_of(name: str, value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    if name == "kind":
        kind = declared.kinds().get(str(value))
        return kind.label if kind else str(value)
    if name in {"theme", "genre"}:
        return (declared.themes() if name == "theme" else declared.genres()).get(str(value), str(value))
    if name == "relations":
        return "；".join(f"{RelationKind(one['kind']).label}：{one['target']}" for one in value)
    if name == "attachments":
        return "；".join(one["name"] for one in value)
    if isinstance(value, dict):
        return "；".join(f"{key}：{one}" for key, one in value.items())
    return "、".join(value) if isinstance(value, list) else str(value)


def changes(kind: ChangeKind) -> Iterable[Change]:
    """Every change of one kind that the public is told of, the latest first."""
    return Change.objects.filter(kind=kind.value).select_related("item__organ").order_by("-on", "-pk")
