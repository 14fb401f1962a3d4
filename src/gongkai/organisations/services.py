"""Acts of this context: add, rename, import. Adding an organ needs no deploy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.audit import services as audit
from gongkai.audit.rules import SYSTEM, Actor
from gongkai.kernel import bus

from .enums import NameKind, OrganKind
from .events import OrganChanged
from .models import FurtherName, Organ
from .rules import is_code, normalise_name

MAX_DEPTH = 8
DESCRIBED = frozenset({"name_en", "document_word", "address", "phone", "hours", "website", "recording_days"})


@dataclass(frozen=True)
class NewOrgan:
    """What is said about an organ when it is added or imported."""

    code: str
    name: str
    short_name: str
    kind: OrganKind
    parent: str | None = None
    name_en: str = ""
    order: int = 0
    address: str = ""
    phone: str = ""
    hours: str = ""
    website: str = ""
    document_word: str = ""
    recording_days: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    former_names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass
class ImportReport:
    """Which codes an import added, changed or found as they were."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


@transaction.atomic
def add_organ(*, organ: NewOrgan, by: Actor = SYSTEM) -> Organ:
    """Add an organ. Its code is permanent, so a code in use is refused."""
    if Organ.objects.filter(code=organ.code).exists():
        raise ValidationError(_("代码“%(code)s”已被使用，请换一个代码。") % {"code": organ.code})
    added = _write(organ)[0]
    _record("organisations.add", added, by, {"name": added.name})
    return added


@transaction.atomic
def describe_organ(*, code: str, changes: Mapping[str, str | int | None], by: Actor) -> Organ:
    """Set what is told of an organ: English name, document word, address, telephone, hours, website, recording days."""
    organ = Organ.objects.select_for_update().get(code=code)
    told = {name: text for name, text in changes.items() if name in DESCRIBED and getattr(organ, name) != text}
    for name, text in told.items():
        setattr(organ, name, text)
    organ.full_clean()
    organ.save()
    if told:
        _record("organisations.describe", organ, by, {name: str(value or "") for name, value in told.items()})
    return organ


def _record(act: str, organ: Organ, by: Actor, facts: dict[str, str]) -> None:
    audit.record(
        act=act, actor=by, organ=organ.code, object_kind="organisations.organ", object_id=organ.code, facts=facts
    )
    bus.publish(OrganChanged(organ.code))


@transaction.atomic
def rename_organ(*, code: str, name: str, short_name: str, until: date | None = None, by: Actor = SYSTEM) -> Organ:
    """Give an organ a new name; the old one stays findable as a former name."""
    organ = Organ.objects.select_for_update().get(code=code)
    new, old = normalise_name(name), organ.name
    if new != old:
        FurtherName.objects.update_or_create(
            organ=organ,
            name=old,
            defaults={"kind": NameKind.FORMER.value, "valid_until": until},
        )
        organ.further_names.filter(name=new).delete()
    before = (organ.name, organ.short_name)
    organ.name, organ.short_name = new, normalise_name(short_name)
    organ.full_clean()
    organ.save()
    if (organ.name, organ.short_name) != before:
        _record("organisations.rename", organ, by, {"from": before[0], "to": organ.name})
    return organ


@transaction.atomic
def import_organs(*, organs: Iterable[NewOrgan]) -> ImportReport:
    """Add what is new and bring the rest up to date. Doing it twice changes nothing."""
    report = ImportReport()
    for organ in organs:
        _, outcome = _write(organ)
        getattr(report, outcome).append(organ.code)
        if outcome != "unchanged":
            bus.publish(OrganChanged(organ.code))
    return report


def _write(new: NewOrgan) -> tuple[Organ, str]:
    if not is_code(new.code):
        raise ValidationError(_("代码“%(code)s”不合规则：只用小写英文字母、数字和连字符。") % {"code": new.code})
    organ = Organ.objects.filter(code=new.code).first()
    outcome = "unchanged" if organ else "added"
    organ = organ or Organ(code=new.code)
    values = _values(new)
    _refuse_circle(organ, values["parent"])
    if outcome == "unchanged" and any(getattr(organ, key) != value for key, value in values.items()):
        outcome = "changed"
    if organ.pk and organ.name != values["name"]:
        FurtherName.objects.get_or_create(organ=organ, name=organ.name, defaults={"kind": NameKind.FORMER.value})
    for key, value in values.items():
        setattr(organ, key, value)
    if outcome != "unchanged":
        organ.full_clean()
        organ.save()
    if _write_names(organ, new) and outcome == "unchanged":
        outcome = "changed"
    return organ, outcome


def _values(new: NewOrgan) -> dict[str, object]:
    return {
        "name": normalise_name(new.name),
        "short_name": normalise_name(new.short_name),
        "name_en": new.name_en,
        "kind": new.kind.value,
        "parent": _parent(new),
        "order": new.order,
        "address": new.address,
        "phone": new.phone,
        "hours": new.hours,
        "website": new.website,
        "document_word": new.document_word,
        "valid_from": new.valid_from,
        "valid_until": new.valid_until,
        **({"recording_days": new.recording_days} if new.recording_days else {}),  # else as the organ has set it
    }


def _parent(new: NewOrgan) -> Organ | None:
    if new.parent is None:
        return None
    parent = Organ.objects.filter(code=new.parent).first()
    if parent is None:
        raise ValidationError(
            _("“%(name)s”的上级机关“%(parent)s”不存在，请先登记上级机关。") % {"name": new.name, "parent": new.parent}
        )
    return parent


def _refuse_circle(organ: Organ, parent: object) -> None:
    """An organ may not stand above itself; the chain is short, so it is walked."""
    above = parent if isinstance(parent, Organ) else None
    for _step in range(MAX_DEPTH):
        if above is None:
            return
        if organ.pk and above.pk == organ.pk:
            break
        above = above.parent
    raise ValidationError(_("“%(name)s”的上级机关形成循环。") % {"name": organ.name})


def _write_names(organ: Organ, new: NewOrgan) -> bool:
    """Further names are only ever added here: a name once used stays findable."""
    changed = False
    for kind, names in ((NameKind.FORMER, new.former_names), (NameKind.ALIAS, new.aliases)):
        for name in names:
            _row, created = FurtherName.objects.get_or_create(
                organ=organ, name=normalise_name(name), defaults={"kind": kind.value}
            )
            changed = changed or created
    return changed
