"""An organ as far as sealing asks of it."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.organisations import selectors as organisations
from gongkai.seals.rules.refusals import Refused, marked

_ = marked
NO_ORGAN = _("没有代码为“%(code)s”的机关。请运行 gongkai manage organs list 查看代码。")


@dataclass(frozen=True)
class SealingOrgan:
    """Its row, its code, its name, and every name a certificate of its may bear."""

    pk: int
    code: str
    name: str
    names: frozenset[str]


def organ_of(code: str) -> SealingOrgan:
    """The organ with this code. Raises Refused."""
    found = organisations.by_code(code)
    if found is None:
        raise Refused(NO_ORGAN, code=code)
    return SealingOrgan(found.pk, found.code, found.name, frozenset({found.name, *organisations.former_names(found)}))
